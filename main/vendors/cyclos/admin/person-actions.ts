import { defineAction } from '../../kit/actions.ts';
import { field, requireField } from '../../kit/fields.ts';
import type { Right } from '../../kit/rights.ts';
import type { Device, PasswordsData, SessionResult, UserStatus, UserView } from '../api/models.ts';
import { idOf, sessionsOf } from '../session/remote.ts';
import { removeAuthenticator } from './authenticator-actions.ts';
import { confirmation } from './confirmation.ts';
import type { PersonContext } from './context.ts';
import { resetSecurityAnswer } from './security-answer.ts';
import { userStatusOption, userStatusWords } from './words.ts';

/** Whose sessions they are; everybody may end their own. */
interface SessionsOf {
  view: UserView | null;
  isOwn: boolean;
}

const disconnectRight: Right<SessionsOf> = {
  name: 'the right to disconnect sessions',
  isHeld: ({ view, isOwn }) => isOwn || view?.permissions?.session?.disconnect !== false,
};

/** A row's id: the person and a digest, for Cyclos names a session by its live token. */
export const sessionRowId = (user: string, session: SessionResult) => `${user}/${idOf(session)}`;

export const endSession = defineAction({
  id: 'end-session',
  label: 'Disconnect',
  effect: ({ isOwn }: SessionsOf) => (isOwn ? '' : 'They are signed out there at once.'),
  right: disconnectRight,
  async run({ client, user }: PersonContext, { target }) {
    const session = (await sessionsOf(client, user)).find((one) => sessionRowId(user, one) === target);
    if (!session) return { message: 'Cyclos no longer lists this session: it has ended.' };
    await client.sessions.disconnectSession(session.sessionToken);
    return { message: 'The session is disconnected.' };
  },
});

export const endAllSessions = defineAction({
  id: 'end-all-sessions',
  label: 'Disconnect all sessions',
  danger: true,
  confirm: 'They are signed out everywhere, apps included. Disconnect all?',
  right: disconnectRight,
  async run({ client, user }: PersonContext) {
    const count = await client.sessions.disconnectUserSessions(user);
    return {
      message: count === 1 ? '1 session was disconnected.' : `${count} sessions were disconnected.`,
    };
  },
});

interface StatusOf {
  /** Null when the session may not see it. */
  status: UserStatus | null;
}

const changeStatusRight: Right<StatusOf> = {
  name: 'the right to change the status of people',
  isHeld: ({ status }) => status?.possibleNewStatuses !== undefined,
};

const comment = field('comment', 'Comment', {
  type: 'multiline',
  required: false,
  help: 'Kept in the status history.',
});

async function setStatus({ client, user }: PersonContext, status: string, reason: string | undefined) {
  await client.users.changeUserStatus(user, status, reason?.trim());
  return { message: `The status is now “${userStatusWords(status)}”.` };
}

export const changeStatus = defineAction({
  id: 'change-status',
  label: 'Change the status',
  danger: true,
  fields: (of: StatusOf) => {
    const options = (of.status?.possibleNewStatuses ?? []).map(userStatusOption);
    return changeStatusRight.isHeld(of)
      ? [field('status', 'New status', { type: 'select', options }), comment]
      : [];
  },
  effect: 'With every status but “active” they can’t sign in. “Removed” and “purged” can’t be taken back.',
  right: changeStatusRight,
  when: ({ status }: StatusOf) => status?.possibleNewStatuses?.length !== 0,
  run: (context: PersonContext, { values }) =>
    setStatus(context, requireField(values, 'status', 'Choose the new status.'), values.comment),
});

export const makeActive = defineAction({
  id: 'make-active',
  label: 'Make active',
  fields: [comment],
  effect: 'They can sign in again, if their password is good.',
  right: changeStatusRight,
  run: (context: PersonContext, { values }) => setStatus(context, 'active', values.comment),
});

export const removeDevice = defineAction({
  id: 'remove-device',
  object: ({ device }: { device: Device; caller: PasswordsData | null }) => device.id ?? '',
  label: 'Remove',
  danger: true,
  fields: confirmation,
  effect: 'The device is no longer trusted and has to be activated again.',
  when: ({ device }: { device: Device }) => Boolean(device.id),
  async run({ client }: PersonContext, { object, values }) {
    await client.users.deleteDevice(object, values.confirmation ?? '');
    return { message: 'The device is no longer trusted.' };
  },
});

/** What the page of a person offers below its tables. */
export const personActions = [endAllSessions, changeStatus, resetSecurityAnswer, removeAuthenticator];
