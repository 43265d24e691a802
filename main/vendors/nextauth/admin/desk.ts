import { GatehouseError } from '#contract/failure.ts';
import { rightMissingFor } from '../../kit/admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { nextauthDirectory } from '../directory.ts';
import { keysOf } from '../prompt.ts';
import { readSecret } from '../secret.ts';

/** The directory of the session's server. */
export function deskOf(context: VendorContext, secret: Json) {
  return {
    serverId: readSecret(secret).serverId,
    directory: nextauthDirectory(context.http, keysOf(context)),
  };
}
export type Desk = ReturnType<typeof deskOf>;

/** The permissions that the key's role lacks on this server: nextAuth does not list them, so the smallest page is asked for. */
export async function missingRights({ directory, serverId }: Desk) {
  const [users, accounts] = await Promise.all([
    rightMissingFor(directory.getUsers(serverId, { limit: 1 })),
    rightMissingFor(directory.getAccounts(serverId, { limit: 1 })),
  ]);
  const named = (right: string, missing: string | undefined) =>
    missing === undefined ? {} : { missingRight: `the permission “${right}” on this server` };
  return { users: named('users', users), accounts: named('accounts', accounts) };
}
export type MissingRights = Awaited<ReturnType<typeof missingRights>>;

/** A row of the people or of the devices; a person may have a device's number for a name. */
export const userRowId = (userId: string) => `user:${userId}`;
export const deviceRowId = (accountId: number) => `device:${accountId}`;

export type Target = { userId: string } | { accountId: number };

export function readTarget(text: string | null): Target {
  if (text?.startsWith('user:')) return { userId: text.slice('user:'.length) };
  const accountId = /^device:(\d{1,15})$/.exec(text ?? '')?.[1];
  if (accountId) return { accountId: Number(accountId) };
  throw new GatehouseError({ kind: 'not-found', message: 'This is no person or device of nextAuth.' });
}
