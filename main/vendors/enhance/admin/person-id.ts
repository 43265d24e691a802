import { GatehouseError } from '#contract/failure.ts';
import { lookUp } from '#lib/look-up.ts';

/** A list of logins at the panel; `id` is the organisation's, null for the panel's own realm. */
export interface Place {
  kind: 'realm' | 'org' | 'customers';
  id: string | null;
}

/**
 * How a person is found again: the panel can't be asked for a login by id, so the list and the e-mail address with which it
 * was seen travel along.
 */
export interface PersonKey {
  loginId: string;
  place: Place | null;
  email: string;
}

const letters = { realm: 'r', org: 'o', customers: 'c' } as const;
const kinds: Record<string, Place['kind']> = { r: 'realm', o: 'org', c: 'customers' };
/** Longer addresses do not fit into an id; such a person is then found among members only. */
const longestEmail = 254;

export function personId({ loginId, place, email }: PersonKey): string {
  const where = place ? letters[place.kind] + (place.id ?? '') : '';
  return `${loginId}/${where}/${email.length > longestEmail ? '' : email}`;
}

export function readPersonId(text: string): PersonKey {
  const [, loginId, letter = '', id, email] = /^([\w-]{1,64})\/([roc]?)([\w-]{0,64})\/(.*)$/.exec(text) ?? [];
  if (!loginId) throw new GatehouseError({ kind: 'not-found', message: 'This is no login of the panel.' });
  const kind = lookUp(kinds, letter);
  return { loginId, place: kind ? { kind, id: id || null } : null, email: email ?? '' };
}

/** A member's row: the organisation and the member in it. */
export const memberRowId = (orgId: string, memberId: string) => `${orgId}/${memberId}`;

export function readRowId(text: string | null): { orgId: string; id: string } {
  const [, orgId, id] = /^([\w-]{1,64})\/([\w-]{1,64})$/.exec(text ?? '') ?? [];
  if (!orgId || !id) throw new GatehouseError({ kind: 'not-found', message: 'This row is not known.' });
  return { orgId, id };
}
