import type { ActionInput, ActionResult } from '../../admin.ts';
import { createDispatcher, defineAction, unknownAction } from '../../kit/actions.ts';
import { field, requireField } from '../../kit/fields.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { Account } from '../api/models.ts';
import {
  type AdminContext,
  accountsPermission,
  adminContext,
  type Rights,
  readTarget,
  userRowId,
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

const moveDevice = defineAction({
  id: 'move-device',
  object,
  label: named('Move'),
  fields: [
    field('userId', 'To the user name', {
      help: 'Exactly as nextAuth spells it; a name that it does not know becomes a new person.',
    }),
  ],
  effect: ({ account }: Device) =>
    `${deviceName(account)} signs in as that person from then on, and no longer as ${account.userid || 'nobody'}.`,
  right: accountsPermission,
  async run({ directory, serverId }: AdminContext, call) {
    const wanted = requireField(call.values, 'userId', 'Type whom the device is for.');
    const { userid } = await directory.updateAccountUser(serverId, accountIdOf(call.object), wanted);
    const now = userid || wanted;
    return { message: `The device belongs to ${now} now.`, personId: userRowId(now) };
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

export const deviceActions = [unblockDevice, blockDevice, howToPush, moveDevice, deleteDevice];

/** A person, their devices, and what the session may do. */
interface Person {
  userId: string;
  devices: number;
  rights: Rights;
}

const userIdOf = (target: string | null) => {
  const found = readTarget(target);
  if ('userId' in found) return found.userId;
  throw unknownAction('nextAuth');
};

/** An enrolment opens a session, as a push does: this only says how. */
const howToEnrol = defineAction({
  id: 'how-to-enrol',
  label: 'How to enrol a phone for them',
  async run(_admin: AdminContext, call) {
    const userId = userIdOf(call.target);
    return {
      message: `A new phone is signed in when it is enrolled, so it starts as a sign-in: in this account’s menu choose “Enrol a new phone”, and type ${userId}.`,
    };
  },
});

const deleteDevices = defineAction({
  id: 'delete-devices',
  label: 'Delete all devices',
  danger: true,
  confirm: ({ userId, devices }: Person) =>
    `${userId} stays, and can’t sign in before a phone is enrolled anew. ${devices === 1 ? 'Delete the one device' : `Delete all ${devices} devices`}?`,
  right: {
    name: 'the permission “accounts” or “users” on this server',
    isHeld: ({ rights }: Person) => rights.accounts || rights.users,
  },
  when: ({ devices }: Person) => devices > 0,
  async run({ directory, serverId }: AdminContext, call) {
    await directory.deleteUserAccounts(serverId, userIdOf(call.target));
    return { message: 'Every device of this person is deleted.' };
  },
});

const deleteUser = defineAction({
  id: 'delete-user',
  label: 'Delete this person',
  danger: true,
  confirm: ({ userId }: Person) =>
    `${userId} and all devices of this person are removed from this server. It can’t be taken back. Delete?`,
  right: usersPermission,
  async run({ directory, serverId }: AdminContext, call) {
    await directory.deleteUser(serverId, userIdOf(call.target));
    return { message: 'The person and their devices are removed from this server.' };
  },
});

export const personActions = [howToEnrol, deleteDevices, deleteUser];

const dispatch = createDispatcher('nextAuth', [...deviceActions, ...personActions]);

/** Does an action on a person or on a device. */
export async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  return dispatch(adminContext(context, secret), input);
}
