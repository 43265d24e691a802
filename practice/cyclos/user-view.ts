import { userView } from './auth-view.ts';
import type { Caller, Right, User } from './model.ts';
import { phonesOf } from './reach.ts';
import { mayReach } from './rights.ts';
import { liveSessions } from './sessions.ts';
import { type Place, userById } from './state.ts';

const groupRef = ({ group }: User) => ({ id: group.id, name: group.name, internalName: group.internalName });

/**
 * UserResult: a row of the search. `display` stands in it only when the profile fields don't, the group only when it is asked
 * for.
 */
export function userResult(
  place: Place,
  user: User,
  wanted: { profileFields: boolean; group: boolean },
): Record<string, unknown> {
  const { display, shortDisplay, ...rest } = userView(place, user);
  return {
    ...rest,
    ...(wanted.profileFields
      ? {
          name: user.name,
          username: user.username,
          email: user.email,
          ...(user.phone ? { phone: user.phone } : {}),
          ...(user.accountNumber ? { accountNumber: user.accountNumber } : {}),
          customValues: user.customValues,
        }
      : { display, ...(shortDisplay ? { shortDisplay } : {}) }),
    ...(wanted.group ? { group: groupRef(user) } : {}),
  };
}

/** UserView: all about one person that the caller may see, with what the caller may do. */
export function fullView(place: Place, caller: Caller, user: User): Record<string, unknown> {
  const self = user.id === caller.user.id;
  const manages = !self && mayReach(caller, user);
  const may = (right: Right) => manages && caller.user.rights.includes(right);
  const broker = user.brokerId ? userById(place, user.brokerId) : null;
  const newer = place.state.generation === '4.16';
  return {
    ...userView(place, user),
    name: user.name,
    username: user.username,
    email: user.email,
    group: groupRef(user),
    role: user.role,
    ...(newer && may('users.status') ? { status: user.status } : {}),
    ...(newer ? { relationship: relationship(caller, user) } : {}),
    ...(manages
      ? {
          registrationDate: new Date(user.registeredAt).toISOString(),
          ...(user.lastLogin ? { lastLogin: new Date(user.lastLogin).toISOString() } : {}),
          online: liveSessions(place).some((session) => session.userId === user.id),
        }
      : {}),
    ...(broker ? { brokers: [{ broker: userView(place, broker), mainBroker: true }] } : {}),
    phones: phonesOf(place, user),
    customValues: Object.entries(user.customValues).map(([internalName, stringValue]) => ({
      field: { internalName },
      stringValue,
    })),
    permissions: {
      profile: { editProfile: self },
      ...(newer
        ? {
            passwords: {
              manage: may('passwords.manage'),
              resetSecurityQuestion: may('passwords.manage'),
              viewTotpSecret: may('devices.manage'),
            },
            session: { disconnect: may('sessions.disconnect') },
            status: { view: may('users.status') },
            agreements: { view: may('users.search') },
            identityProviders: { view: may('devices.manage') },
          }
        : {}),
    },
  };
}

function relationship(caller: Caller, user: User): string {
  if (caller.user.id === user.id) return 'self';
  if (user.ownerId === caller.user.id) return 'owner';
  if (!mayReach(caller, user)) return 'none';
  return caller.user.role === 'broker' ? 'broker' : 'administrator';
}
