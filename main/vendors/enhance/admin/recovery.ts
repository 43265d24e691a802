import { z } from 'zod';
import type { RecoveryStep } from '#contract/admin.ts';
import { GatehouseError, isKind } from '#contract/failure.ts';
import { lookUp } from '#lib/look-up.ts';
import type { Recovery } from '../../admin.ts';
import { field, fieldError, requireField, requirePassword } from '../../kit/fields.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { enhanceClient } from '../api/client.ts';
import { emailField, newPasswordField, requireEmail } from './fields.ts';

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

const stateShape = z.object({ secret: z.string() });

function startStep(context: VendorContext): RecoveryStep {
  const realm = context.realm?.id;
  return {
    id: 'start',
    title: 'Ask the panel for a recovery mail',
    explain:
      'The panel sends a link to the address, if a login with it has registered in the realm. It tells nobody whether there is one.',
    fields: [
      emailField(),
      field('realm', 'Realm id', {
        required: false,
        help: 'Leave empty to let the panel’s address decide.',
        ...(realm ? { initial: realm } : {}),
      }),
    ],
    button: 'Send the mail',
    done: false,
  };
}

const secretStep = (email: string): RecoveryStep => ({
  id: 'secret',
  title: 'The link from the mail',
  explain:
    `The panel said yes, as it does for every address: if ${email} has a login, a mail with a link is on its way. ` +
    'No mail means an unknown address, another realm, or somebody who was invited and has not registered yet: they need a new invitation. ' +
    'They can follow the link themselves, or read it out to you.',
  fields: [
    field('secret', 'Link or secret', {
      secret: true,
      help: 'The whole link, or the id after “secret=”.',
    }),
  ],
  button: 'Check it',
  done: false,
});

const passwordStep = (masked: string | null): RecoveryStep => ({
  id: 'password',
  title: 'A new password',
  explain: masked
    ? `The link is good, and belongs to ${masked}. Ask whether that is their address before you go on.`
    : 'The link is good. The panel does not say whose it is.',
  fields: [newPasswordField],
  button: 'Set the password',
  done: false,
});

const doneStep: RecoveryStep = {
  id: 'done',
  title: 'Done',
  explain:
    'The new password works now, and the link does not any more. A second step, if they have one, is still asked for.',
  fields: [],
  button: 'Close',
  done: true,
};

interface Next {
  step: RecoveryStep;
  state: Json;
}

const steps: Record<
  string,
  (context: VendorContext, values: Record<string, string>, state: Json) => Promise<Next>
> = {
  async start(context, values) {
    const email = requireEmail(values);
    await enhanceClient(context.http).startPasswordRecovery(email, values.realm?.trim() || undefined);
    return { step: secretStep(email), state: null };
  },

  async secret(context, values) {
    const typed = requireField(values, 'secret', 'Paste the link, or type the id after “secret=”.');
    const secret = uuid.exec(typed)?.[0];
    if (!secret)
      throw fieldError(
        'secret',
        'There is no recovery id in this: it looks like 1b4e28ba-2fa1-11d2-883f-0016d3cca427.',
      );
    const masked = await forField('secret', enhanceClient(context.http).validatePasswordRecovery(secret));
    return { step: passwordStep(masked), state: { secret } };
  },

  async password(context, values, state) {
    const client = enhanceClient(context.http);
    const { secret } = stateShape.parse(state);
    const password = requirePassword(values, 'password');
    try {
      await client.finishPasswordRecovery(secret, password);
    } catch (error) {
      if (!isKind(error, 'invalid')) throw error;
      // One 400 stands for both: a link that still holds means that it was the password.
      await client.validatePasswordRecovery(secret);
      throw fieldError(
        'password',
        'The panel did not accept this password. It may be too short or too simple.',
      );
    }
    return { step: doneStep, state: null };
  },
};

async function forField<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isKind(error, 'invalid')) throw error;
    throw new GatehouseError({ ...error.failure, fields: { [name]: error.failure.message } });
  }
}

/** A forgotten password (OpenAPI 12.21.3, startPasswordRecovery and the two after it). */
export const recovery: Recovery = {
  first: async (context) => ({ step: startStep(context), state: null }),
  async next(context, stepId, values, state) {
    const step = lookUp(steps, stepId);
    if (step && (stepId !== 'password' || state !== null)) return step(context, values, state);
    throw new GatehouseError({
      kind: 'cancelled',
      message: 'This recovery is over.',
      advice: 'Start it again.',
    });
  },
};
