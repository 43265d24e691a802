import { forbidden } from './faults.ts';
import type { Caller, User } from './model.ts';
import { passwordInput } from './password-input.ts';
import { passwordFault, passwordOf, statusOf } from './passwords.ts';
import { type Place, passwordType, userById } from './state.ts';

/** What stands between the password and a session that can do something, in the vendor's order. */
export type Step = 'agreements' | 'password' | 'second';

const order: Step[] = ['agreements', 'password', 'second'];

/** Whether a person has to change the access password (or the secondary one): it has expired or was reset. */
export function hasExpired(place: Place, user: User, type: string | null): boolean {
  return (
    type !== null && ['expired', 'reset'].includes(statusOf(passwordOf(user, type), place.state.clock.now()))
  );
}

/** Whether the second factor of this call is still to be given; a stateless call can't give it. */
export function secondIsPending(caller: Caller): boolean {
  if (caller.client || !caller.user.second) return false;
  return caller.session ? caller.session.secondPending : true;
}

/** The steps that are open for this caller, first one first. */
function openSteps(place: Place, caller: Caller): Step[] {
  const { user } = caller;
  const open: Record<Step, boolean> = {
    agreements: user.pendingAgreements.length > 0,
    password:
      hasExpired(place, user, place.network.accessPassword) ||
      hasExpired(place, user, user.second?.passwordType ?? null),
    second: secondIsPending(caller),
  };
  return order.filter((step) => open[step]);
}

/** Throws the 403 of the first open step that comes before `wanted` (null: any open step refuses). */
export function refuseUntilStep(place: Place, caller: Caller, wanted: Step | null): void {
  const { user } = caller;
  const owner = user.ownerId ? userById(place, user.ownerId) : null;
  if (owner && owner.pendingAgreements.length > 0) throw forbidden('operatorWithPendingAgreements');
  const first = openSteps(place, caller)[0];
  if (!first || (wanted && order.indexOf(first) >= order.indexOf(wanted))) return;
  if (first === 'agreements') throw forbidden('pendingAgreements');
  if (first === 'password') throw expiredFault(place, user);
  if (place.state.generation === '4.11') throw forbidden('illegalAction');
  throw forbidden('loginConfirmation', { loginConfirmation: passwordInput(place, caller) });
}

function expiredFault(place: Place, user: User) {
  const { network } = place;
  const second = user.second?.passwordType;
  const expired = second && hasExpired(place, user, second) ? second : network.accessPassword;
  if (passwordOf(user, expired).status === 'reset') return forbidden('resetPassword');
  return passwordFault(passwordType(network, expired), 'expiredPassword');
}
