import { GatehouseError } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';
import { opensNothing } from '../kit/opens-nothing.ts';
import type { ChallengeAnswer, Grant, Json, Step, VendorContext } from '../vendor.ts';
import { assumptions } from './assumptions.ts';
import { cyclosClient, type Medium } from './client.ts';
import { principalTypeOf } from './form.ts';
import { generationOf } from './generation.ts';
import { clientsOf, dropSession, type Going, guard, newGoing, promptStep, readGoing } from './going.ts';
import { hasKeyboard, keyboardAsk, keyboardValue, pressFor } from './keyboard.ts';
import type { Auth, DataForLogin } from './models.ts';
import { askNewPassword, changePassword } from './new-password.ts';
import { askBy, readInput, secondStep, sendCode, submit, totpPrompt } from './second-step.ts';

/** Signs in with what the account holds: an access client's token, or a person's password. */
export async function begin(context: VendorContext): Promise<Step> {
  if (context.values.way === 'access-client') return withAccessClient(context);
  const state = newGoing(context);
  const data = await opensNothing(readDataForLogin(context));
  checkPrincipalType(context, data);
  const input = data?.loginPasswordInput;
  if (hasKeyboard(input)) {
    const keyboardId = input.virtualKeyboardId ?? null;
    const pressed = state.password ? pressFor(state.password, input) : null;
    if (pressed) return logIn(context, state, keyboardValue(pressed, keyboardId), data);
    const ask = keyboardAsk(input, input.passwordType?.name ?? input.name ?? 'Password');
    return promptStep({ ...state, asked: 'login-keyboard', keyboardId }, ask);
  }
  if (!state.password)
    return promptStep({ ...state, asked: 'login-password' }, { kind: 'password', label: 'Password' });
  return logIn(context, state, state.password, data);
}

/** Optional by the vendor's word: without it the plain way is tried. */
async function readDataForLogin(context: VendorContext): Promise<DataForLogin | undefined> {
  try {
    return await cyclosClient(context.http, { kind: 'guest' }).getDataForLogin();
  } catch (error) {
    if (
      error instanceof GatehouseError &&
      ['forbidden', 'expired', 'server-fault'].includes(error.failure.kind)
    )
      return undefined;
    throw error;
  }
}

/** Throws `invalid` (field `principalType`) for a kind of identification that the server does not offer for signing in. */
function checkPrincipalType(context: VendorContext, data: DataForLogin | undefined): void {
  const chosen = principalTypeOf(context.values);
  const offered = data?.principalTypes ?? [];
  if (!chosen || offered.length === 0 || offered.some((one) => one.internalName === chosen)) return;
  const names = offered.map((one) => plainText(one.name ?? one.internalName ?? '')).filter(Boolean);
  const message = `This network does not take this kind of identification; it offers ${names.join(', ')}.`;
  throw new GatehouseError({
    kind: 'invalid',
    message,
    advice: 'Choose another kind in the account form.',
    fields: { principalType: message },
  });
}

async function withAccessClient(context: VendorContext): Promise<Step> {
  const token = (context.values.accessClientToken ?? '').trim();
  const client = cyclosClient(context.http, { kind: 'access-client', token });
  const auth = await opensNothing(client.getCurrentAuth());
  const grant: Grant = {
    secret: { kind: 'access-client', token },
    realm: networkOf(context),
    person: personOf(auth),
    method: 'access client',
    expiresAt: null,
  };
  return { kind: 'active', grant };
}

/** The network by its base URL (…/<network>/api), where the account does not name it. */
function networkOf(context: VendorContext): Grant['realm'] {
  if (context.realm) return context.realm;
  const id = new URL(context.baseUrl).pathname.split('/').filter(Boolean).at(-2);
  return id ? { id, name: id } : null;
}

const personOf = (auth: Auth) => auth.user?.display ?? auth.user?.shortDisplay ?? auth.principal ?? null;

/** POST /auth/session; from its answer on there is a session at the server, whatever comes next. */
async function logIn(
  context: VendorContext,
  state: Going,
  password: string,
  data?: DataForLogin,
): Promise<Step> {
  const principalType = principalTypeOf(context.values) ?? assumptions.anyPrincipalType;
  const principal = context.values.principal ?? '';
  const auth = await cyclosClient(context.http, {
    kind: 'basic',
    principal,
    password,
    principalType,
  }).login();
  if (!auth.sessionToken)
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: 'Cyclos accepted the sign-in but gave no session.',
      advice: 'This channel may be stateless; an administrator can tell.',
    });
  const open = { ...state, token: auth.sessionToken, generation: generationOf(auth, data) };
  return guard(context, open, () => advance(context, open, auth));
}

/** The vendor's order: agreements, expired passwords, second step; then the session is active. */
async function advance(context: VendorContext, state: Going, auth: Auth): Promise<Step> {
  if (auth.pendingAgreements) return askAgreements(context, state);
  if (auth.expiredPassword || auth.expiredSecondaryPassword) return askNewPassword(state, auth);
  if (auth.pendingSecondaryPassword || auth.loginConfirmation)
    return secondStep(context, state, auth, (next) => goOn(context, next));
  const grant: Grant = {
    secret: { kind: 'session', token: state.token ?? '' },
    realm: networkOf(context),
    person: personOf(auth),
    method: state.method,
    expiresAt: null,
    ...(state.changed ? { keep: { password: state.password } } : {}),
  };
  return { kind: 'active', grant };
}

