import type { RecoveryStep } from '../../../../preload/contract/admin.ts';
import { GatehouseError } from '../../../../preload/contract/failure.ts';
import type { Recovery } from '../../admin.ts';
import { field, isKind, need, needPassword, passwordField, withFieldNames, wrong } from '../../admin-kit.ts';
import type { Json, Visit } from '../../vendor.ts';
import { cyclosClient } from '../client.ts';
import { generationOfInput } from '../generation.ts';
import type { DataForLogin } from '../models.ts';
import { newPasswordNames } from './act.ts';
import { captchaProvider, newCaptcha } from './captcha.ts';
import { asJson, type RecoveryState, readState } from './recovery-state.ts';
import { mediumOptions, mediumWords } from './words.ts';

type At = { step: RecoveryStep; state: Json };

const guest = (visit: Visit, generation?: RecoveryState['generation']) =>
  cyclosClient(visit.door, { kind: 'guest' }, generation);

const last = (title: string, explain: string): RecoveryStep => ({
  ...{ id: 'end', title, explain, fields: [], button: 'Close', done: true },
});

async function first(visit: Visit): Promise<At> {
  const data = await guest(visit).getDataForLogin();
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
  return askWho(visit, {
    generation: generationOf(data),
    mediums,
    challenge: null,
    asksCaptcha: provider === 'internal',
    user: '',
    medium: null,
    code: '',
    question: null,
    generated: false,
  });
}

function generationOf(data: DataForLogin): RecoveryState['generation'] {
  if (data.forgotPasswordCaptchaInput) return '4.16';
  return data.loginPasswordInput ? generationOfInput(data.loginPasswordInput) : '4.11';
}

async function askWho(visit: Visit, state: RecoveryState, before = ''): Promise<At> {
  const captcha = state.asksCaptcha ? await newCaptcha(visit) : null;
  const medium = state.medium ?? state.mediums[0];
  // 4.11 chooses the medium itself.
  const chooses = state.generation === '4.16' && state.mediums.length > 1;
  const step: RecoveryStep = {
    id: 'who',
    title: 'Who forgot the password?',
    explain: `${before}Cyclos sends the person a ${state.generation === '4.11' ? 'key' : 'code'}. It does not tell whether it knows them: if nothing arrives, the name may be wrong, or no address is stored for them.`,
    ...(captcha ? { image: captcha.image } : {}),
    fields: [
      field('user', 'User name, e-mail or phone', {
        help: 'As the network identifies its people.',
        ...(state.user ? { initial: state.user } : {}),
      }),
      ...(chooses
        ? [
            field('sendMedium', 'Send by', {
              type: 'select',
              options: mediumOptions(state.mediums),
              ...(medium ? { initial: medium } : {}),
            }),
          ]
        : []),
      ...(captcha ? [field('captcha', 'Characters in the picture')] : []),
    ],
    button: 'Send it',
    done: false,
  };
  return { step, state: asJson({ ...state, challenge: captcha?.challenge ?? null }) };
}

async function next(visit: Visit, stepId: string, values: Record<string, string>, json: Json): Promise<At> {
  const state = readState(json);
  if (stepId === 'who') return request(visit, state, values);
  if (stepId === 'code') return takeCode(visit, state, values);
  if (stepId === 'password') return change(visit, state, values);
  throw new GatehouseError({ kind: 'invalid', message: 'This recovery is at another step.' });
}

async function request(visit: Visit, old: RecoveryState, values: Record<string, string>): Promise<At> {
  const user = need(values, 'user', 'Type who forgot the password.');
  const medium = old.mediums.find((one) => one === values.sendMedium) ?? old.mediums[0] ?? null;
  const state: RecoveryState = { ...old, user, medium };
  const response = old.challenge ? need(values, 'captcha', 'Type the characters in the picture.') : '';
  try {
    const sent = await guest(visit, state.generation).forgottenPasswordRequest({
      user,
      ...(old.challenge ? { captcha: { challenge: old.challenge, response } } : {}),
      ...(medium && state.generation === '4.16' ? { sendMedium: medium } : {}),
    });
    return askCode(state, sent?.sentTo ?? []);
  } catch (error) {
    // A captcha is good for one answer: there has to be a new one.
    if (old.challenge && isKind(error, 'invalid', 'server-fault'))
      return askWho(visit, state, `${error.failure.message} There is a new picture. `);
    throw error;
  }
}

