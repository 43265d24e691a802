import { type ActionCall, defineAction } from '../../kit/actions.ts';
import { field, passwordField, requireField, requirePassword, withFieldNames } from '../../kit/fields.ts';
import type { Password, PasswordType } from '../api/models.ts';
import { mediumWords } from '../medium.ts';
import { rulesInWords } from '../password-rules.ts';
import type { PersonContext } from './context.ts';
import { mediumOptions } from './words.ts';

/**
 * A password of a person, and by which media a new one can be sent (null: not told, as in 4.11). Cyclos says for each what may be done
 * with it.
 */
export interface PasswordOf {
  password: Password;
  mediums: string[] | null;
}

/** Cyclos sends it by every medium that it has for the person when none is named. */
const everyMedium = { value: 'every', label: 'Everything that Cyclos has for them' };

export const passwordName = ({ type }: Password) => type?.name ?? type?.internalName ?? 'Password';
/** Id or internal name: paths take either. */
export const passwordType = ({ type }: Password) => type?.id ?? type?.internalName ?? '';

/** The field of a new password, with what it has to be like. */
export function newPasswordField(type: PasswordType | undefined) {
  const help = rulesInWords(type);
  return passwordField('password', 'New password', help ? { help } : {});
}

const object = ({ password }: PasswordOf) => passwordType(password);
const named = (verb: string) => (of: PasswordOf) => `${verb} “${passwordName(of.password)}”`;

/** The vendor's names of a new password, and the form's. */
export const newPasswordNames = { newPassword: 'password', newPasswordConfirmation: 'password' };

const unblock = defineAction({
  id: 'unblock',
  object,
  label: named('Unblock'),
  effect: 'They can use the same password again. They are not told.',
  when: ({ password }: PasswordOf) => Boolean(password.permissions?.unblock),
  async run({ client, user }: PersonContext, { object: type }) {
    await client.passwords.unblockPassword(user, type);
    return { message: 'The password is unblocked.' };
  },
});

const enable = defineAction({
  id: 'enable',
  object,
  label: named('Enable'),
  when: ({ password }: PasswordOf) => Boolean(password.permissions?.enable),
  async run({ client, user }: PersonContext, { object: type }) {
    await client.passwords.enablePassword(user, type);
    return { message: 'The password is enabled.' };
  },
});

const disable = defineAction({
  id: 'disable',
  object,
  label: named('Disable'),
  danger: true,
  confirm: ({ password }: PasswordOf) =>
    `They can’t use “${passwordName(password)}” until somebody enables it again. Disable it?`,
  when: ({ password }: PasswordOf) => Boolean(password.permissions?.disable),
  async run({ client, user }: PersonContext, { object: type }) {
    await client.passwords.disablePassword(user, type);
    return { message: 'The password is disabled.' };
  },
});

const resetAndSend = defineAction({
  id: 'reset-and-send',
  object,
  label: named('Reset and send'),
  fields: ({ mediums }: PasswordOf) => {
    const options = mediums ? mediumOptions(mediums) : [everyMedium, ...mediumOptions(['email', 'sms'])];
    const [first] = options;
    return [
      field('medium', 'Send by', { type: 'select', options, ...(first ? { initial: first.value } : {}) }),
    ];
  },
  effect: 'Cyclos makes a new password and sends it to them; the old one stops working at once.',
  when: ({ password, mediums }: PasswordOf) =>
    Boolean(password.permissions?.resetAndSend) && mediums?.length !== 0,
  async run({ client, user }: PersonContext, { object: type, values }) {
    const medium = requireField(values, 'medium', 'Choose how to send it.');
    const every = medium === everyMedium.value;
    const work = client.passwords.resetAndSendPassword(user, type, every ? [] : [medium]);
    await withFieldNames({ sendMediums: 'medium' }, work);
    return { message: `A new password was made and sent${every ? '' : ` by ${mediumWords(medium)}`}.` };
  },
});

const changing = {
  object,
  special: 'password' as const,
  fields: ({ password }: PasswordOf) => [
    newPasswordField(password.type),
    field('forceChange', 'At the next sign-in', {
      type: 'select',
      initial: 'yes',
      options: [
        { value: 'yes', label: 'They have to change it' },
        { value: 'no', label: 'They may keep it' },
      ],
    }),
  ],
  effect: 'Cyclos tells them nothing: read the password out to them.',
  when: ({ password }: PasswordOf) => Boolean(password.permissions?.change),
  async run({ client, user }: PersonContext, { object: type, values }: ActionCall) {
    const newPassword = requirePassword(values, 'password');
    const forceChange = values.forceChange !== 'no';
    const work = client.passwords.changePassword({ user, type, newPassword, forceChange });
    await withFieldNames(newPasswordNames, work);
    return {
      message: forceChange
        ? 'The new password is set. They have to change it at the next sign-in.'
        : 'The new password is set.',
    };
  },
};

const changePassword = defineAction({ id: 'change-password', label: named('Set a new'), ...changing });

/** The same for the password that a sign-in asks for, on the person's page itself. */
export const resetPassword = defineAction({ id: 'reset-password', label: 'Reset password', ...changing });

const allowGeneration = defineAction({
  id: 'allow-generation',
  object,
  label: named('Allow'),
  effect: 'Cyclos makes it when they ask for it, and shows it to them once. They are not told that they may.',
  when: ({ password }: PasswordOf) => Boolean(password.permissions?.allowGeneration),
  async run({ client, user }: PersonContext, { object: type }) {
    await client.passwords.allowGeneration(user, type);
    return { message: 'They can have the password made now.' };
  },
});

const resetGenerated = defineAction({
  id: 'reset-generated',
  object,
  label: named('Reset'),
  danger: true,
  confirm: ({ password }: PasswordOf) =>
    `“${passwordName(password)}” stops working at once, until they have Cyclos make another. Reset it?`,
  when: ({ password }: PasswordOf) => Boolean(password.permissions?.resetGenerated),
  async run({ client, user }: PersonContext, { object: type }) {
    await client.passwords.resetGeneratedPassword(user, type);
    return { message: 'The password is reset. They can have another made now.' };
  },
});

/** What may let somebody use a password again, the mildest first. */
export const passwordMends = [unblock, enable, allowGeneration, resetAndSend, changePassword];
export const passwordActions = [...passwordMends, resetGenerated, disable];
