import type { Action } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import { lookUp } from '#lib/look-up.ts';
import type { ActionResult } from '../../admin.ts';
import { actionOf, field, isKind, need, unknownAction } from '../../kit/admin.ts';
import type { EnhanceClient } from '../client.ts';
import type { AuthMethod } from '../models.ts';
import { methodWords } from './words.ts';

/** OpenAPI 12.21.3, updateLoginInfo: from one second step to another leads through none. */
const offFirst = 'To change to the other kind, turn this one off first, then turn the other on.';

const turnOn: Action[] = [
  actionOf('mfa-otp', 'Turn on the authenticator', {
    effect: 'You scan a QR code with the app, then type a PIN from it.',
  }),
  actionOf('mfa-email', 'Turn on e-mail PINs', {
    effect: 'The panel mails a PIN to your address; it holds once you have typed it.',
  }),
];

const turnOff = actionOf('mfa-off', 'Turn off the second step', {
  danger: true,
  confirm: `Turn off the second step? Your password alone then lets you in. ${offFirst}`,
  effect: 'The panel asks for a PIN of the present kind first.',
});

/** What may be done with the second step that is set now. */
export const secondStepActions = (method: string): Action[] => (method === 'basic' ? turnOn : [turnOff]);

export const secondStepNote = (method: string) => (method === 'basic' ? undefined : offFirst);

const wanted: Record<string, AuthMethod> = { 'mfa-otp': 'otp', 'mfa-email': 'email', 'mfa-off': 'basic' };

const enterPin = (provenBy: 'email' | 'otp'): Action =>
  actionOf(`mfa-pin-${provenBy}`, 'Enter the PIN', {
    fields: [
      field('pin', 'PIN', {
        help:
          provenBy === 'email'
            ? 'From the mail that the panel has just sent you.'
            : 'From your authenticator app.',
      }),
    ],
    effect: 'A wrong PIN ends this session at the panel, and the second step stays as it was.',
  });

export const isSecondStep = (action: string) => action.startsWith('mfa-');

/** Begins a switch of the second step, or completes it with the PIN. */
export async function actOnSecondStep(
  client: EnhanceClient,
  action: string,
  values: Record<string, string>,
): Promise<ActionResult> {
  if (action === 'mfa-pin-email' || action === 'mfa-pin-otp') {
    return confirmSwitch(client, action === 'mfa-pin-email' ? 'email' : 'otp', values);
  }
  const to = lookUp(wanted, action);
  if (to) return beginSwitch(client, to);
  throw unknownAction('Enhance');
}

async function beginSwitch(client: EnhanceClient, to: AuthMethod): Promise<ActionResult> {
  const { authMethod: from } = await client.getLogin();
  if (from === to) return { message: `That is how it is already: ${methodWords(to)}.` };
  if (from !== 'basic' && to !== 'basic') {
    throw new GatehouseError({
      kind: 'conflict',
      message: `Your login has a second step already: ${methodWords(from)}.`,
      advice: offFirst,
    });
  }
  const { otpUrl, verifyPin } = await client.updateLoginInfo({ authMethod: to });
  const holds = verifyPin !== true && (await client.getLogin()).authMethod === to;
  if (holds)
    return { message: `Done: you now sign in with ${methodWords(to)}.`, ...(otpUrl ? { qr: otpUrl } : {}) };
  const provenBy = to === 'basic' ? from : to;
  return {
    message: {
      otp: otpUrl
        ? 'Scan the code with your authenticator app, then type the PIN that it shows.'
        : 'Type the PIN that your authenticator app shows.',
      email: 'The panel has mailed you a PIN. Type it to go on.',
    }[provenBy === 'otp' ? 'otp' : 'email'],
    ...(otpUrl ? { qr: otpUrl } : {}),
    next: enterPin(provenBy === 'otp' ? 'otp' : 'email'),
  };
}

async function confirmSwitch(
  client: EnhanceClient,
  provenBy: 'email' | 'otp',
  values: Record<string, string>,
): Promise<ActionResult> {
  const pin = need(values, 'pin', 'Type the PIN.').replace(/\s/g, '');
  try {
    await client.verify2Fa({ authMethod: provenBy, pin });
  } catch (error) {
    if (!isKind(error, 'refused-prompt')) throw error;
    // OpenAPI 12.21.3, verify2FA: any failure destroys the session; `expired` makes the desk look.
    throw new GatehouseError({
      ...error.failure,
      kind: 'expired',
      message:
        'The panel did not accept this PIN and has ended this session with it. The second step is as it was.',
      advice: 'Sign in again, then start the change again.',
    });
  }
  const { authMethod } = await client.getLogin();
  return { message: `Done: you now sign in with ${methodWords(authMethod)}.` };
}
