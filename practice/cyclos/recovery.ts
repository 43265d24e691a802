import type { Medium, Recovery, User } from './model.ts';
import { findByPrincipal, principalTypes } from './principals.ts';
import { masked, refuseBrokenGateway, write } from './reach.ts';
import type { Place } from './state.ts';

const VALID = 60 * 60_000;
const MAX_WRONG_CODES = 5;

/**
 * Sends a key (4.11) or a code (4.16). Answers what 4.16 tells, which is the same for people who don't exist, as
 * far as the server can pretend it.
 */
export function startRecovery(place: Place, user: User | null, typed: string, wanted: Medium | null) {
  const { state, network } = place;
  const offered = network.forgotPasswordMediums;
  const medium = wanted && offered.includes(wanted) ? wanted : offered[0]!;
  const to = medium === 'email' ? user?.email : user?.phone;
  if (!user || !to || user.status !== 'active') {
    return { sendMedium: medium, sentTo: looksLike(medium, typed) ? [typed] : [] };
  }
  refuseBrokenGateway(medium, to);
  const secret =
    state.generation === '4.11' ? state.ids.nextToken('cyclos recovery', 32) : state.ids.nextPin(6);
  state.recoveries = state.recoveries.filter((each) => each.userId !== user.id);
  state.recoveries.push({
    secret,
    userId: user.id,
    network: network.path,
    medium,
    validUntil: state.clock.now() + VALID,
    tries: 0,
  });
  write(place, medium, to, {
    subject: 'Your password',
    text: `Set a new password for ${network.name} with ${secret}.`,
    code: secret,
  });
  const known = to.toLowerCase() === typed.trim().toLowerCase();
  return { sendMedium: medium, sentTo: [known ? to : masked(medium, to)] };
}

/** The recovery that a key, or a user and a code, open; null when none does. Five wrong codes end it. */
export function recoveryOf(
  place: Place,
  given: { key?: string | undefined; user?: string | undefined; code?: string | undefined },
): Recovery | null {
  const { state, network } = place;
  const now = state.clock.now();
  const alive = state.recoveries.filter((each) => each.network === network.path && each.validUntil > now);
  if (given.key) return alive.find((each) => each.secret === given.key) ?? null;
  if (!given.user || !given.code) return null;
  const user = findByPrincipal(place, given.user, Object.keys(principalTypes))?.user;
  const recovery = alive.find((each) => each.userId === user?.id) ?? null;
  if (!recovery || recovery.secret === given.code) return recovery;
  recovery.tries += 1;
  if (recovery.tries >= MAX_WRONG_CODES) endRecovery(place, recovery);
  return null;
}

export function endRecovery({ state }: Place, recovery: Recovery): void {
  state.recoveries = state.recoveries.filter((each) => each !== recovery);
}

/** Makes a password, sends it and answers it. */
export function sendGenerated(place: Place, user: User, mediums: Medium[] = ['email']): string {
  const to = (medium: Medium) => (medium === 'email' ? user.email : (user.phone ?? ''));
  // Nothing is sent when one of the ways is down.
  for (const medium of mediums) refuseBrokenGateway(medium, to(medium));
  const code = place.state.ids.nextToken('cyclos password', 10);
  for (const medium of mediums)
    write(place, medium, to(medium), {
      subject: 'Your new password',
      text: `Your new password is ${code}`,
      code,
    });
  return code;
}

function looksLike(medium: Medium, typed: string): boolean {
  return medium === 'email' ? typed.includes('@') : /^\+?\d+$/.test(typed);
}
