import type { Action } from '#contract/admin.ts';
import { actionOf, field, unless } from '../../kit/admin.ts';
import { currentPasswordField, emailField, newPasswordField } from './fields.ts';
import type { Login } from './look-up.ts';
import { secondStepActions } from './second-step.ts';

export const signedIn = 'a session signed in by a person; an access token can’t change a login';

/** What may be done with one's own login; with an access token nothing, as the login is somebody's. */
export function ownActions(login: Login, byToken: boolean): Action[] {
  const actions = [
    actionOf('change-name', 'Change the name', { fields: [field('name', 'Name', { initial: login.name })] }),
    actionOf('change-email', 'Change the e-mail address', {
      fields: [emailField(login.email), currentPasswordField],
      effect: 'You sign in with the new address from then on. Change it in the account at Gatehouse too.',
    }),
    actionOf('change-language', 'Change the language', {
      fields: [
        field('locale', 'Language', {
          initial: login.locale ?? '',
          placeholder: 'en-GB',
          help: 'A language, and a country if it matters: en, en-GB, de-DE, pt-BR.',
        }),
      ],
    }),
    actionOf('change-password', 'Change the password', {
      fields: [currentPasswordField, newPasswordField],
      special: 'password',
      effect: 'If Gatehouse signs in with this password, store the new one in the account.',
    }),
    ...secondStepActions(login.authMethod),
    actionOf('set-avatar', 'Set the picture', {
      special: 'image',
      effect: 'JPEG, PNG or ICO of at most 200 KiB.',
    }),
    ...(login.avatarPath
      ? [actionOf('delete-avatar', 'Remove the picture', { danger: true, confirm: 'Remove your picture?' })]
      : []),
  ];
  return byToken ? actions.map((one) => ({ ...one, ...unless(false, signedIn) })) : actions;
}
