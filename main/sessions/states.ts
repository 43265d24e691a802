import { isOpen } from '#contract/session-states.ts';
import type { SessionState } from '#contract/shapes.ts';

/** Everything that can happen to a session, by name; the ledger writes these words. */
export type Transition =
  | 'ask'
  | 'activate'
  | 'fail'
  | 'expire'
  | 'order-end'
  | 'take-back'
  | 'finish-end'
  | 'settle-lost'
  | 'settle-expired';

const table: Record<Transition, Partial<Record<SessionState, SessionState>>> = {
  /** The vendor wants something from the person first. */
  ask: { 'signing-in': 'waiting', waiting: 'waiting' },
  activate: { 'signing-in': 'active', waiting: 'active', active: 'active' },
  /** Refused, and certain that nothing is left at the vendor. */
  fail: { 'signing-in': 'failed', waiting: 'failed' },
  /** The vendor says that it does not know the session any more, or its token has run out. */
  expire: { active: 'expired' },
  /** A durable order to end it; also for sign-ins that may have left something behind. */
  'order-end': {
    'signing-in': 'ending',
    waiting: 'ending',
    active: 'ending',
    expired: 'ending',
    ending: 'ending',
  },
  /** The order was undone before anything of it was sent; only orders to end what was active are. */
  'take-back': { ending: 'active' },
  'finish-end': { ending: 'ended' },
  /** A lost sign-in, once what it may have left is dealt with, is a failed one. */
  'settle-lost': { ending: 'failed' },
  /** The session had run out by itself, but something of it was still to be ended. */
  'settle-expired': { ending: 'expired' },
};

/** The state after `transition`, or null when it can't happen in `state`. */
export function stateAfter(state: SessionState, transition: Transition): SessionState | null {
  return table[transition][state] ?? null;
}

/** States in which the vendor may hold something for this session. */
export function mayBeAlive(state: SessionState): boolean {
  return isOpen(state) || state === 'ending';
}

/** States from which nothing leads on; such a row may be dismissed. */
export function isTerminal(state: SessionState): boolean {
  return !mayBeAlive(state);
}
