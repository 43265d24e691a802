import { passwordField } from '../../kit/fields.ts';
import type { PasswordsData } from '../api/models.ts';

/** What Cyclos says of a confirmation with the caller's own password; null where that could not be asked. */
export interface Confirmed {
  caller: Pick<PasswordsData, 'confirmationPasswordInput'> | null;
}

/** The caller's own password, where Cyclos asks for it. */
export function confirmation({ caller }: Confirmed) {
  const input = caller?.confirmationPasswordInput;
  if (caller && !input) return [];
  const name = input?.passwordType?.name ?? input?.name ?? 'password';
  const help = input?.allowedCredentials?.includes('totp')
    ? `Your ${name}, or “totp:” and a code of your authenticator app.`
    : `Your ${name}.`;
  return [
    passwordField('confirmation', 'Confirm with your own password', { help, required: input !== undefined }),
  ];
}
