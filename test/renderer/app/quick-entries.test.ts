import { expect, test } from 'vitest';
import { findEntries, quickEntries } from '../../../renderer/app/quick-entries.ts';
import { fromSnapshot } from '../../../renderer/state/app-state.ts';
import { useNavigation } from '../../../renderer/state/navigation.ts';
import { full } from '../fixture/sample.ts';

const app = fromSnapshot(full);
const able = (vendorId: string) =>
  full.vendors.find(({ id }) => id === vendorId)?.abilities.includes('switch-realm');

test('every active session whose vendor has realms can be switched by its name, wherever the person is', () => {
  const found = findEntries(quickEntries(app), 'switch of', 100);
  const expected = full.sessions.filter(({ state, vendor }) => state === 'active' && able(vendor));
  expect(found.map(({ id }) => id).toSorted()).toEqual(expected.map(({ id }) => `switch ${id}`).toSorted());
  expect(expected.length).toBeGreaterThan(0);
  found[0]?.run();
  expect(useNavigation.getState().dialog).toEqual({
    what: 'switch-realm',
    sessionId: found[0]?.id.replace('switch ', ''),
  });
});

test('with nothing typed there is no verb for each account', () => {
  expect(findEntries(quickEntries(app), '', 1000).map(({ title }) => title)).not.toContainEqual(
    expect.stringMatching(/^(Sign in to |Switch )/),
  );
});
