import { GatehouseError, isKind } from '#contract/failure.ts';
import { authenticatorCode } from '../../kit/authenticator.ts';
import type { Step, VendorContext } from '../../vendor.ts';
import { generationOfInput } from '../api/generation.ts';
import type { Auth, PasswordInput } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';
import { mediumWords, readMedium } from '../medium.ts';
import { askDevice } from './device.ts';
import { pendingClient } from './guard.ts';
import { hasKeyboard, keyboardAsk } from './keyboard.ts';
import { promptStep, type SignInState } from './state.ts';

interface Choice {
  id: string;
  label: string;
}

/** What the second step asks for, from Auth (4.16) or from the server anew. */
export async function readInput(
  context: VendorContext,
  state: SignInState,
  auth: Auth | null,
): Promise<PasswordInput> {
  if (auth?.loginConfirmation) return auth.loginConfirmation;
  const { auth: client } = pendingClient(context, state);
  return state.generation === '4.16' ? client.getLoginConfirmation() : client.getSecondaryPasswordInput();
}

/** Goes to the second step: computes the authenticator code, asks straight away, or lets the person choose how. */
export async function secondStep(
  context: VendorContext,
  state: SignInState,
  auth: Auth,
  next: NextStep,
): Promise<Step> {
  const input = await readInput(context, state, auth);
  const choices = choicesOf(input, state);
  if (choices.some((one) => one.id === 'totp') && context.values.authenticatorSecret && !state.totpTried) {
    const code = authenticatorCode(context.values.authenticatorSecret, context.now());
    const tried = { ...state, asked: 'totp' as const, totpTried: true };
    return submit(context, tried, `totp:${code}`, 'stored authenticator', next);
  }
  const only = choices[0];
  if (!only) throw nothingUsable(input);
  if (choices.length === 1) return askBy(context, state, only.id, input);
  const label = 'How is this sign-in to be confirmed?';
  return promptStep({ ...state, asked: 'choice' }, { kind: 'choice', label, options: choices });
}

function choicesOf(input: PasswordInput, state: SignInState): Choice[] {
  const is416 = state.generation === '4.16' || generationOfInput(input) === '4.16';
  const allowed = input.allowedCredentials;
  const usable = input.activeCredentials?.filter((one) => !allowed || allowed.includes(one)) ?? allowed;
  const credentials = is416 && usable ? usable : ['password'];
  const choices: Choice[] = [];
  if (credentials.includes('totp')) choices.push({ id: 'totp', label: 'Code of the authenticator app' });
  if (credentials.includes('device')) choices.push({ id: 'device', label: 'Approval by a trusted device' });
  if (!credentials.includes('password')) return choices;
  if ((input.passwordType?.mode ?? input.mode) !== 'otp') {
    // 4.11 says so when there is no such password; asking for it would only block it.
    if (!is416 && input.hasActivePassword === false) return choices;
    return [...choices, { id: 'password', label: passwordName(input) }];
  }
  return [...choices, ...mediaOf(input).map(({ id, label }) => ({ id, label: `Code by ${label}` }))];
}

/** Where a code can be sent: by e-mail, and to each of several phones; the numbers are masked by Cyclos. */
function mediaOf(input: PasswordInput): Choice[] {
  const phones = input.mobilePhonesToSendOtp;
  return input.otpSendMediums.flatMap((medium) => {
    if (medium === 'email') return [mediumTo(medium, input.emailToSendOtp)];
    if (medium !== 'sms') return [];
    const chosen = phones.flatMap(({ id, name, number, normalizedNumber }) => {
      const to = number ?? normalizedNumber;
      return id && to ? [mediumTo(`sms:${id}`, phones.length > 1 && name ? `${to} (${name})` : to)] : [];
    });
    const only = phones[0]?.number ?? phones[0]?.normalizedNumber;
    return chosen.length > 1 ? chosen : [mediumTo('sms', only)];
  });
}

const mediumTo = (id: string, to: string | undefined): Choice => ({
  id,
  label: `${mediumWords(readMedium(id)?.medium ?? id)}${to ? ` to ${to}` : ''}`,
});

const passwordName = (input: PasswordInput) => input.passwordType?.name ?? input.name ?? 'Secondary password';

