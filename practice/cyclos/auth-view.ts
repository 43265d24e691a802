import type { Caller, Right, User } from './model.ts';
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

/** Permissions: the part of the tree that a support desk needs; `sessions` is of 4.16. */
export function permissionsView(place: Place, user: User): Record<string, unknown> {
  const may = (right: Right) => user.rights.includes(right);
  return {
    myProfile: { editProfile: true },
    passwords: { manage: true },
    users: { search: may('users.search'), registerAsManager: false },
    ...(place.state.generation === '4.16'
      ? {
          sessions: {
            view: may('sessions.view'),
            disconnect: may('sessions.disconnect'),
            login: may('sessions.login'),
          },
          alerts: { view: may('alerts.view') },
        }
      : {}),
  };
}

export function configuration(place: Place) {
  return { id: numericId(place.state.ids, `configuration ${place.network.path}`), version: 3 };
}

/** Auth of a guest, or of a caller with every flag that is still open. `sessionToken` is added by the login. */
export function authView(place: Place, caller: Caller | null): Record<string, unknown> {
  const language = { id: numericId(place.state.ids, 'language'), version: 1 };
  if (!caller) return { language, global: place.network.path === '', configuration: configuration(place) };
  const { user } = caller;
  const type = passwordType(place.network, place.network.accessPassword);
  const isGlobal = user.group.kind === 'adminGroup' && !place.network.users.includes(user);
  return {
    user: userView(place, user),
    language,
    global: isGlobal || place.network.path === '',
    role: user.role,
    systemAdministrator: place.network.path === '' && user.role === 'administrator',
    aliasOperator: false,
    permissions: permissionsView(place, user),
    ...(caller.client ? { accessClient: { id: caller.client.id, name: caller.client.name } } : {}),
    principalType: principalTypeRef(place, caller.principalType),
    principal: caller.principal,
    passwordType: {
      id: type.id,
      name: type.name,
      internalName: type.internalName,
      mode: type.mode,
      global: false,
    },
    expiredPassword: hasExpired(place, user, place.network.accessPassword),
    pendingAgreements: user.pendingAgreements.length > 0,
    ...secondView(place, caller),
    configuration: configuration(place),
    ...(place.state.generation === '4.16'
      ? {
          trustedSession: caller.session?.trusted ?? false,
          everAcceptedAgreements: user.pendingAgreements.length === 0,
          totpEnabled: user.totp !== null,
          unauthorizedAddress: false,
          allowPin: false,
        }
      : {}),
  };
}

/** The flags of the second step: `loginConfirmation` is there only while it is needed, and only in 4.16. */
function secondView(place: Place, caller: Caller): Record<string, unknown> {
  const { user } = caller;
  const pending = secondIsPending(caller);
  const name = user.second?.passwordType;
  const type = name ? passwordType(place.network, name) : null;
  return {
    ...(type
      ? {
          secondaryPasswordType: {
            id: type.id,
            name: type.name,
            internalName: type.internalName,
            mode: type.mode,
            global: false,
          },
        }
      : {}),
    expiredSecondaryPassword: hasExpired(place, user, name ?? null),
    pendingSecondaryPassword: pending && type !== null,
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
