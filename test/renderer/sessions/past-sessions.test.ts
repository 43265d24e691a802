import { expect, test } from 'vitest';
import type { LedgerRow } from '#contract/shapes.ts';
import { lastAsked, pastSessions } from '../../../renderer/sessions/past-sessions.ts';

/** Rows as the ledger gives them, the newest first; `told` is oldest first: [session, event, detail]. */
function rows(...told: [string | null, string, string?][]): LedgerRow[] {
  return told
    .map(([sessionId, event, detail], index) => ({
      seq: index + 1,
      at: (index + 1) * 1000,
      actor: 'window',
      event,
      accountId: 'a',
      accountLabel: 'Ada',
      vendor: 'panel',
      sessionId,
      realmName: sessionId === 's1' && index > 0 ? 'North' : null,
      detail: detail ?? null,
      ...{ signedInAs: null, osUser: null, machine: null, subjectId: null, subjectName: null },
      hash: '',
    }))
    .reverse();
}

test('each session is told once, with how it was signed in, how long, and how it ended', () => {
  const told = rows(
    [null, 'account-added'],
    ['s1', 'prompted', 'code'],
    ['s1', 'opened', 'e-mail PIN'],
    ['s2', 'failed', 'The panel did not answer.'],
    ['s1', 'ended', 'a session of this login that was opened elsewhere'],
    ['s1', 'handed-over'],
    ['s3', 'opened', 'password'],
    ['s1', 'ending-ordered'],
    ['s1', 'confirmed'],
    ['s3', 'copied'],
  );
  expect(pastSessions(told, 'a')).toEqual([
    { id: 's3', beganAt: 7000, overAt: null, realm: null, method: 'password', how: 'Open', tone: 'ok' },
    {
      id: 's2',
      beganAt: 4000,
      overAt: 4000,
      realm: null,
      method: null,
      how: 'Failed: The panel did not answer.',
      tone: 'bad',
    },
    {
      id: 's1',
      beganAt: 2000,
      overAt: 9000,
      realm: 'North',
      method: 'e-mail PIN',
      how: 'Ended, confirmed by the vendor',
      tone: 'off',
    },
  ]);
  expect(lastAsked(told, 'a')).toBe('code');
});

test('a row of another account that only names this one is none of its sessions', () => {
  const other = rows(['s9', 'prompted', 'code'], ['s9', 'opened', 'a']).map((row) => ({
    ...row,
    accountId: 'b',
  }));
  expect(pastSessions(other, 'a')).toEqual([]);
  expect(lastAsked(other, 'a')).toBeNull();
});
