import { randomBytes } from 'node:crypto';
import { GatehouseError, isKind } from '#contract/failure.ts';
import type { Realm } from '#contract/shapes.ts';
import { authenticatorCode, readAuthenticator } from '../../kit/authenticator.ts';
import { fieldError } from '../../kit/fields.ts';
import type { ChallengeAnswer, Grant, Json, Step, VendorContext } from '../../vendor.ts';
import { enhanceClient } from '../api/client.ts';
import { assumptions } from '../assumptions.ts';
import { otpOfLink } from './one-time-link.ts';
import { realmAskedFor, realmOfMaster, realmOfOpen } from './realm.ts';
import { isUnknownSession } from './secret.ts';
import { readState, type SignInState } from './state.ts';

const words = { email: 'e-mail', otp: 'authenticator app' } as const;
const killsWarning = 'A wrong PIN ends this sign-in at the panel; you would then start again.';

/** Opens a session: by password, by a pasted one-time link (`way` "link"), or with the account's access token. */
export async function begin(
  context: VendorContext,
  way: string | null,
  input: Record<string, string>,
): Promise<Step> {
  return (await openSession(context, way, input)).step;
}

interface Opened {
  step: Step;
  /** The panel asked for a second step, and the stored authenticator passed it. */
  passedSecondStep: boolean;
}

/** The same, with what the stray search has to know of it. */
export async function openSession(
  context: VendorContext,
  way: string | null,
  input: Record<string, string>,
): Promise<Opened> {
  if (way !== 'link' && context.values.way !== 'token') return withPassword(context);
  const step = way === 'link' ? withLink(context, input.link ?? '') : withToken(context);
  return { step: await step, passedSecondStep: false };
}

async function withPassword(context: VendorContext): Promise<Opened> {
  const client = enhanceClient(context.http);
  const { email = '', password = '', deviceId } = context.values;
  const stored = context.values.authenticatorSecret;
  if (stored) readAuthenticator(stored);
  const realm = await realmAskedFor(context, client);
  const opened = await client.createSession(
    { email, password, ...(deviceId ? { deviceId } : {}) },
    realm?.id,
  );
  if (opened.kind === 'open') {
    const method = deviceId ? 'password, remembered device' : 'password';
    const step = await active(context, method, realm ?? realmOfMaster(opened.memberships));
    return { step, passedSecondStep: false };
  }
  // A panel that does not say which PIN it wants gets the one that we can make.
  const authMethod = opened.authMethod === 'otp' || (opened.authMethod === null && stored) ? 'otp' : 'email';
  if (authMethod === 'otp' && stored)
    return { step: await withStoredSecret(context, stored, realm), passedSecondStep: true };
  const step = promptFor(context, { cookies: context.http.saveCookies(), authMethod, realm });
  return { step, passedSecondStep: false };
}

async function withStoredSecret(context: VendorContext, secret: string, realm: Realm | null): Promise<Step> {
  try {
    const pin = authenticatorCode(secret, context.now());
    await enhanceClient(context.http).verify2FA({ authMethod: 'otp', pin });
  } catch (error) {
    if (!isKind(error, 'refused-prompt')) {
      // The half-open session is in no list of the panel, so that nobody could find it later.
      await abandon(context, { cookies: context.http.saveCookies(), authMethod: 'otp', realm }).catch(
        () => {},
      );
      throw error;
    }
    throw new GatehouseError({
      ...error.failure,
      message:
        'The panel refused the code computed from the stored authenticator secret, and has ended the sign-in.',
      advice:
        'The stored secret may be wrong or out of date, or this computer’s clock may be off. Check both, then start again.',
    });
  }
  return active(context, 'stored authenticator', realm);
}

async function withLink(context: VendorContext, link: string): Promise<Step> {
  const memberships = await enhanceClient(context.http).createOtpSession(otpOfLink(link, context.baseUrl));
  return active(context, 'one-time link', context.realm ?? realmOfMaster(memberships));
}