function nothingUsable(input: PasswordInput): GatehouseError {
  const wanted = input.allowedCredentials?.join(' or ') || passwordName(input);
  return new GatehouseError({
    kind: 'refused-credentials',
    message: `This sign-in has to be confirmed (${wanted}), and this person has nothing for it that Gatehouse can use.`,
    advice: 'The person has to set it up in Cyclos first.',
  });
}

/** Asks for one kind of confirmation; a one-time password is sent first. */
export async function askBy(
  context: VendorContext,
  state: SignInState,
  choice: string,
  input: PasswordInput,
  wrong?: string,
): Promise<Step> {
  const said = wrong ? { wrong } : {};
  if (readMedium(choice)) {
    const media = mediaOf(input);
    return sendCode(context, { ...state, media, ...codeShape(input) }, choice);
  }
  if (choice === 'totp') return totpPrompt(state, wrong);
  if (choice === 'device') return askDevice(context, state);
  const label = passwordName(input);
  if (!hasKeyboard(input))
    return promptStep({ ...state, asked: 'password', keyboardId: null }, { kind: 'password', label }, said);
  const keyboardId = input.virtualKeyboardId ?? null;
  return promptStep({ ...state, asked: 'keyboard', keyboardId }, keyboardAsk(input, label), said);
}

function codeShape(input: PasswordInput): Pick<SignInState, 'codeLength' | 'codeExact' | 'numeric'> {
  const { minLength, maxLength } = input.passwordType ?? input;
  return {
    codeLength: minLength || assumptions.codeLength,
    codeExact: Boolean(minLength) && minLength === maxLength,
    numeric: input.passwordType?.onlyNumeric ?? false,
  };
}

export function totpPrompt(state: SignInState, wrong?: string): Step {
  const ask = {
    kind: 'code',
    medium: 'authenticator app',
    boxes: assumptions.codeLength,
    numeric: true,
    canSendAgain: false,
  } as const;
  return promptStep({ ...state, asked: 'totp' }, ask, wrong ? { wrong } : {});
}

/** Has a one-time password sent by one of the media and asks for it. */
export async function sendCode(context: VendorContext, state: SignInState, by: string): Promise<Step> {
  const { auth: client } = pendingClient(context, state);
  const { medium, phones } = readMedium(by) ?? { medium: 'email', phones: [] };
  const sentTo =
    state.generation === '4.16'
      ? await client.newLoginConfirmationOtp(medium, phones)
      : await client.newOtp(medium);
  const sendAgainAt = context.now() + state.sendAgainPause;
  return otpPrompt({ ...state, asked: 'otp', medium: by, sentTo: sentTo.join(', '), sendAgainAt });
}

function otpPrompt(state: SignInState, wrong?: string): Step {
  const { media } = state;
  const ask = {
    kind: 'code',
    medium: mediumWords(readMedium(state.medium)?.medium ?? 'email'),
    boxes: state.codeLength,
    exact: state.codeExact,
    numeric: state.numeric,
    canSendAgain: true,
    ...(state.sentTo ? { sentTo: state.sentTo } : {}),
    ...(media.length > 1 ? { media } : {}),
  } as const;
  return promptStep(state, ask, { sendAgainAt: state.sendAgainAt, ...(wrong ? { wrong } : {}) });
}

/** What follows an accepted confirmation. */
export type NextStep = (state: SignInState) => Promise<Step>;

/** Confirms the sign-in with a value, which is called `second` in words. A wrong one asks again; Cyclos counts the tries and says when they are over. */
export async function submit(
  context: VendorContext,
  state: SignInState,
  value: string,
  second: string,
  next: NextStep,
): Promise<Step> {
  const { auth: client } = pendingClient(context, state);
  try {
    if (state.generation === '4.16') await client.confirmLogin(value);
    else await client.validateSecondaryPassword(value);
  } catch (error) {
    // A device approves once: there is nothing to type again.
    if (!isKind(error, 'refused-prompt') || state.asked === 'device') throw error;
    const wrong = [error.failure.message, error.failure.advice].filter(Boolean).join(' ');
    if (state.asked === 'totp') return totpPrompt(state, wrong);
    if (state.asked === 'otp') return otpPrompt(state, wrong);
    // The buttons may be others for each try, so they are fetched anew.
    return askBy(context, state, 'password', await readInput(context, state, null), wrong);
  }
  return next({ ...state, method: `${state.method} and ${second}` });
}
