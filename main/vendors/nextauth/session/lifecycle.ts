import { GatehouseError } from '#contract/failure.ts';
import type { Check, Json, StraySearchResult, VendorContext } from '../../vendor.ts';
import { clientOf } from './clients.ts';
import { readSecret } from './secret.ts';

export async function check(context: VendorContext, secret: Json): Promise<Check> {
  const status = await clientOf(context, readSecret(secret)).getSession();
  if (status.loggedin) return { alive: true, ...(status.userid ? { person: status.userid } : {}) };
  return {
    alive: false,
    reason:
      'nextAuth no longer shows this session as signed in: it was ended, or the phone stopped answering.',
  };
}

/** Logs out and looks: `loggedin: false` is the only proof. Throws when the session is still signed in. */
export async function endSession(
  context: VendorContext,
  session: { nonce: string; serverId: string },
): Promise<void> {
  const client = clientOf(context, session);
  await client.logout();
  const status = await client.getSession();
  if (!status.loggedin) return;
  throw new GatehouseError({
    kind: 'unexpected-answer',
    message: 'nextAuth took the sign-out but still shows the session as signed in.',
    advice: 'It will be tried again.',
  });
}

/** A nonce that was never shown as a code can't have been approved; one that was is written down, and `abandon` ends it. */
export async function endStray(): Promise<StraySearchResult> {
  return { conclusive: true, ended: false };
}
