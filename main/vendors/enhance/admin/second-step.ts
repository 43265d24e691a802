import { GatehouseError, isKind } from '#contract/failure.ts';
import type { ActionResult } from '../../admin.ts';
import { field, requireField } from '../../kit/fields.ts';
import type { EnhanceClient } from '../api/client.ts';
import type { AuthMethod } from '../api/models.ts';
import { methodWords } from '../words.ts';
import type { Login } from './login-lists.ts';
import { defineOwnAction } from './own-action.ts';

/** OpenAPI 12.21.3, updateLoginInfo: from one second step to another leads through none. */
const offFirst = 'To change to the other kind, turn this one off first, then turn the other on.';

export const secondStepNote = (method: string) => (method === 'basic' ? undefined : offFirst);

interface OwnLogin {
  login: Login;
  byToken: boolean;
}

const isOff = ({ login }: OwnLogin) => login.authMethod === 'basic';

const turnOnAuthenticator = defineOwnAction({
  id: 'mfa-otp',
  label: 'Turn on the authenticator',
  effect: 'You scan a QR code with the app, then type a PIN from it.',
  when: isOff,
  run: ({ client }) => beginSwitch(client, 'otp'),
});

const turnOnEmailPins = defineOwnAction({
  id: 'mfa-email',
  label: 'Turn on e-mail PINs',
  effect: 'The panel mails a PIN to your address; it holds once you have typed it.',
  when: isOff,
  run: ({ client }) => beginSwitch(client, 'email'),
});

const turnOff = defineOwnAction({
  id: 'mfa-off',
  label: 'Turn off the second step',
  danger: true,
  confirm: `Turn off the second step? Your password alone then lets you in. ${offFirst}`,
  effect: 'The panel asks for a PIN of the present kind first.',
  when: (own: OwnLogin) => !isOff(own),
  run: ({ client }) => beginSwitch(client, 'basic'),
});

/** What may be done with the second step that is set now. */
export const secondStepActions = [turnOnAuthenticator, turnOnEmailPins, turnOff];

const enterPin = (provenBy: 'email' | 'otp') =>
  defineOwnAction({
    id: `mfa-pin-${provenBy}`,
    label: 'Enter the PIN',
    fields: [
      field('pin', 'PIN', {
        help:
          provenBy === 'email'
            ? 'From the mail that the panel has just sent you.'
            : 'From your authenticator app.',
      }),
    ],
    effect: 'A wrong PIN ends this session at the panel, and the second step stays as it was.',
    run: ({ client }, { values }) => confirmSwitch(client, provenBy, values),
  });

/** What completes a switch; offered by its beginning only. */
export const pinActions = { email: enterPin('email'), otp: enterPin('otp') };

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
  const provenBy = (to === 'basic' ? from : to) === 'otp' ? 'otp' : 'email';
  return {
    message: {
      otp: otpUrl
        ? 'Scan the code with your authenticator app, then type the PIN that it shows.'
        : 'Type the PIN that your authenticator app shows.',
      email: 'The panel has mailed you a PIN. Type it to go on.',
    }[provenBy],
    ...(otpUrl ? { qr: otpUrl } : {}),
    next: pinActions[provenBy].offer({ byToken: false }),
  };
}

async function confirmSwitch(
  client: EnhanceClient,
  provenBy: 'email' | 'otp',
  values: Record<string, string>,
): Promise<ActionResult> {
  const pin = requireField(values, 'pin', 'Type the PIN.').replace(/\s/g, '');
  try {
    await client.verify2FA({ authMethod: provenBy, pin });
  } catch (error) {
    if (!isKind(error, 'refused-prompt')) throw error;
    // OpenAPI 12.21.3, verify2FA: any failure destroys the session; `expired` makes the session be checked.
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
