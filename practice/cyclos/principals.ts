import { forbidden, notFound, unauthorized } from './faults.ts';
import type { User } from './model.ts';
import { type Place, usersOf } from './state.ts';

/** Every identification method that the practice Cyclos knows. */
export const principalTypes: Record<string, { name: string; kind: string; of(user: User): string | null }> = {
  username: { name: 'Login name', kind: 'username', of: (user) => user.username },
  email: { name: 'E-mail', kind: 'email', of: (user) => user.email },
  mobilePhone: { name: 'Mobile phone', kind: 'mobilePhone', of: (user) => user.phone },
  accountNumber: { name: 'Account number', kind: 'accountNumber', of: (user) => user.accountNumber },
};

/**
 * The methods that a Principal-Type header names: `*` for all of the network, a name, several with commas,
 * or none for the default one. Throws 403 `inaccessiblePrincipal`.
 */
export function namedTypes({ network }: Place, header: string | undefined): string[] {
  if (header === undefined || header === '') return [network.defaultPrincipalType];
  if (header === '*') return network.principalTypes;
  // A device PIN; no practice person has a trusted device with one.
  if (header === '#') throw unauthorized('login');
  const names = header.split(',').map((name) => name.trim());
  if (names.some((name) => !network.principalTypes.includes(name))) throw forbidden('inaccessiblePrincipal');
  return names;
}

/** Who has this principal under one of the methods, and by which; null when nobody has. */
export function findByPrincipal(
  place: Place,
  principal: string,
  types: string[],
): { user: User; type: string } | null {
  const wanted = principal.trim().toLowerCase();
  for (const type of types) {
    const user = usersOf(place).find((each) => principalTypes[type]?.of(each)?.toLowerCase() === wanted);
    if (user) return { user, type };
  }
  return null;
}

/**
 * The user that a path parameter means: `self`, a number for an id, a principal otherwise, with a leading `'` for
 * a principal that looks like a number. Throws 404.
 */
export function userOfPath(place: Place, text: string, self: User): User {
  if (text === 'self') return self;
  if (/^-?\d+$/.test(text)) {
    const user = usersOf(place).find((each) => each.id === text);
    if (user) return user;
    throw notFound('User', text);
  }
  const found = findByPrincipal(place, text.replace(/^'/, ''), Object.keys(principalTypes));
  if (!found) throw notFound('User', text);
  return found.user;
}
