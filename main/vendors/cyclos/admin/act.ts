import type { ActionInput, ActionResult } from '../../admin.ts';
import { need, needPassword, splitAction, unknownAction, withFieldNames } from '../../kit/admin.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { type Desk, deskOf, personOf } from './desk.ts';
import { disconnect } from './sessions.ts';
import { mediumWords, userStatusWords } from './words.ts';

/** Does an action on a person, or on a row of a person's tables. */
export async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  const desk = await deskOf(context, secret);
  const user = personOf(input.target);
  if (!user) throw unknownAction('Cyclos');
  const { verb, object } = splitAction(input.action);
  const done = object
    ? await actOnObject(desk, user, verb, object, input.values)
    : await actOnPerson(desk, user, verb, input);
  if (!done) throw unknownAction('Cyclos');
  return { message: done };
}

/** `object` is a password type, or a device. */
async function actOnObject(
  { people, session, admin }: Desk,
  user: string,
  verb: string,
  object: string,
  values: Record<string, string>,
): Promise<string | null> {
  switch (verb) {
    case 'unblock':
      await people.unblockPassword(user, object);
      return 'The password is unblocked.';
    case 'enable':
      await people.enablePassword(user, object);
      return 'The password is enabled.';
    case 'disable':
      await people.disablePassword(user, object);
      return 'The password is disabled.';
    case 'reset-and-send': {
      const medium = need(values, 'medium', 'Choose how to send it.');
      await withFieldNames({ sendMediums: 'medium' }, people.resetAndSendPassword(user, object, [medium]));
      return `A new password was made and sent by ${mediumWords(medium)}.`;
    }
    case 'change-password': {
      const newPassword = needPassword(values, 'password');
      const forceChange = values.forceChange !== 'no';
      const change = session.changePassword({ user, type: object, newPassword, forceChange });
      await withFieldNames(newPasswordNames, change);
      return forceChange
        ? 'The new password is set. They have to change it at the next sign-in.'
        : 'The new password is set.';
    }
    case 'remove-device':
      await admin.deleteDevice(object, values.confirmation ?? '');
      return 'The device is no longer trusted.';
  }
  return null;
}

export const newPasswordNames = { newPassword: 'password', newPasswordConfirmation: 'password' };

async function actOnPerson(
  desk: Desk,
  user: string,
  verb: string,
  { values, target }: ActionInput,
): Promise<string | null> {
  const { people, admin } = desk;
  switch (verb) {
    case 'remove-authenticator':
      await admin.deleteTotpSecret(user, values.confirmation ?? '');
      return 'The authenticator is removed.';
    case 'end-session': {
      const ended = await disconnect(desk, user, target ?? '');
      return ended ? 'The session is disconnected.' : 'Cyclos no longer lists this session: it has ended.';
    }
    case 'end-all-sessions': {
      const count = await people.disconnectUserSessions(user);
      return count === 1 ? '1 session was disconnected.' : `${count} sessions were disconnected.`;
    }
    case 'change-status':
    case 'make-active': {
      const status = verb === 'make-active' ? 'active' : need(values, 'status', 'Choose the new status.');
      await people.changeUserStatus(user, status, values.comment?.trim());
      return `The status is now “${userStatusWords(status)}”.`;
    }
  }
  return null;
}
