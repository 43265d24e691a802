import { GatehouseError } from '#contract/failure.ts';
import { lookUp } from '#lib/look-up.ts';
import type { ActionInput, ActionResult } from '../../admin.ts';
import { isKind, need, needPassword, unknownAction, wrong } from '../../kit/admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../client.ts';
import { inSession, readSecret } from '../secret.ts';
import { createToken, revokeToken } from './access-tokens.ts';
import { avatarOf } from './avatar.ts';
import { needEmail } from './fields.ts';
import { signedIn } from './own-actions.ts';
import { demand } from './rights.ts';
import { actOnSecondStep, isSecondStep } from './second-step.ts';

const acts: Record<string, (client: EnhanceClient, input: ActionInput) => Promise<ActionResult>> = {
  async 'change-name'(client, { values }) {
    await client.updateLoginInfo({ name: need(values, 'name', 'Type the name.') });
    return { message: `Your name at the panel is now ${(await client.getLogin()).name}.` };
  },

  async 'change-email'(client, { values }) {
    const email = needEmail(values);
    const currentPassword = needPassword(values, 'current');
    await withCurrent(client.updateLoginInfo({ email, currentPassword }));
    const { email: now } = await client.getLogin();
    return { message: `Your e-mail address at the panel is now ${now}.` };
  },

  async 'change-language'(client, { values }) {
    await client.updateLoginInfo({ locale: localeOf(need(values, 'locale', 'Type the language.')) });
    return { message: `Your language at the panel is now ${(await client.getLogin()).locale ?? 'unknown'}.` };
  },

  async 'change-password'(client, { values }) {
    const currentPassword = needPassword(values, 'current');
    const password = needPassword(values, 'password');
    await withCurrent(client.updateLoginInfo({ password, currentPassword }));
    return { message: 'Your new password holds from now on. Store it in the account, if Gatehouse uses it.' };
  },

  async 'set-avatar'(client, { image }) {
    await client.setLoginAvatar(avatarOf(image));
    return { message: 'Your picture is set.' };
  },

  async 'delete-avatar'(client) {
    await client.deleteLoginAvatar();
    return { message: 'Your picture is removed.' };
  },
};

/** The panel's answer 403 means the current password and nothing else (OpenAPI 12.21.3, updateLoginInfo). */
async function withCurrent(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isKind(error, 'refused-credentials')) throw error;
    const { message } = error.failure;
    throw new GatehouseError({ ...error.failure, kind: 'invalid', fields: { current: message } });
  }
}

function localeOf(text: string): string {
  try {
    const [locale] = Intl.getCanonicalLocales(text.replaceAll('_', '-'));
    if (locale) return locale;
  } catch {
    // Told below in words.
  }
  throw wrong('locale', 'This is no language. It should look like en, en-GB or pt-BR.');
}

/** Does one action of the own login; answers the cookies that hold afterwards, as the panel may change them. */
export async function actOnOwnLogin(
  context: VendorContext,
  secret: Json,
  input: ActionInput,
): Promise<ActionResult & { secret?: Json }> {
  const client = inSession(context, secret);
  const { kind } = readSecret(secret);
  if (input.action === 'revoke-token')
    return keeping(context, secret, await revokeToken(client, input.target));
  if (input.action === 'new-token')
    return keeping(context, secret, await createToken(context, client, input.values));
  demand(kind === 'cookie', signedIn);
  if (isSecondStep(input.action)) {
    return keeping(context, secret, await actOnSecondStep(client, input.action, input.values));
  }
  const work = lookUp(acts, input.action);
  if (!work) throw unknownAction('Enhance');
  return keeping(context, secret, await work(client, input));
}

function keeping(context: VendorContext, secret: Json, done: ActionResult): ActionResult & { secret?: Json } {
  const known = readSecret(secret);
  return known.kind === 'cookie'
    ? { ...done, secret: { ...known, cookies: context.http.saveCookies() } }
    : done;
}
