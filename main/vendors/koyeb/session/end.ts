import { isKind } from '../../kit/failures.ts';
import type { VendorContext } from '../../vendor.ts';
import { koyebClient } from '../api/client.ts';
import { type KoyebSecret, stillAlive } from './secret.ts';

/**
 * Logs out every token of the session. A 401 is Koyeb's word that it does not know the token; "Token rejected" is not, and throws.
 * A pasted token is left alone: it was not opened here.
 */
export async function endTokens(context: VendorContext, stored: KoyebSecret): Promise<void> {
  if (stored.kind === 'pasted') return;
  for (const { token } of [...stillAlive(stored, context.now()), stored]) {
    await koyebClient(context.http, token)
      .logout()
      .catch((error: unknown) => {
        if (!isKind(error, 'expired')) throw error;
      });
  }
}
