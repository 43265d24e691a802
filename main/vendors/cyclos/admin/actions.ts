import type { Action } from '#contract/admin.ts';
import { actionOf, field, passwordField, unless } from '../../kit/admin.ts';
import type { Device, Password, PasswordsData, UserStatus, UserView } from './models.ts';
import { mediumOptions, userStatusWords } from './words.ts';

export const passwordName = ({ type }: Password) => type?.name ?? type?.internalName ?? 'Password';
/** Id or internal name: paths take either. */
export const passwordType = ({ type }: Password) => type?.id ?? type?.internalName ?? '';

export const unblock = (one: Password): Action =>
  actionOf(`unblock:${passwordType(one)}`, `Unblock “${passwordName(one)}”`, {
    effect: 'They can use the same password again. They are not told.',
  });

export const enable = (one: Password): Action =>
  actionOf(`enable:${passwordType(one)}`, `Enable “${passwordName(one)}”`);

const disable = (one: Password): Action =>
  actionOf(`disable:${passwordType(one)}`, `Disable “${passwordName(one)}”`, {
    danger: true,
    confirm: `They can’t use “${passwordName(one)}” until somebody enables it again. Disable it?`,
  });

export const resetAndSend = (one: Password, mediums: string[]): Action =>
  actionOf(`reset-and-send:${passwordType(one)}`, `Reset and send “${passwordName(one)}”`, {
    fields: [
      field('medium', 'Send by', {
        type: 'select',
        options: mediumOptions(mediums),
        ...(mediums[0] ? { initial: mediums[0] } : {}),
      }),
    ],
    effect: 'Cyclos makes a new password and sends it to them; the old one stops working at once.',
  });

export const changePassword = (one: Password): Action =>
  actionOf(`change-password:${passwordType(one)}`, `Set a new “${passwordName(one)}”`, {
    special: 'password',
    fields: [
      passwordField('password', 'New password'),
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
  });

/** What may be done with somebody else's password: Cyclos says so for each. */
export function passwordActions(one: Password, mediums: string[]): Action[] {
  const may = one.permissions;
  return [
    ...(may?.unblock ? [unblock(one)] : []),
    ...(may?.enable ? [enable(one)] : []),
    ...(may?.resetAndSend && mediums.length > 0 ? [resetAndSend(one, mediums)] : []),
    ...(may?.changeManual ? [changePassword(one)] : []),
    ...(may?.disable ? [disable(one)] : []),
  ];
}

/** The caller's own password, where Cyclos asks for it; null: it could not be asked whether it does. */
function confirmation(data: PasswordsData | null) {
  const input = data?.confirmationPasswordInput;
  if (data && !input) return [];
  const name = input?.passwordType?.name ?? input?.name ?? 'password';
  const help = input?.allowedCredentials?.includes('totp')
    ? `Your ${name}, or “totp:” and a code of your authenticator app.`
    : `Your ${name}, not theirs.`;
  return [
    passwordField('confirmation', 'Confirm with your own password', { help, required: input !== undefined }),
  ];
}

export const removeDevice = (device: Device, own: PasswordsData | null): Action =>
  actionOf(`remove-device:${device.id ?? ''}`, 'Remove', {
    danger: true,
    fields: confirmation(own),
    effect: 'The device is no longer trusted and has to be activated again.',
  });

export const removeAuthenticator = (own: PasswordsData | null): Action =>
  actionOf('remove-authenticator', 'Remove the authenticator', {
    danger: true,
    fields: confirmation(own),
    effect: 'Codes of the authenticator app stop working; it can be set up anew.',
  });

const noDisconnect = 'the right to disconnect sessions';
const mayDisconnect = (view: UserView) => view.permissions?.session?.disconnect !== false;

export const endSession = (view: UserView): Action =>
  actionOf('end-session', 'Disconnect', {
    effect: 'They are signed out there at once.',
    ...unless(mayDisconnect(view), noDisconnect),
  });

export const endAllSessions = (view: UserView): Action =>
  actionOf('end-all-sessions', 'Disconnect all sessions', {
    danger: true,
    confirm: 'They are signed out everywhere, apps included. Disconnect all?',
    ...unless(mayDisconnect(view), noDisconnect),
  });

const comment = field('comment', 'Comment', {
  type: 'multiline',
  required: false,
  help: 'Kept in the status history.',
});

export const noStatusChange = 'the right to change the status of people';

/** From the status list; null when the session may not see it. */
export function changeStatus(view: UserView, status: UserStatus | null): Action[] {
  const held = view.permissions?.status?.changeStatus !== false && status !== null;
  const options = (status?.possibleNewStatuses ?? []).map((value) => ({
    value,
    label: userStatusWords(value).replace(/^./, (first) => first.toUpperCase()),
  }));
  if (held && options.length === 0) return [];
  return [
    actionOf('change-status', 'Change the status', {
      danger: true,
      fields: held ? [field('status', 'New status', { type: 'select', options }), comment] : [],
      effect:
        'With every status but “active” they can’t sign in. “Removed” and “purged” can’t be taken back.',
      ...unless(held, noStatusChange),
    }),
  ];
}

export const makeActive: Action = actionOf('make-active', 'Make active', {
  fields: [comment],
  effect: 'They can sign in again, if their password is good.',
});
