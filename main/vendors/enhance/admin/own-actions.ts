import { GatehouseError } from '#contract/failure.ts';
import { isKind } from '../../kit/failures.ts';
import { field, fieldError, requireField, requirePassword } from '../../kit/fields.ts';
import { avatarOf } from './avatar.ts';
import { currentPasswordField, emailField, newPasswordField, requireEmail } from './fields.ts';
import type { Login } from './look-up.ts';
import { defineOwnAction } from './own-action.ts';
import { secondStepActions } from './second-step.ts';

interface OwnLogin {
  login: Login;
  byToken: boolean;
}

const changeName = defineOwnAction({
  id: 'change-name',
  label: 'Change the name',
  fields: ({ login }: OwnLogin) => [field('name', 'Name', { initial: login.name })],
  async run({ client }, { values }) {
    await client.updateLoginInfo({ name: requireField(values, 'name', 'Type the name.') });
    return { message: `Your name at the panel is now ${(await client.getLogin()).name}.` };
  },
});

const changeEmail = defineOwnAction({
  id: 'change-email',
  label: 'Change the e-mail address',
  fields: ({ login }: OwnLogin) => [emailField(login.email), currentPasswordField],
  effect: 'You sign in with the new address from then on. Change it in the account at Gatehouse too.',
  async run({ client }, { values }) {
    const email = requireEmail(values);
    const currentPassword = requirePassword(values, 'current');
    await withCurrentPassword(client.updateLoginInfo({ email, currentPassword }));
    const { email: now } = await client.getLogin();
    return { message: `Your e-mail address at the panel is now ${now}.` };
  },
});

const changeLanguage = defineOwnAction({
  id: 'change-language',
  label: 'Change the language',
  fields: ({ login }: OwnLogin) => [
    field('locale', 'Language', {
      initial: login.locale ?? '',
      placeholder: 'en-GB',
      help: 'A language, and a country if it matters: en, en-GB, de-DE, pt-BR.',
    }),
  ],
  async run({ client }, { values }) {
    await client.updateLoginInfo({ locale: localeOf(requireField(values, 'locale', 'Type the language.')) });
    return { message: `Your language at the panel is now ${(await client.getLogin()).locale ?? 'unknown'}.` };
  },
});

function localeOf(text: string): string {
  try {
    const [locale] = Intl.getCanonicalLocales(text.replaceAll('_', '-'));
    if (locale) return locale;
  } catch {
    // Told below in words.
  }
  throw fieldError('locale', 'This is no language. It should look like en, en-GB or pt-BR.');
}

const changePassword = defineOwnAction({
  id: 'change-password',
  label: 'Change the password',
  fields: [currentPasswordField, newPasswordField],
  special: 'password',
  effect: 'If Gatehouse signs in with this password, store the new one in the account.',
  async run({ client }, { values }) {
    const currentPassword = requirePassword(values, 'current');
    const password = requirePassword(values, 'password');
    await withCurrentPassword(client.updateLoginInfo({ password, currentPassword }));
    return { message: 'Your new password holds from now on. Store it in the account, if Gatehouse uses it.' };
  },
});

/** The panel's answer 403 means the current password and nothing else (OpenAPI 12.21.3, updateLoginInfo). */
async function withCurrentPassword(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isKind(error, 'refused-credentials')) throw error;
    const { message } = error.failure;
    throw new GatehouseError({ ...error.failure, kind: 'invalid', fields: { current: message } });
  }
}

const setAvatar = defineOwnAction({
  id: 'set-avatar',
  label: 'Set the picture',
  special: 'image',
  effect: 'JPEG, PNG or ICO of at most 200 KiB.',
  async run({ client }, { image }) {
    await client.setLoginAvatar(avatarOf(image));
    return { message: 'Your picture is set.' };
  },
});

const deleteAvatar = defineOwnAction({
  id: 'delete-avatar',
  label: 'Remove the picture',
  danger: true,
  confirm: 'Remove your picture?',
  when: ({ login }: OwnLogin) => Boolean(login.avatarPath),
  async run({ client }) {
    await client.deleteLoginAvatar();
    return { message: 'Your picture is removed.' };
  },
});

/** What may be done with one's own login, in the order of its page. */
export const ownActions = [
  changeName,
  changeEmail,
  changeLanguage,
  changePassword,
  ...secondStepActions,
  setAvatar,
  deleteAvatar,
];
