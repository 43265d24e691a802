import type { ActionInput, ActionResult } from '../../admin.ts';
import { splitAction, unknownAction } from '../../kit/admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { deskOf, readTarget } from './desk.ts';

/** Does an action on a person or on a device; the action's id names the device. */
export async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  const { directory, serverId } = deskOf(context, secret);
  const { verb, object } = splitAction(input.action);
  if (verb === 'delete-user') {
    const target = readTarget(input.target);
    if (!('userId' in target)) throw unknownAction('nextAuth');
    await directory.deleteUser(serverId, target.userId);
    return { message: 'The person and their devices are removed from this server.' };
  }
  if (!/^\d{1,15}$/.test(object)) throw unknownAction('nextAuth');
  const accountId = Number(object);
  switch (verb) {
    case 'block':
    case 'unblock': {
      // The server's word counts, whatever was asked for.
      const { blocked } = await directory.setBlocked(serverId, accountId, verb === 'block');
      return { message: blocked ? 'The device is blocked.' : 'The device is not blocked.' };
    }
    case 'delete-device':
      await directory.deleteAccount(serverId, accountId);
      return { message: 'The device is deleted. It has to be enrolled anew.' };
    case 'how-to-push':
      return {
        message:
          'A push signs somebody in, so it starts with a sign-in: sign in with this account, then choose this device, or type the user name, under the QR code.',
      };
  }
  throw unknownAction('nextAuth');
}
