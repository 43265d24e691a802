import type { Auth, DataForLogin, PasswordInput } from './models.ts';

/** The two generations in the field; told apart by the fields that come back, never by a version number. */
export type Generation = '4.11' | '4.16';

const newInAuth: (keyof Auth)[] = [
  'trustedSession',
  'everAcceptedAgreements',
  'loginConfirmation',
  'totpEnabled',
  'unauthorizedAddress',
  'allowPin',
];
const newInInput: (keyof PasswordInput)[] = [
  'allowedCredentials',
  'activeCredentials',
  'passwordType',
  'virtualKeyboardId',
];

export function generationOfInput(input: PasswordInput): Generation {
  return newInInput.some((name) => input[name] !== undefined) ? '4.16' : '4.11';
}

/** What Auth shows, or else what the data for login showed before. */
export function generationOf(auth: Auth, data?: DataForLogin): Generation {
  if (newInAuth.some((name) => auth[name] !== undefined) || auth.permissions?.sessions) return '4.16';
  return data?.loginPasswordInput ? generationOfInput(data.loginPasswordInput) : '4.11';
}

/** Several values of one query parameter: 4.11 joins them with commas, 4.16 repeats the parameter. */
export function several(values: string[], generation: Generation): string | string[] {
  return generation === '4.11' ? values.join(',') : values;
}

/** The values of `fields`, in which each generation has the style of the other one. */
export function severalFields(values: string[], generation: Generation): string | string[] {
  return several(values, generation === '4.11' ? '4.16' : '4.11');
}