function askCode(state: RecoveryState, sentTo: string[]): At {
  const isKey = state.generation === '4.11';
  const by = state.medium ? ` by ${mediumWords(state.medium)}` : '';
  const where = isKey
    ? 'If Cyclos knows them, they now receive a message with a link that holds a key.'
    : sentTo.length > 0
      ? `If Cyclos knows them, they now receive a code${by} at ${sentTo.join(', ')}.`
      : `If Cyclos knows them, they now receive a code${by}. It does not say where to.`;
  const step: RecoveryStep = {
    id: 'code',
    title: isKey ? 'The key from the message' : 'The code from the message',
    explain: `${where} Have them read it out. If nothing arrives within a few minutes, start again with another name.`,
    fields: [
      field('code', isKey ? 'Key, or the whole link' : 'Code', { placeholder: isKey ? '' : '123456' }),
    ],
    button: 'Check it',
    done: false,
  };
  return { step, state: asJson(state) };
}

async function takeCode(visit: Visit, old: RecoveryState, values: Record<string, string>): Promise<At> {
  const typed = need(values, 'code', 'Type what the person reads out.');
  const code = old.generation === '4.11' ? keyOf(typed) : typed.replace(/\s/g, '');
  const by = old.generation === '4.11' ? { key: code } : { user: old.user, code };
  try {
    const data = await guest(visit, old.generation).getDataForChangeForgottenPassword(by);
    const generated = data.generated ?? data.passwordType?.mode === 'generated';
    return askPassword({ ...old, code, generated, question: data.securityQuestion ?? null });
  } catch (error) {
    if (!isKind(error, 'not-found', 'invalid')) throw error;
    throw wrong(
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

function askPassword(state: RecoveryState): At {
  const { question, generated } = state;
  const explain = generated
    ? 'Passwords are generated in this network: Cyclos makes a new one and sends it to the person.'
    : 'The person chooses a new password, or you make one and read it out.';
  const step: RecoveryStep = {
    id: 'password',
    title: generated ? 'A new password is made' : 'Set the new password',
    explain,
    fields: [
      ...(question
        ? [field('securityAnswer', question, { help: 'The person’s answer, as they gave it.' })]
        : []),
      ...(generated ? [] : [passwordField('password', 'New password')]),
    ],
    button: generated ? 'Make and send it' : 'Set it',
    done: false,
  };
  return { step, state: asJson(state) };
}

async function change(visit: Visit, state: RecoveryState, values: Record<string, string>): Promise<At> {
  const { generation, user, code, question, generated, medium } = state;
  const newPassword = generated ? '' : needPassword(values, 'password');
  const work = guest(visit, generation).changeForgottenPassword({
    ...(generation === '4.11' ? { key: code } : { user, code, ...(medium ? { sendMedium: medium } : {}) }),
    ...(question
      ? { securityAnswer: need(values, 'securityAnswer', 'Type the answer to the question.') }
      : {}),
    ...(generated ? {} : { newPassword, newPasswordConfirmation: newPassword, checkConfirmation: true }),
  });
  await withFieldNames(newPasswordNames, work);
  const explain = generated
    ? 'Cyclos has sent the new password. The person signs in with it.'
    : 'The person can sign in with the new password now. Nobody was signed in by this.';
  return { step: last('The new password is set', explain), state: null };
}

/** Forgotten passwords: by the key in a mail (4.11), or by person and code (4.16). */
export const recovery: Recovery = { first, next };
