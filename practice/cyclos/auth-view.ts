import type { Caller, PasswordType, Right, User } from './model.ts';
import { passwordInput } from './password-input.ts';
import { principalTypes } from './principals.ts';
import { numericId, type Place, passwordType, userById } from './state.ts';
import { hasExpired, secondIsPending } from './steps.ts';

/** User: how a person appears inside other answers. */
export function userView(place: Place, user: User): Record<string, unknown> {
  const owner = user.ownerId ? userById(place, user.ownerId) : null;
  return {
    id: user.id,
    display: user.name,
    ...(place.state.generation === '4.11' ? { shortDisplay: user.username } : {}),
    ...(owner ? { user: userView(place, owner) } : {}),
  };
}

/** PasswordType. */
export const passwordTypeView = ({ id, name, internalName, mode }: PasswordType) => ({
  id,
  name,
  internalName,
  mode,
  global: false,
});

/** Permissions: the part of the tree that a support desk needs. */
function permissionsView(place: Place, user: User): Record<string, unknown> {
  const may = (right: Right) => user.rights.includes(right);
  const search = may('users.search');
  const access = passwordType(place.network, place.network.accessPassword);
  return {
    myProfile: { editProfile: true },
    passwords: {
      manage: true,
      passwords: [
        {
          type: passwordTypeView(access),
          change: access.mode === 'manual',
          enable: false,
          reset: false,
          unblock: false,
        },
      ],
    },
    ...(place.state.generation === '4.11'
      ? { users: { search, viewProfile: search } }
      : {
          users: { search, viewProfile: search, registerAsAdmin: false, registerAsBroker: false },
          sessions: {
            view: may('sessions.view'),
            disconnect: may('sessions.disconnect'),
            login: may('sessions.login'),
          },
          alerts: { view: may('alerts.view') },
          agreements: { view: true },
          identityProviders: { enabled: place.network.identityProviders.length > 0 },
        }),
  };
}

export function configuration(place: Place) {
  return { id: numericId(place.state.ids, `configuration ${place.network.path}`), version: 3 };
}

/** Auth of a guest, or of a caller with every flag that is still open. */
export function authView(place: Place, caller: Caller | null): Record<string, unknown> {
  const language = { id: numericId(place.state.ids, 'language'), version: 1 };
  if (!caller) return { language, permissions: guestPermissions, configuration: configuration(place) };
  const { user, session } = caller;
  const isGlobal = user.group.kind === 'adminGroup' && !place.network.users.includes(user);
  return {
    user: userView(place, user),
    language,
    global: isGlobal || place.network.path === '',
    role: user.role,
    ...(user.role === 'administrator' ? { systemAdministrator: place.network.path === '' } : {}),
    ...(user.role === 'operator' ? { aliasOperator: false } : {}),
    permissions: permissionsView(place, user),
    ...(caller.client ? { accessClient: { id: caller.client.id, name: caller.client.name } } : {}),
    principalType: principalTypeRef(place, caller.principalType),
    ...(caller.client ? {} : { principal: caller.principal }),
    passwordType: passwordTypeView(passwordType(place.network, place.network.accessPassword)),
    expiredPassword: hasExpired(place, user, place.network.accessPassword),
    pendingAgreements: user.pendingAgreements.length > 0,
    ...secondView(place, caller),
    configuration: configuration(place),
    ...(place.state.generation === '4.11' && caller.sessionToken
      ? { sessionToken: caller.sessionToken }
      : {}),
    ...(place.state.generation === '4.16'
      ? {
          ...(session ? { trustedSession: session.deviceId !== null } : {}),
          everAcceptedAgreements: user.role !== 'operator' && user.agreementLog.some((each) => each.accepted),
          totpEnabled: true,
          allowPin: false,
        }
      : {}),
  };
}

const guestPermissions = { users: { search: false } };

/** The flags of the second step: `loginConfirmation` is there only while it is needed, and only in 4.16. */
function secondView(place: Place, caller: Caller): Record<string, unknown> {
  const pending = secondIsPending(caller);
  const name = caller.user.second?.passwordType;
  return {
    ...(name ? { secondaryPasswordType: passwordTypeView(passwordType(place.network, name)) } : {}),
    expiredSecondaryPassword: hasExpired(place, caller.user, name ?? null),
    pendingSecondaryPassword: pending && (place.state.generation === '4.16' || name !== null),
    ...(place.state.generation === '4.16' && pending && caller.session
      ? { loginConfirmation: passwordInput(place, caller) }
      : {}),
  };
}

/** EntityReference of an identification method. */
export function principalTypeRef(place: Place, name: string): Record<string, unknown> {
  return {
    id: numericId(place.state.ids, `principal type ${name}`),
    name: principalTypes[name]?.name ?? 'Access client',
    internalName: name,
  };
}