/** Asks Cyclos how far the sign-in is, and takes the next step. */
async function goOn(context: VendorContext, state: Going): Promise<Step> {
  return advance(context, state, await clientsOf(context, state).auth.getCurrentAuth());
}

/** After a changed password: the same session if it lives on and knows of the change, else a sign-in with the new one. */
async function afterChange(context: VendorContext, state: Going): Promise<Step> {
  let auth: Auth | null = null;
  try {
    auth = await clientsOf(context, state).auth.getCurrentAuth();
  } catch (error) {
    if (!(error instanceof GatehouseError) || error.failure.kind !== 'expired') throw error;
  }
  if (auth?.user && !auth.expiredPassword && !auth.expiredSecondaryPassword)
    return advance(context, state, auth);
  await dropSession(context, state);
  return logIn(context, { ...state, token: null }, state.password);
}

async function askAgreements(context: VendorContext, state: Going): Promise<Step> {
  const pending = await clientsOf(context, state).session.listPendingAgreements();
  const agreements = pending.flatMap((one) => {
    const id = one.id ?? one.internalName;
    return id ? [{ id, name: one.name ?? id, required: one.required ?? false }] : [];
  });
  const kept = agreements.map(({ id, required }) => ({ id, required }));
  return promptStep({ ...state, asked: 'agreements', agreements: kept }, { kind: 'agreements', agreements });
}

/**
 * Answers by kind of ask: `code`; `password` (on a virtual keyboard the pressed groups joined with `|`, as a new password
 * with `old` beside it where that is needed); `choice`; and one `true` per accepted agreement id.
 */
export async function answer(context: VendorContext, resume: Json, given: ChallengeAnswer): Promise<Step> {
  const state = readGoing(resume);
  const text = (name: string) => needed(given, name);
  if (state.asked === 'login-password') {
    const password = text('password');
    return logIn(context, { ...state, password }, password);
  }
  if (state.asked === 'login-keyboard')
    return logIn(context, state, keyboardValue(text('password'), state.keyboardId));
  // Read before the guard: an empty answer is no reason to end the session.
  const work = answering(context, state, given, text);
  return guard(context, state, work);
}

function answering(
  context: VendorContext,
  state: Going,
  given: ChallengeAnswer,
  text: (name: string) => string,
): () => Promise<Step> {
  const next = (after: Going) => goOn(context, after);
  switch (state.asked) {
    case 'agreements': {
      const accepted = acceptedOf(state, given);
      return async () => {
        if (accepted.length) await clientsOf(context, state).session.acceptAgreements(accepted);
        return goOn(context, state);
      };
    }
    case 'new-password': {
      const newPassword = text('password');
      const oldPassword = state.change?.isLogin && state.password ? state.password : text('old');
      return () =>
        changePassword(context, state, { oldPassword, newPassword }, (after) => afterChange(context, after));
    }
    case 'choice': {
      const choice = text('choice');
      return async () =>
        choice === 'totp'
          ? totpPrompt(state)
          : askBy(context, state, choice, await readInput(context, state, null));
    }
    case 'totp': {
      const code = text('code').replace(/\s/g, '');
      return () => submit(context, state, `totp:${code}`, 'password and authenticator code', next);
    }
    case 'otp': {
      const code = text('code').trim();
      const method = `password and ${state.medium === 'sms' ? 'SMS' : 'e-mail'} code`;
      return () => submit(context, state, code, method, next);
    }
    case 'password': {
      const value = text('password');
      return () => submit(context, state, value, 'password and secondary password', next);
    }
    case 'keyboard': {
      const value = keyboardValue(text('password'), state.keyboardId);
      return () => submit(context, state, value, 'password and on-screen keyboard', next);
    }
    default:
      return () => (state.changed ? afterChange(context, state) : goOn(context, state));
  }
}

function needed(given: ChallengeAnswer, name: string): string {
  const value = given[name];
  if (typeof value === 'string' && value.trim()) return value;
  const message = 'Fill this in first.';
  throw new GatehouseError({ kind: 'invalid', message, fields: { [name]: message } });
}

function acceptedOf(state: Going, given: ChallengeAnswer): string[] {
  const missing = state.agreements.filter((one) => one.required && given[one.id] !== true);
  if (missing.length) {
    const message = 'The required agreements have to be accepted before the sign-in can go on.';
    const fields = Object.fromEntries(missing.map((one) => [one.id, 'Has to be accepted.']));
    throw new GatehouseError({ kind: 'invalid', message, fields });
  }
  return state.agreements.map((one) => one.id).filter((id) => given[id] === true);
}

/** Has the one-time password sent anew, by the same medium or another one. */
export async function sendAgain(context: VendorContext, resume: Json, medium: string | null): Promise<Step> {
  const state = readGoing(resume);
  const by: Medium | null = medium === 'email' || medium === 'sms' ? medium : state.medium;
  if (state.asked !== 'otp' || !by)
    throw new GatehouseError({ kind: 'invalid', message: 'There is no code to send again.' });
  return guard(context, state, () => sendCode(context, state, by));
}

/** Ends the session that the sign-in had opened, if it had come so far. */
export async function abandon(context: VendorContext, resume: Json): Promise<void> {
  await dropSession(context, readGoing(resume));
}
