import { defineAction } from '../../kit/actions.ts';
import { passwordField, requirePassword, withFieldNames } from '../../kit/fields.ts';
import type { Password, PasswordsData } from '../api/models.ts';
import { madePassword } from '../made-password.ts';
import { confirmation } from './confirmation.ts';
import type { PersonContext } from './context.ts';
import { newPasswordField, newPasswordNames, passwordName, passwordType } from './password-actions.ts';

/** A password of the session's own login; `caller` is what Cyclos says of all of them. */
interface OwnPassword {
  password: Password;
  caller: PasswordsData | null;
}

const object = ({ password }: OwnPassword) => passwordType(password);
const storeToo = 'If it is the one that the account form holds, store the new one there too.';
const onlyCopied =
  'Cyclos makes it. It is put on the clipboard for a short while and shown nowhere else: paste it at once where it is needed.';

const changeOwnPassword = defineAction({
  id: 'change-own-password',
  object,
  label: ({ password }: OwnPassword) => `Change “${passwordName(password)}”`,
  special: 'password',
  fields: ({ password }: OwnPassword) => [
    ...(password.requireOldPasswordForChange === false
      ? []
      : [passwordField('oldPassword', 'Current password')]),
    newPasswordField(password.type),
  ],
  when: ({ password }: OwnPassword) => Boolean(password.permissions?.change),
  async run({ client }: PersonContext, { object: type, values }) {
    const { oldPassword } = values;
    const newPassword = requirePassword(values, 'password');
    const change = { user: 'self', type, newPassword, ...(oldPassword ? { oldPassword } : {}) };
    await withFieldNames(newPasswordNames, client.passwords.changePassword(change));
    return { message: `Your password is changed. ${storeToo}` };
  },
});

const changeGenerated = defineAction({
  id: 'change-generated',
  object,
  label: 'Have a new one made',
  fields: confirmation,
  effect: `${onlyCopied} The old one stops working at once.`,
  when: ({ password }: OwnPassword) => Boolean(password.permissions?.changeGenerated),
  async run({ client }: PersonContext, { object: type, values }) {
    const copy = await madePassword(client.passwords.changeGenerated(type, values.confirmation ?? ''));
    return { message: `The new password is made. ${storeToo}`, copy };
  },
});

const generate = defineAction({
  id: 'generate',
  object,
  label: 'Have it made',
  effect: onlyCopied,
  when: ({ password }: OwnPassword) => Boolean(password.permissions?.generate),
  async run({ client }: PersonContext, { object: type }) {
    const copy = await madePassword(client.passwords.generatePassword(type));
    return { message: `The password is made. ${storeToo}`, copy };
  },
});

/** What may be done with a password of one's own. */
export const ownPasswordActions = [changeOwnPassword, changeGenerated, generate];
