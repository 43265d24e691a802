import { permissionsView, userView } from './auth-view.ts';
import type { Caller, Right, User } from './model.ts';
import { mayReach } from './rights.ts';
import { liveSessions } from './sessions.ts';
import { type Place, userById } from './state.ts';

const groupRef = ({ group }: User) => ({ id: group.id, name: group.name, internalName: group.internalName });

/** UserResult: a row of the search. */
export function userResult(place: Place, user: User): Record<string, unknown> {
  return {
    ...userView(place, user),
    name: user.name,
    username: user.username,
    email: user.email,
    ...(user.phone ? { phone: user.phone } : {}),
    ...(user.accountNumber ? { accountNumber: user.accountNumber } : {}),
    group: groupRef(user),
    customValues: user.customValues,
  };
}

/** UserView: all about one person that the caller may see, with what the caller may do. */
export function fullView(place: Place, caller: Caller, user: User): Record<string, unknown> {
  const self = user.id === caller.user.id;
  const may = (right: Right) => self || (caller.user.rights.includes(right) && mayReach(caller, user));
  const broker = user.brokerId ? userById(place, user.brokerId) : null;
  return {
    ...userView(place, user),
    name: user.name,
    username: user.username,
    email: user.email,
    group: groupRef(user),
    role: user.role,
    status: user.status,
    registrationDate: new Date(user.registeredAt).toISOString(),
    ...(user.lastLogin ? { lastLogin: new Date(user.lastLogin).toISOString() } : {}),
    online: liveSessions(place).some((session) => session.userId === user.id),
    ...(broker ? { brokers: [{ broker: userView(place, broker), mainBroker: true }] } : {}),
    phones: user.phone
      ? [
          {
            id: user.id,
            name: 'Mobile phone',
            number: user.phone,
            normalizedNumber: user.phone,
            type: 'mobile',
          },
        ]
      : [],
    customValues: Object.entries(user.customValues).map(([internalName, stringValue]) => ({
      field: { internalName },
      stringValue,
    })),
    permissions: {
      passwords: { manage: may('passwords.manage') },
      ...(place.state.generation === '4.16'
        ? {
            session: {
              view: may('sessions.view'),
              login: may('sessions.login'),
              disconnect: may('sessions.disconnect'),
            },
            status: { view: may('users.status'), changeStatus: !self && may('users.status') },
          }
        : {}),
      ...(self ? { myself: permissionsView(place, user) } : {}),
    },
  };
}