/** A token opens nothing at the panel; asking for its login tells whether the panel knows it. */
async function withToken(context: VendorContext): Promise<Step> {
  const token = context.values.token ?? '';
  try {
    await enhanceClient(context.http, token).getLogin();
  } catch (error) {
    if (isKind(error, 'expired')) {
      throw new GatehouseError({
        ...error.failure,
        kind: 'refused-credentials',
        message:
          'The panel does not know this access token; it has been deleted, has expired, or is mistyped.',
        advice: 'Create a new token at the panel and store it in the account.',
      });
    }
    // A token belongs to an organisation, so a panel may know it and still have no login to show.
    if (!isKind(error, 'forbidden', 'not-found', 'invalid')) throw error;
  }
  return {
    kind: 'active',
    grant: {
      secret: { kind: 'token', token },
      realm: context.realm ?? (await realmOfOpen(enhanceClient(context.http, token))),
      person: null,
      method: 'access token',
      expiresAt: null,
    },
  };
}

/** A session that is open. Which realm it is in, the panel is asked where neither the account nor the sign-in told. */
async function active(
  context: VendorContext,
  method: string,
  known: Realm | null,
  keep?: Grant['keep'],
): Promise<Step> {
  const realm = known ?? (await realmOfOpen(enhanceClient(context.http)));
  return {
    kind: 'active',
    grant: {
      secret: { kind: 'cookie', cookies: context.http.saveCookies() },
      realm,
      person: null,
      method,
      // The panel states no expiry.
      expiresAt: null,
      ...(keep ? { keep } : {}),
    },
  };
}

function promptFor(context: VendorContext, resume: SignInState): Step {
  const byMail = resume.authMethod === 'email';
  return {
    kind: 'prompt',
    ask: {
      kind: 'code',
      medium: words[resume.authMethod],
      ...(byMail && context.values.email ? { sentTo: context.values.email } : {}),
      boxes: assumptions.pinLength,
      exact: true,
      numeric: true,
      canSendAgain: byMail,
      rememberDays: assumptions.rememberDays,
      warning: killsWarning,
    },
    resume,
    deadline: context.now() + assumptions.promptLife,
    ...(byMail ? { sendAgainAt: context.now() + assumptions.sendAgainPause } : {}),
  };
}

/** Takes the PIN as `code`, and `remember` to be remembered as a device. A wrong one throws `refused-prompt`: it is over. */
export async function answer(context: VendorContext, resume: Json, given: ChallengeAnswer): Promise<Step> {
  const pending = readState(resume);
  const pin = String(given.code ?? '').replace(/\s/g, '');
  if (!pin) {
    throw fieldError('code', 'Type the PIN.');
  }
  context.http.loadCookies(pending.cookies);
  // 32 characters, as verify2FA wants it.
  const deviceId = given.remember === true ? randomBytes(16).toString('hex') : null;
  await enhanceClient(context.http).verify2FA({
    authMethod: pending.authMethod,
    pin,
    ...(deviceId ? { rememberMe: { deviceId, ttl: assumptions.rememberDays * 24 * 3600 } } : {}),
  });
  const method = pending.authMethod === 'email' ? 'e-mail PIN' : 'authenticator PIN';
  return active(context, method, pending.realm, deviceId ? { deviceId } : undefined);
}

export async function sendAgain(context: VendorContext, resume: Json): Promise<Step> {
  const pending = readState(resume);
  context.http.loadCookies(pending.cookies);
  await enhanceClient(context.http).resendPin(pending.authMethod);
  return promptFor(context, { ...pending, cookies: context.http.saveCookies() });
}

/**
 * Ends the half-open session. Panels may not take its cookie for signing out; then a PIN that can't be right does it, as
 * every failure destroys the pending session (OpenAPI 12.21.3, verify2FA). Throws when no word came from the panel.
 */
export async function abandon(context: VendorContext, resume: Json): Promise<void> {
  const { cookies, authMethod } = readState(resume);
  context.http.loadCookies(cookies);
  const client = enhanceClient(context.http);
  try {
    await client.deleteCurrentSession();
    return;
  } catch (error) {
    if (!isUnknownSession(error)) throw error;
  }
  try {
    context.http.loadCookies(cookies);
    await client.verify2FA({ authMethod, pin: 'cancelled' });
  } catch (error) {
    if (!isKind(error, 'refused-prompt')) throw error;
  }
}
