import type { VendorContext } from '../../vendor.ts';
import { nextauthDirectory } from '../api/directory.ts';
import { nextauthSession } from '../api/sessions.ts';

function keysOf(context: VendorContext) {
  const { apiKey = '', roleId = '' } = context.values;
  return { apiKey: apiKey.trim(), ...(roleId.trim() ? { roleId: roleId.trim() } : {}) };
}

/** One session of the account's key; it sends nothing more once `signal` has aborted. */
export const clientOf = (
  context: VendorContext,
  { nonce, serverId }: { nonce: string; serverId: string },
  signal?: AbortSignal,
) => nextauthSession(context.http, keysOf(context), serverId, nonce, signal);

/** What the account's key may see of servers, people and devices. */
export const directoryOf = (context: VendorContext) => nextauthDirectory(context.http, keysOf(context));
