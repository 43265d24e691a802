import type { Action } from '#contract/admin.ts';
import { actionOf } from '../../kit/admin.ts';
import type { Account } from '../models.ts';
import type { MissingRights } from './desk.ts';

export const deviceName = (account: Account) => account.description || `device ${account.id}`;

export const unblockDevice = (account: Account, missing: MissingRights): Action =>
  actionOf(`unblock:${account.id}`, `Unblock ${deviceName(account)}`, {
    effect: 'The device can sign in again at once.',
    ...missing.accounts,
  });

const blockDevice = (account: Account, missing: MissingRights): Action =>
  actionOf(`block:${account.id}`, `Block ${deviceName(account)}`, {
    danger: true,
    confirm: `${deviceName(account)} can’t sign in any more until it is unblocked, and may be signed out where it is. Block it?`,
    ...missing.accounts,
  });

const deleteDevice = (account: Account, missing: MissingRights): Action =>
  actionOf(`delete-device:${account.id}`, `Delete ${deviceName(account)}`, {
    danger: true,
    confirm: `${deviceName(account)} has to be enrolled anew before it can sign in. Delete it?`,
    ...missing.accounts,
  });

/** A push opens a session, so that it belongs to a sign-in: this only says how. */
const howToPush = (account: Account): Action =>
  actionOf(`how-to-push:${account.id}`, 'How to push a login to it');

export function deviceActions(account: Account, missing: MissingRights): Action[] {
  return [
    account.blocked ? unblockDevice(account, missing) : blockDevice(account, missing),
    ...(account.blocked ? [] : [howToPush(account)]),
    deleteDevice(account, missing),
  ];
}

export const deleteUser = (userId: string, missing: MissingRights): Action =>
  actionOf('delete-user', 'Delete this person', {
    danger: true,
    confirm: `${userId} and all devices of this person are removed from this server. It can’t be taken back. Delete?`,
    ...missing.users,
  });
