import { describe, expect, test } from 'vitest';
import { findEntries } from '../../../renderer/palette/find-entries.ts';
import { paletteEntries } from '../../../renderer/palette/palette-entries.ts';
import type { PaletteEntry } from '../../../renderer/palette/palette-entry.ts';
import { fromSnapshot } from '../../../renderer/state/app-state.ts';
import { useNavigation } from '../../../renderer/state/navigation.ts';
import { full, now } from '../fixture/sample.ts';

const app = fromSnapshot(full);
const entries = paletteEntries(app, now);
const able = (vendorId: string) =>
  full.vendors.find(({ id }) => id === vendorId)?.abilities.includes('switch-realm');
const found = (query: string, recent: string[] = []) => findEntries(entries, query, recent);
const inGroup = (query: string, group: string): PaletteEntry[] =>
  found(query).find((one) => one.group === group)?.entries ?? [];

test('every active session whose vendor has realms can be switched by its name, wherever the person is', () => {
  const switches = inGroup('switch of', 'actions');
  const expected = full.sessions.filter(({ state, vendor }) => state === 'active' && able(vendor));
  expect(switches.map(({ id }) => id).toSorted()).toEqual(
    expected.map(({ id }) => `switch ${id}`).toSorted(),
  );
  expect(expected.length).toBeGreaterThan(0);
  switches[0]?.commands[0].run();
  expect(useNavigation.getState().dialog).toEqual({
    what: 'switch-realm',
    sessionId: switches[0]?.id.replace('switch ', ''),
  });
});

test('with nothing typed there is no verb for each account', () => {
  const titles = found('').flatMap((group) => group.entries.map(({ title }) => title));
  expect(titles).not.toContainEqual(expect.stringMatching(/^(Sign out of |Switch |Open console)/));
  expect(titles).toContain('Sign out everywhere');
});

describe('what is found', () => {
  test('stands in groups, what is live before what is stored, actions last', () => {
    expect(found('northwind').map(({ group }) => group)).toEqual(['live', 'accounts', 'actions']);
    expect(inGroup('northwind', 'live')).toHaveLength(3);
    expect(inGroup('northwind', 'accounts').map(({ id }) => id)).toEqual(['northwind']);
  });

  test('of all accounts comes before the same of one: “sign out” finds “Sign out everywhere” first', () => {
    const actions = inGroup('sign out', 'actions').map(({ title }) => title);
    expect(actions[0]).toBe('Sign out everywhere');
    expect(actions.length).toBeGreaterThan(1);
  });

  test('and was used lately stands before others that fit as well', () => {
    const last = (query: string) => inGroup(query, 'accounts').at(-1)?.id ?? '';
    const id = last('koyeb');
    const [first] =
      findEntries(entries, 'koyeb', [id]).find(({ group }) => group === 'accounts')?.entries ?? [];
    expect(first?.id).toBe(id);
    expect(inGroup('koyeb', 'accounts')[0]?.id).not.toBe(id);
  });

  test('says its state and its time, and what each key does', () => {
    const [coast] = inGroup('left coast', 'live');
    expect(coast?.end).toBe('22 m');
    const [door] = inGroup('door', 'live');
    expect(door?.end).toMatch(/^open since/);
    const [panel] = inGroup('brightside', 'live');
    expect(panel?.commands.map(({ keys, label }) => `${keys} ${label}`)).toEqual([
      'Enter answer',
      'Ctrl Enter sign out',
    ]);
    expect(inGroup('staging server', 'accounts')[0]?.commands[1]?.label).toBe('sign in');
  });
});
