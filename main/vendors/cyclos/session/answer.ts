import { GatehouseError } from '#contract/failure.ts';
import { fieldError } from '../../kit/fields.ts';
import { opensNothing } from '../../kit/opens-nothing.ts';
import type { ChallengeAnswer, Json, Step, VendorContext } from '../../vendor.ts';
import { readMedium } from '../medium.ts';
import { devicePrompt, waitForDevice } from './device.ts';
import { dropSession, guard, pendingClient } from './guard.ts';
import { keyboardValue } from './keyboard.ts';
import { changePassword, generatePassword } from './new-password.ts';
import { afterChange, goOn, logIn } from './progress.ts';
import { dropProvider, prepare, takeOver, waitForProvider } from './provider.ts';
import { askBy, readInput, sendCode, submit, totpPrompt } from './second-step.ts';
import { readSignIn, type SignInState } from './state.ts';

/**
 * Takes an answer by kind of prompt: `code`; `password` (on a virtual keyboard the pressed groups joined with `|`, as a new password
 * with `old` beside it where that is needed); `choice`; and one `true` per accepted agreement id.
 */
export async function answer(context: VendorContext, resume: Json, given: ChallengeAnswer): Promise<Step> {
  const state = readSignIn(resume);
  const text = (name: string) => needed(given, name);
  if (state.asked === 'login-password') {
    const password = text('password');
    return logIn(context, { ...state, password }, password);
  }
  if (state.asked === 'login-keyboard')
    return logIn(context, state, keyboardValue(text('password'), state.keyboardId));
  if (state.asked === 'provider-choice') return opensNothing(prepare(context, state, text('choice')));
  // Of a page that somebody is on nothing can be answered; a session that came of it is taken over first.
  if (state.provider && state.token !== null)
    return takeOver(context, state, state.provider, (next) => goOn(context, next));
  if (state.provider)
    throw new GatehouseError({ kind: 'invalid', message: 'The page itself is to be answered.' });
  // Read before the guard: an empty answer is no reason to end the session.
  const work = answering(context, state, given, text);
  return guard(context, state, work);
}

function answering(
  context: VendorContext,
  state: SignInState,
  given: ChallengeAnswer,
  text: (name: string) => string,
): () => Promise<Step> {
  const next = (after: SignInState) => goOn(context, after);
  switch (state.asked) {
    case 'agreements': {
      const accepted = acceptedOf(state, given);
      return async () => {
        if (accepted.length) await pendingClient(context, state).auth.acceptAgreements(accepted);
        return goOn(context, state);
      };
    }
    case 'new-password': {
      const { change } = state;
      // Without it the sign-in goes on from what Cyclos says.
      if (!change) return () => goOn(context, state);
      const newPassword = text('password');
      const old = change.isLogin && state.password ? state.password : change.needsOld ? text('old') : '';
      const passwords = { newPassword, ...(old ? { oldPassword: old } : {}) };
      return () => changePassword(context, state, change, passwords, (after) => afterChange(context, after));
    }
    case 'generate': {
      const { change } = state;
      text('choice');
      if (!change) return () => goOn(context, state);
      return () => generatePassword(context, state, change, (after) => afterChange(context, after));
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
      return () => submit(context, state, `totp:${code}`, 'authenticator code', next);
    }
    case 'otp': {
      const code = text('code').trim();
      const method = `${readMedium(state.medium)?.medium === 'sms' ? 'SMS' : 'e-mail'} code`;
      return () => submit(context, state, code, method, next);
    }
    case 'password': {
      const value = text('password');
      return () => submit(context, state, value, 'secondary password', next);
    }
    case 'keyboard': {
      const value = keyboardValue(text('password'), state.keyboardId);
      return () => submit(context, state, value, 'on-screen keyboard', next);
    }
    default:
      return () => (state.changed ? afterChange(context, state) : goOn(context, state));
  }
}

function needed(given: ChallengeAnswer, name: string): string {
  const value = given[name];
  if (typeof value === 'string' && value.trim()) return value;
  throw fieldError(name, 'Fill this in first.');
}

function acceptedOf(state: SignInState, given: ChallengeAnswer): string[] {
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
  const state = readSignIn(resume);
  const by = state.media.some(({ id }) => id === medium) ? medium : state.medium;
  if (state.asked !== 'otp' || !by)
    throw new GatehouseError({ kind: 'invalid', message: 'There is no code to send again.' });
  return guard(context, state, () => sendCode(context, state, by));
}

/**
 * Waits for an identity provider's page, or for a trusted device to approve the sign-in, then goes on with it. Throws `refused-prompt` when it is refused or nobody approves
 * in time; the session is ended then.
 */
export async function listen(
  context: VendorContext,
  resume: Json,
  changed: (step: Step) => void,
): Promise<Step> {
  const state = readSignIn(resume);
  if (state.provider) return waitForProvider(context, state, changed);
  changed(devicePrompt(state));
  return guard(context, state, async () => {
    const value = await waitForDevice(context, state);
    return submit(context, state, value, 'trusted device', (after) => goOn(context, after));
  });
}

/** Ends the session that the sign-in had opened, if it had come so far. */
export async function abandon(context: VendorContext, resume: Json): Promise<void> {
  const state = readSignIn(resume);
  if (state.provider) await dropProvider(context, state, state.provider);
  else await dropSession(context, state);
}
