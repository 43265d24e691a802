import { forbidden, unauthorized, unavailable } from './faults.ts';
import type { Refusal, User } from './model.ts';
import { countWrongTry, passwordOf, statusOf } from './passwords.ts';
import { findByPrincipal } from './principals.ts';
import type { Place } from './state.ts';

/** Finds the person and checks the access password; throws 401 `login` with what the vendor tells. */
export function checkSignIn(
  place: Place,
  principal: string,
  password: string,
  types: string[],
): { user: User; type: string } {
  const found = findByPrincipal(place, principal, types);
  if (!found) throw unauthorized('login');
  const { user } = found;
  if (user.refusal) throw refusalOf(user.refusal);
  const stored = passwordOf(user, place.network.accessPassword);
  const usable = () => ['active', 'expired', 'reset'].includes(statusOf(stored, place.state.clock.now()));
  if (!usable()) throw unauthorized('login', { userStatus: user.status, passwordStatus: stored.status });
  if (stored.value !== password) {
    countWrongTry(place, user, stored);
    // A wrong password says nothing about the person, unless it was one too many.
    throw unauthorized('login', usable() ? {} : { userStatus: user.status, passwordStatus: stored.status });
  }
  stored.tries = 0;
  if (user.status !== 'active') {
    throw unauthorized('login', { userStatus: user.status, passwordStatus: stored.status });
  }
  return found;
}

function refusalOf(refusal: Refusal) {
  switch (refusal) {
    case 'inaccessibleChannel':
    case 'inaccessibleNetwork':
      return forbidden(refusal);
    case 'emailSending':
      return unavailable({ code: refusal });
    case 'unavailable':
      return unavailable({});
    default:
      return unauthorized(refusal);
  }
}
