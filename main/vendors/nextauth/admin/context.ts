import { GatehouseError } from '#contract/failure.ts';
import { isAllowed, type Right } from '../../kit/rights.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { directoryOf } from '../session/clients.ts';
import { readSecret } from '../session/secret.ts';

/** The directory of the session's server. */
export const adminContext = (context: VendorContext, secret: Json) => ({
  serverId: readSecret(secret).serverId,
  directory: directoryOf(context),
});
export type AdminContext = ReturnType<typeof adminContext>;

/** Which permissions the key's role has on this server. */
export interface Rights {
  users: boolean;
  accounts: boolean;
}

const permission = (name: keyof Rights): Right<{ rights: Rights }> => ({
  name: `the permission “${name}” on this server`,
  isHeld: ({ rights }) => rights[name],
});
export const usersPermission = permission('users');
export const accountsPermission = permission('accounts');

/** nextAuth does not list permissions, so the smallest page is asked for. */
export async function rightsOf({ directory, serverId }: AdminContext): Promise<Rights> {
  const [users, accounts] = await Promise.all([
    isAllowed(directory.getUsers(serverId, { limit: 1 })),
    isAllowed(directory.getAccounts(serverId, { limit: 1 })),
  ]);
  return { users, accounts };
}

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
