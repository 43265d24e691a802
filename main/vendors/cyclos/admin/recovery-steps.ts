import type { RecoveryStep } from '#contract/admin.ts';
import { field, passwordField } from '../../kit/fields.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { mediumWords } from '../medium.ts';
import { newCaptcha } from './captcha.ts';
import { asJson, type RecoveryState } from './recovery-state.ts';
import { mediumOptions } from './words.ts';

/** The steps of a recovery as they are shown, each with what has to be kept until the next. */
export interface At {
  step: RecoveryStep;
  state: Json;
}

export const last = (title: string, explain: string): RecoveryStep => ({
  ...{ id: 'end', title, explain, fields: [], button: 'Close', done: true },
});

/** `before`: what is said first, when the last answer was not taken. */
export async function askWho(context: VendorContext, state: RecoveryState, before = ''): Promise<At> {
  const captcha = state.asksCaptcha ? await newCaptcha(context) : null;
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

export function askCode(state: RecoveryState, sentTo: string[]): At {
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

export function askPassword(state: RecoveryState): At {
  const { question, generated, rules } = state;
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
      ...(generated ? [] : [passwordField('password', 'New password', rules ? { help: rules } : {})]),
    ],
    button: generated ? 'Make and send it' : 'Set it',
    done: false,
  };
  return { step, state: asJson(state) };
}
