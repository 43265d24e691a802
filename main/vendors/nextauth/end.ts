import { GatehouseError } from '#contract/failure.ts';
import type { VendorContext } from '../vendor.ts';
import { clientOf } from './prompt.ts';

/** Logs out and looks: `loggedin: false` is the only proof. Throws when the session is still signed in. */
export async function end(
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
