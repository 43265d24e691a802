import type { Caller, Network, PasswordStatus, PasswordType, User } from './model.ts';
import { passwordOf, statusOf } from './passwords.ts';
import type { Place } from './state.ts';

/** Whether one's own password has to be given to change it: it was ever set, and is not expired or reset. */
export const requiresOld = (user: User, caller: Caller, status: PasswordStatus) =>
  user.id === caller.user.id && !['neverCreated', 'pending', 'expired', 'reset'].includes(status);

/** Whether its owner may have the server make it now. */
export const mayGenerate = (type: PasswordType, status: PasswordStatus) =>
  type.mode === 'generated' &&
  (['pending', 'expired', 'reset'].includes(status) || (status === 'neverCreated' && !type.needsPermission));

/** A manual password can be reset and sent; a generated one only when it is the access password. */
export const maySend = (network: Network, type: PasswordType) =>
  type.mode === 'manual' || (type.mode === 'generated' && type.internalName === network.accessPassword);

/** PasswordActions: what the caller may do now. */
export function passwordActions({ state, network }: Place, caller: Caller, user: User, type: PasswordType) {
  const status = statusOf(passwordOf(user, type.internalName), state.clock.now());
  const self = user.id === caller.user.id;
  const generated = type.mode === 'generated';
  const blocked = status === 'temporarilyBlocked' || status === 'indefinitelyBlocked';
  return {
    change: type.mode === 'manual',
    changeGenerated: self && generated && status === 'active',
    generate: self && mayGenerate(type, status),
    allowGeneration: !self && generated && type.needsPermission && status === 'neverCreated',
    disable: status !== 'disabled',
    enable: !self && status === 'disabled',
    resetGenerated: !self && generated && status !== 'neverCreated' && status !== 'pending',
    resetAndSend: !self && maySend(network, type),
    unblock: !self && blocked,
  };
}
