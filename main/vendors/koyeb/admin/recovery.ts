import { z } from 'zod';
import type { RecoveryStep } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { Recovery } from '../../admin.ts';
import { displayTime } from '../../kit/display.ts';
import { isKind } from '../../kit/failures.ts';
import { field, passwordField, requireField, requirePassword } from '../../kit/fields.ts';
import { nullIfFailed } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { koyebClient } from '../api/client.ts';
import type { Token } from '../api/models.ts';
import { endTokens } from '../session/end.ts';
import { secretOf } from '../session/secret.ts';

const state = z.object({ email: z.string() });

const deprecated = 'Koyeb has marked this way as deprecated and may remove it.';

const last = (title: string, explain: string): RecoveryStep => ({
  ...{ id: 'end', title, explain, fields: [], button: 'Close', done: true },
});

async function first(): Promise<{ step: RecoveryStep; state: Json }> {
  const step: RecoveryStep = {
    id: 'who',
    title: 'Who forgot the password?',
    explain: `Koyeb mails the person a link to set a new password. It does not tell whether it knows the address: if nothing arrives, there may be no such account. ${deprecated}`,
    fields: [field('email', 'E-mail', { type: 'email' })],
    button: 'Send the mail',
    done: false,
  };
  return { step, state: { email: '' } };
}

async function next(context: VendorContext, stepId: string, values: Record<string, string>, json: Json) {
  if (stepId === 'who') return request(context, values);
  const parsed = state.safeParse(json);
  if (stepId === 'password' && parsed.success) return setPassword(context, values);
  throw new GatehouseError({ kind: 'invalid', message: 'This recovery is at another step.' });
}

async function request(context: VendorContext, values: Record<string, string>) {
  const email = requireField(values, 'email', 'Type the e-mail address.');
  const client = koyebClient(context.http, null);
  // Only a warning: the recovery itself does not depend on it.
  const method = await nullIfFailed(client.getLoginMethod(email));
  if (method === 'WORKOS') {
    const explain =
      'This person signs in to Koyeb through WorkOS (single sign-on, Google, GitHub or a code), so that there is no password here to recover. They start at Koyeb’s own sign-in page.';
    return { step: last('No password to recover', explain), state: null };
  }
  await client.resetPassword(email);
  const step: RecoveryStep = {
    id: 'password',
    title: 'The link from the mail',
    explain: `If Koyeb knows ${email}, the person now receives a mail with a link. They can follow it by themselves; or have them read out the link, or the id in it, and set the password here.`,
    fields: [
      field('id', 'Id, or the whole link'),
      passwordField('password', 'New password', { help: 'At least 8 characters.' }),
    ],
    button: 'Set the password',
    done: false,
  };
  return { step, state: { email } };
}

/** Koyeb answers with a session of the person; nobody asked for it, so that it is ended at once. */
async function setPassword(context: VendorContext, values: Record<string, string>) {
  const id = idOf(requireField(values, 'id', 'Type the id, or paste the link.'));
  const password = requirePassword(values, 'password');
  const token = await koyebClient(context.http, null)
    .updatePassword(id, password)
    .catch((error: unknown) => {
      if (!isKind(error, 'not-found')) throw error;
      const message = 'Koyeb does not know this id: it is mistyped, used already, or too old.';
      throw new GatehouseError({ ...error.failure, kind: 'invalid', message, fields: { id: message } });
    });
  return { step: last('The new password is set', await endOf(context, token)), state: null };
}

async function endOf(context: VendorContext, token: Token): Promise<string> {
  const done = 'The person can sign in with the new password now.';
  const secret = secretOf(token, null, context.now());
  try {
    await endTokens(context, secret);
    return `${done} Koyeb opened a session on the way, which was ended at once.`;
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    const until = secret.expiresAt ? ` It dies by itself on ${displayTime(secret.expiresAt)}.` : '';
    return `${done} Koyeb opened a session on the way and did not confirm its end: ${error.failure.message}${until}`;
  }
}

/** The id itself, or the last part of the link that holds it. */
function idOf(text: string): string {
  if (!/^https?:/i.test(text)) return text;
  const [path = '', query = ''] = text.split(/[?#]/);
  const named = new URLSearchParams(query);
  return named.get('id') ?? named.get('token') ?? path.split('/').filter(Boolean).at(-1) ?? text;
}

/** Forgotten passwords, for people who sign in with one. */
export const recovery: Recovery = { first, next };
