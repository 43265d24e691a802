import type { ActionInput, ActionResult } from '../../admin.ts';
import { createDispatcher, defineAction, unknownAction } from '../../kit/actions.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { Account } from '../api/models.ts';
import {
  type AdminContext,
  accountsPermission,
  adminContext,
  type Rights,
  readTarget,
  usersPermission,
} from './context.ts';

/** A device, and what the session may do. */
interface Device {
  account: Account;
  rights: Rights;
}

export const deviceName = (account: Account) => account.description || `device ${account.id}`;

const object = ({ account }: Device) => String(account.id);
const named = (verb: string) => (device: Device) => `${verb} ${deviceName(device.account)}`;

function accountIdOf(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw unknownAction('nextAuth');
}

/** The server's word counts, whatever was asked for. */
async function setBlocked({ directory, serverId }: AdminContext, device: string, wanted: boolean) {
  const { blocked } = await directory.setBlocked(serverId, accountIdOf(device), wanted);
  return { message: blocked ? 'The device is blocked.' : 'The device is not blocked.' };
}

export const unblockDevice = defineAction({
  id: 'unblock',
  object,
  label: named('Unblock'),
  effect: 'The device can sign in again at once.',
  right: accountsPermission,
  when: ({ account }: Device) => Boolean(account.blocked),
  run: (admin: AdminContext, call) => setBlocked(admin, call.object, false),
});

const blockDevice = defineAction({
  id: 'block',
  object,
  label: named('Block'),
  danger: true,
  confirm: ({ account }: Device) =>
    `${deviceName(account)} can’t sign in any more until it is unblocked, and may be signed out where it is. Block it?`,
  right: accountsPermission,
  when: ({ account }: Device) => !account.blocked,
  run: (admin: AdminContext, call) => setBlocked(admin, call.object, true),
});

/** A push opens a session, so that it belongs to a sign-in: this only says how. */
const howToPush = defineAction({
  id: 'how-to-push',
  object,
  label: 'How to push a login to it',
  when: ({ account }: Device) => !account.blocked,
  async run(_admin: AdminContext, call) {
    accountIdOf(call.object);
    return {
      message:
        'A push signs somebody in, so it starts with a sign-in: sign in with this account, then choose this device, or type the user name, under the QR code.',
    };
  },
});

const deleteDevice = defineAction({
  id: 'delete-device',
  object,
  label: named('Delete'),
  danger: true,
  confirm: ({ account }: Device) =>
    `${deviceName(account)} has to be enrolled anew before it can sign in. Delete it?`,
  right: accountsPermission,
  async run({ directory, serverId }: AdminContext, call) {
    await directory.deleteAccount(serverId, accountIdOf(call.object));
    return { message: 'The device is deleted. It has to be enrolled anew.' };
  },
});

export const deviceActions = [unblockDevice, blockDevice, howToPush, deleteDevice];

export const deleteUser = defineAction({
  id: 'delete-user',
  label: 'Delete this person',
  danger: true,
  confirm: ({ userId }: { userId: string; rights: Rights }) =>
    `${userId} and all devices of this person are removed from this server. It can’t be taken back. Delete?`,
  right: usersPermission,
  async run({ directory, serverId }: AdminContext, call) {
    const target = readTarget(call.target);
    if (!('userId' in target)) throw unknownAction('nextAuth');
    await directory.deleteUser(serverId, target.userId);
    return { message: 'The person and their devices are removed from this server.' };
  },
});

const dispatch = createDispatcher('nextAuth', [...deviceActions, deleteUser]);

/** Does an action on a person or on a device. */
export async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  return dispatch(adminContext(context, secret), input);
}
