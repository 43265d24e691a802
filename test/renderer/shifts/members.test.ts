import { describe, expect, test } from 'vitest';
import { realmChoices } from '../../../renderer/sessions/realm-choices.ts';
import { liveSessions, sessionOf, tally } from '../../../renderer/shifts/members.ts';
import { memberships, now, session } from '../fixture/sample.ts';

const eu = { id: 'eu', name: 'EU' };
const us = { id: 'us', name: 'US' };
const app = (...list: ReturnType<typeof session>[]) => ({
  sessions: Object.fromEntries(list.map((one) => [one.id, one])),
});

describe('members of a shift', () => {
  const inEu = session('1', 'a', { realm: eu });
  const inUs = session('2', 'a', { realm: us, state: 'failed' });
  const asked = session('3', 'b', { state: 'waiting' });
  const ended = session('4', 'c', { state: 'ended', endedHow: 'vendor' });

  test('are their sessions in their own realm; without one any realm counts', () => {
    const all = [inEu, inUs];
    expect(sessionOf(all, { accountId: 'a', realm: us })?.id).toBe('2');
    expect(sessionOf(all, { accountId: 'a', realm: null })?.id).toBe('1');
    expect(sessionOf([ended], { accountId: 'c', realm: null })).toBeUndefined();
  });

  test('are counted by what they are', () => {
    const members = [
      { accountId: 'a', realm: eu },
      { accountId: 'a', realm: us },
      { accountId: 'b', realm: null },
      { accountId: 'c', realm: null },
    ];
    expect(tally(app(inEu, inUs, asked, ended), members)).toEqual({
      active: 1,
      failed: 1,
      waiting: 1,
      out: 1,
      all: 4,
    });
  });

  test('end only what is alive, and only in the shift’s realm', () => {
    const state = app(inEu, session('5', 'a', { realm: us }), asked, ended);
    expect(
      liveSessions(state, [
        { accountId: 'a', realm: eu },
        { accountId: 'b', realm: null },
        { accountId: 'c', realm: null },
      ]),
    ).toEqual(['1', '3']);
  });
});

describe('realms to switch to', () => {
  const used = [
    { id: 'nw', name: 'Northwind Hosting', pinned: true, usedAt: now },
    { id: 'old', name: 'Bergen', pinned: false, usedAt: now - 1 },
    { id: 'fjord', name: 'Fjord Web', pinned: false, usedAt: now - 2 },
  ];

  test('are each there once: pinned, recent, the rest', () => {
    const groups = realmChoices(memberships, used, 'eu', '');
    expect(groups.map(({ title, choices }) => [title, choices.map(({ realm }) => realm.id)])).toEqual([
      ['Pinned', ['nw']],
      ['Recent', ['old', 'fjord']],
      ['Others', ['eu']],
    ]);
    expect(groups[2]?.choices[0]?.here).toBe(true);
  });

  test('are narrowed by name and role', () => {
    expect(realmChoices(memberships, used, null, 'siteaccess').flatMap(({ choices }) => choices).length).toBe(
      1,
    );
    expect(realmChoices(memberships, [], null, 'nothing')).toEqual([]);
  });
});
