import { GatehouseError, isKind } from '#contract/failure.ts';
import type { ActionResult } from '../../admin.ts';
import { defineAction } from '../../kit/actions.ts';
import { field, fieldError, requireField } from '../../kit/fields.ts';
import type { Right } from '../../kit/rights.ts';
import type { TotpSecret } from '../api/models.ts';
import { type Confirmed, confirmation } from './confirmation.ts';
import type { PersonContext } from './context.ts';

interface AuthenticatorOf extends Confirmed {
  /** Not told to everybody. */
  totp: TotpSecret | undefined;
}

export const removeAuthenticator = defineAction({
  id: 'remove-authenticator',
  label: 'Remove the authenticator',
  danger: true,
  fields: confirmation,
  effect: 'Codes of the authenticator app stop working; it can be set up anew.',
  when: ({ totp }: AuthenticatorOf) => totp?.canRemove ?? totp?.status === 'active',
  async run({ client, user }: PersonContext, { values }) {
    await client.users.deleteTotpSecret(user, values.confirmation ?? '');
    return { message: 'The authenticator is removed.' };
  },
});

/** Where Cyclos can send the code before an authenticator is set up; the values are its media, SMS with the phone's id. */
function whereTo(totp: TotpSecret | undefined) {
  const { mediums = [], email, phones = [] } = totp?.sendVerificationCodeData ?? {};
  return mediums.flatMap((medium) => {
    if (medium === 'email') return [{ value: medium, label: email ? `E-mail to ${email}` : 'E-mail' }];
    if (medium !== 'sms') return [];
    return phones.flatMap(({ id, number, normalizedNumber, name }) =>
      id ? [{ value: `sms:${id}`, label: `SMS to ${number ?? normalizedNumber ?? name ?? id}` }] : [],
    );
  });
}

const reachable: Right<AuthenticatorOf> = {
  name: 'an e-mail address or a mobile phone that a code can be sent to',
  isHeld: ({ totp }) => whereTo(totp).length > 0,
};

const setUp = defineAction({
  id: 'set-up-authenticator',
  label: 'Set up an authenticator',
  fields: ({ totp }: AuthenticatorOf) => {
    const options = whereTo(totp);
    const [first] = options;
    return first ? [field('to', 'Send a code by', { type: 'select', options, initial: first.value })] : [];
  },
  effect: 'You type the code, scan a QR code with the app, and type what the app shows.',
  right: reachable,
  when: ({ totp }: AuthenticatorOf) => totp?.canActivate === true,
  async run({ client }: PersonContext, { values }) {
    const [medium, mobilePhone] = requireField(values, 'to', 'Choose where to send it.').split(/:(.*)/s);
    const { sentTo } = await client.users.sendTotpActivationCode(
      medium === 'sms' && mobilePhone ? { medium, mobilePhone } : { medium: 'email' },
    );
    return {
      message: `Cyclos has sent you a code${sentTo ? ` (${sentTo})` : ''}. Type it to go on.`,
      next: verify.offer(null),
    };
  },
});

/** Goes on where a set-up was left after the code: Cyclos shows the same secret again. */
const goOn = defineAction({
  id: 'finish-authenticator',
  label: 'Finish the authenticator',
  effect: 'You scan the same QR code again, and type what the app shows.',
  when: ({ totp }: AuthenticatorOf) => totp?.status === 'pending' && totp.secretUrl !== undefined,
  run: async ({ client }: PersonContext) => scan((await client.users.viewTotpSecret('self')).secretUrl),
});

const verify = defineAction({
  id: 'verify-authenticator',
  label: 'Enter the code',
  fields: [field('code', 'Code', { help: 'From the message that Cyclos has just sent you.' })],
  async run({ client }: PersonContext, { values }) {
    const code = requireField(values, 'code', 'Type the code.').replace(/\s/g, '');
    return scan(await atCode(client.users.verifyTotpActivationCode(code)));
  },
});

const activate = defineAction({
  id: 'activate-authenticator',
  label: 'Turn on the authenticator',
  fields: [field('code', 'Code of the app', { help: 'What the app shows for Cyclos now.' })],
  effect: 'Too many wrong codes block you in Cyclos.',
  async run({ client }: PersonContext, { values }) {
    const code = requireField(values, 'code', 'Type the code.').replace(/\s/g, '');
    await atCode(client.users.activateTotp(code));
    return {
      message:
        'The authenticator is on. Store its secret in the account form too, if Gatehouse is to type its codes.',
    };
  },
});

/** The secret as a QR code, and what completes it. */
function scan(secretUrl: string | undefined): ActionResult {
  const qr = secretUrl?.trim() ?? '';
  if (!/^otpauth:\/\/totp\//i.test(qr))
    throw new GatehouseError({
      kind: 'unexpected-answer',
      message: 'Cyclos sent no secret that an authenticator app could scan.',
      advice: 'Set it up in Cyclos’s own pages.',
    });
  return {
    message: 'Scan this with the authenticator app, then type the code that it shows.',
    qr,
    next: activate.offer(null),
  };
}

/** A code that Cyclos does not take is said at its field. */
async function atCode<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isKind(error, 'invalid')) throw fieldError('code', error.failure.message);
    throw error;
  }
}

/** How one sets up an authenticator: what is offered first, and what follows it. */
export const authenticatorActions = [setUp, goOn];
export const authenticatorSteps = [verify, activate];
