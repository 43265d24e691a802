import { describe, expect, test } from 'vitest';
import { chosenSession } from '../../../renderer/sessions/chosen-session.ts';
import { endingText, endingTitle } from '../../../renderer/sessions/ending-text.ts';
import { sessionStatus } from '../../../renderer/sessions/session-status.ts';
import { unconfirmed } from '../../../renderer/sessions/unconfirmed.ts';
import type { Session } from '../../../renderer/state/types.ts';
import { minutes, now, session } from '../fixture/sample.ts';

const short = (part: Partial<Session>) => {
  const words = sessionStatus(session('s', 'a', part), undefined, now);
  return [words.tone, words.short];
};

describe('stateWords', () => {
  test('shows the time left where the vendor states it: amber under 30 minutes, red under 5', () => {
    expect(short({ expiresAt: now + minutes(31) })).toEqual(['ok', '31 m']);
    expect(short({ expiresAt: now + minutes(30) - 1 })).toEqual(['wait', '29 m']);
    expect(short({ expiresAt: now + minutes(5) - 1 })).toEqual(['bad', '4 m']);
  });

  test('never invents an expiry: without one it says since when', () => {
    const [tone, words] = short({ expiresAt: null });
    expect(tone).toBe('ok');
    expect(words).toMatch(/^since /);
  });

  test('says why a sign-in failed, what an ending waits for, and nothing for one that is over', () => {
    expect(short({ state: 'failed', failure: { kind: 'locked-out', message: 'x' } })).toEqual([
      'bad',
      'Blocked',
    ]);
    const ending = {
      orderedAt: now,
      attempts: 1,
      nextTryAt: now + 40_000,
      lastFailure: { kind: 'network' as const, message: 'x' },
      tokenValidUntil: null,
    };
    expect(short({ state: 'ending', ending })).toEqual(['wait', 'retry in 40 s']);
    const looks = { ...ending, lastFailure: null };
    expect(short({ state: 'ending', ending: looks })).toEqual(['wait', 'look in 40 s']);
    expect(short({ state: 'ended', endedHow: 'vendor' })).toEqual(['off', '']);
    expect(short({ state: 'ended', endedHow: 'possibly-alive' })).toEqual(['wait', 'May be alive']);
  });
});

describe('endings', () => {
  const ending = {
    orderedAt: now,
    attempts: 4,
    nextTryAt: now + 40_000,
    lastFailure: { kind: 'network' as const, message: 'x' },
    tokenValidUntil: null,
  };
  const owed = session('s', 'a', { state: 'ending', ending });
  const here = session('h', 'a', { state: 'ended', endedHow: 'here', expiresAt: now + minutes(1) });
  const maybe = session('m', 'a', { state: 'ended', endedHow: 'possibly-alive' });
  const over = session('o', 'a', { state: 'ended', endedHow: 'vendor' });

  test('are told apart in words', () => {
    expect(new Set([owed, here, maybe].map(endingTitle)).size).toBe(3);
    expect(endingText(owed, now)).toBe('4 tries so far, next in 40 s. The vendor states no expiry.');
    const looks = { ...owed, ending: { ...ending, attempts: 0, lastFailure: null } };
    expect(endingText(looks, now)).toMatch(/: looking again at \d\d:\d\d\.$/);
    expect(endingText(here, now)).toMatch(/^Its token is valid until /);
    expect(endingText(maybe, now)).toMatch(/nobody can tell/);
  });

  test('are listed until the vendor has confirmed, the next try first', () => {
    const sessions = { m: maybe, o: over, s: owed };
    expect(unconfirmed({ sessions }).map(({ id }) => id)).toEqual(['s', 'm']);
    const lost = session('l', 'a', { state: 'failed', endedHow: 'possibly-alive' });
    expect(unconfirmed({ sessions: { l: lost } })).toEqual([lost]);
    expect(endingTitle(lost)).toBe(endingTitle(maybe));
    expect(short(lost)).toEqual(['wait', 'May be alive']);
  });
});

test('an account page shows the session asked for, else the newest that lives', () => {
  const old = session('old', 'a', { startedAt: 1 });
  const over = session('over', 'a', { startedAt: 9, state: 'ended', endedHow: 'vendor' });
  const other = session('other', 'b', { startedAt: 99 });
  const sessions = { old, over, other };
  expect(chosenSession({ sessions }, 'a', null)?.id).toBe('old');
  expect(chosenSession({ sessions }, 'a', 'over')?.id).toBe('over');
  expect(chosenSession({ sessions }, 'a', 'other')?.id).toBe('old');
});
