import { GatehouseError, isKind } from '#contract/failure.ts';
import type { Recovery } from '../../admin.ts';
import { fieldError, requireField, requirePassword, withFieldNames } from '../../kit/fields.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import { generationOfInput } from '../api/generation.ts';
import type { DataForLogin } from '../api/models.ts';
import { rulesInWords } from '../password-rules.ts';
import { captchaProvider } from './captcha.ts';
import { newPasswordNames } from './password-actions.ts';
import { type RecoveryState, readState } from './recovery-state.ts';
import { type At, askCode, askPassword, askWho, last } from './recovery-steps.ts';

const guest = (context: VendorContext, generation?: RecoveryState['generation']) =>
  cyclosClient(context.http, { kind: 'guest' }, generation);

async function first(context: VendorContext): Promise<At> {
  const data = await guest(context).auth.getDataForLogin();
  const mediums = (data?.forgotPasswordMediums ?? []).filter((one) => one === 'email' || one === 'sms');
  if (!data || mediums.length === 0) {
    const explain =
      'This network does not let people recover a forgotten password. An administrator can set a new one.';
    return { step: last('Recovery is switched off', explain), state: null };
  }
  const provider = captchaProvider(data);
  if (provider && provider !== 'internal') {
    const explain = `This network asks for a captcha of ${provider}, which only its own pages can show. Have the person recover the password there.`;
    return { step: last('Only on the network’s own pages', explain), state: null };
  }
  return askWho(context, {
    generation: generationOf(data),
    mediums,
    challenge: null,
    asksCaptcha: provider === 'internal',
    user: '',
    medium: null,
    code: '',
    question: null,
    generated: false,
    rules: null,
  });
}

function generationOf(data: DataForLogin): RecoveryState['generation'] {
  if (data.forgotPasswordCaptchaInput) return '4.16';
  return data.loginPasswordInput ? generationOfInput(data.loginPasswordInput) : '4.11';
}

async function next(
  context: VendorContext,
  stepId: string,
  values: Record<string, string>,
  json: Json,
): Promise<At> {
  const state = readState(json);
  if (stepId === 'who') return request(context, state, values);
  if (stepId === 'code') return takeCode(context, state, values);
  if (stepId === 'password') return change(context, state, values);
  throw new GatehouseError({ kind: 'invalid', message: 'This recovery is at another step.' });
}

async function request(
  context: VendorContext,
  old: RecoveryState,
  values: Record<string, string>,
): Promise<At> {
  const user = requireField(values, 'user', 'Type who forgot the password.');
  const medium = old.mediums.find((one) => one === values.sendMedium) ?? old.mediums[0] ?? null;
  const state: RecoveryState = { ...old, user, medium };
  const response = old.challenge
    ? requireField(values, 'captcha', 'Type the characters in the picture.')
    : '';
  try {
    const sent = await guest(context, state.generation).passwords.forgottenPasswordRequest({
      user,
      ...(old.challenge ? { captcha: { challenge: old.challenge, response } } : {}),
      ...(medium && state.generation === '4.16' ? { sendMedium: medium } : {}),
    });
    return askCode(state, sent?.sentTo ?? []);
  } catch (error) {
    // A captcha is good for one answer: there has to be a new one.
    if (old.challenge && isKind(error, 'invalid', 'server-fault'))
      return askWho(context, state, `${error.failure.message} There is a new picture. `);
    throw error;
  }
}

async function takeCode(
  context: VendorContext,
  old: RecoveryState,
  values: Record<string, string>,
): Promise<At> {
  const typed = requireField(values, 'code', 'Type what the person reads out.');
  const code = old.generation === '4.11' ? keyOf(typed) : typed.replace(/\s/g, '');
  const by = old.generation === '4.11' ? { key: code } : { user: old.user, code };
  try {
    const data = await guest(context, old.generation).passwords.getDataForChangeForgottenPassword(by);
    const generated = data.generated ?? data.passwordType?.mode === 'generated';
    const rules = rulesInWords(data.passwordType) ?? null;
    return askPassword({ ...old, code, generated, rules, question: data.securityQuestion ?? null });
  } catch (error) {
    if (!isKind(error, 'not-found', 'invalid')) throw error;
    throw fieldError(
      'code',
      'Cyclos does not accept this: it is mistyped, too old, or belongs to somebody else. Too many wrong tries make it void.',
    );
  }
}

/** The key itself, or the link that holds it. */
function keyOf(text: string): string {
  const query = /[?&#;]key=[^&#;\s]+/.exec(text)?.[0];
  return (query && new URLSearchParams(query.slice(1)).get('key')) || text;
}

async function change(
  context: VendorContext,
  state: RecoveryState,
  values: Record<string, string>,
): Promise<At> {
  const { generation, user, code, question, generated, medium } = state;
  const newPassword = generated ? '' : requirePassword(values, 'password');
  const work = guest(context, generation).passwords.changeForgottenPassword({
    ...(generation === '4.11' ? { key: code } : { user, code, ...(medium ? { sendMedium: medium } : {}) }),
    ...(question
      ? { securityAnswer: requireField(values, 'securityAnswer', 'Type the answer to the question.') }
      : {}),
    ...(generated ? {} : { newPassword, newPasswordConfirmation: newPassword, checkConfirmation: true }),
  });
  await withFieldNames(newPasswordNames, work).catch((error: unknown) => {
    throw state.generation === '4.11' ? withoutReason(error) : error;
  });
  const explain = generated
    ? 'Cyclos has sent the new password. The person signs in with it.'
    : 'The person can sign in with the new password now. Nobody was signed in by this.';
  return { step: last('The new password is set', explain), state: null };
}

/** 4.11 answers a new password that breaks its rules, and a used key, with a bare 500 (ForgottenPasswordError, unexpected). */
function withoutReason(error: unknown): unknown {
  if (!isKind(error, 'server-fault') || error.failure.status !== 500) return error;
  return new GatehouseError({
    ...error.failure,
    message: 'Cyclos did not set the password, and this version does not say why.',
    advice:
      'The password may break the network’s rules: try a longer one. If that fails too, start again for a new key.',
  });
}

/** Forgotten passwords: by the key in a mail (4.11), or by person and code (4.16). */
export const recovery: Recovery = { first, next };
