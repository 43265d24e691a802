import { forbidden, notFound } from './faults.ts';
import type { Caller, Right, User } from './model.ts';
import { userOfPath } from './principals.ts';
import type { Place } from './state.ts';

/** Throws 403 `permissionDenied` when the caller lacks the right. */
export function need(caller: Caller, right: Right): void {
  if (!caller.user.rights.includes(right)) throw forbidden('permissionDenied');
}

/** Brokers see the members they broker, administrators see everyone. */
export function mayReach(caller: Caller, user: User): boolean {
  if (caller.user.id === user.id) return true;
  if (caller.user.role === 'administrator') return true;
  return caller.user.role === 'broker' && user.brokerId === caller.user.id;
}

/** The person of a path: oneself without a right, others with it. Throws 403 and 404. */
export function reachedUser(place: Place, caller: Caller, text: string, right: Right): User {
  const user = userOfPath(place, text, caller.user);
  if (user.id === caller.user.id) return user;
  need(caller, right);
  if (!mayReach(caller, user)) throw notFound('User', text);
  return user;
}
