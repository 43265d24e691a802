import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SessionState, sessionStates } from '#contract/shapes.ts';
import { mayBeAlive, stateAfter, type Transition } from '../../../main/sessions/states.ts';

const transitions: Transition[] = [
  'ask',
  'activate',
  'fail',
  'expire',
  'order-end',
  'finish-end',
  'settle-lost',
  'settle-expired',
];

describe('session states', () => {
  test('whatever happens, a session that may be alive is only over by failing, expiring or a finished ending', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...transitions), { maxLength: 30 }), (path) => {
        let state: SessionState = 'signing-in';
        for (const transition of path) {
          const next = stateAfter(state, transition);
          if (next === null) continue;
          if (mayBeAlive(state) && !mayBeAlive(next)) {
            expect(['fail', 'expire', 'finish-end', 'settle-lost', 'settle-expired']).toContain(transition);
          }
          if (state === 'active' && next === 'ended') throw new Error('active must not end without an order');
          state = next;
        }
      }),
    );
  });

  test('what is over stays over', () => {
    for (const transition of transitions) {
      expect(stateAfter('ended', transition)).toBeNull();
      expect(stateAfter('failed', transition)).toBeNull();
    }
  });

  test('every state that may be alive can be ordered to end', () => {
    for (const state of sessionStates) {
      if (mayBeAlive(state)) expect(stateAfter(state, 'order-end')).toBe('ending');
    }
  });
});
