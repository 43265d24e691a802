import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Vendor } from '../../../main/vendors/vendor.ts';
import { vendor as panel } from '../accounts/book.ts';
import { newFolder, removeFolder } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { fakeClock } from './fake-clock.ts';
import { openSessions, type SessionHarness } from './session-harness.ts';

/** What is done to many sessions or accounts at once is done in one pass and one write. */

const keyring = createKeyring();
/** What of a sign-in was on disk when the vendor was asked. */
const onDisk: unknown[] = [];
const vendor: Vendor = {
  ...panel,
  view: { ...panel.view, form: panel.view.form.filter(({ name }) => name === 'baseUrl') },
  begin: () => {
    onDisk.push(harness.store.get('SELECT count(*) AS rows FROM sessions')?.rows);
    return new Promise(() => {});
  },
  end: () => new Promise(() => {}),
};
let folder: string;
let harness: SessionHarness;
const clock = fakeClock(1_790_000_000_000);
const open = () => openSessions({ folder, clock, vendor, keyring });
const added = (count: number) =>
  Array.from({ length: count }, (_, n) => harness.addAccount(`Account ${n}`).id);
const wanted = (ids: string[]) => ids.map((accountId) => ({ accountId, realm: null }));

beforeEach(async () => {
  onDisk.length = 0;
  folder = newFolder();
  harness = await open();
});
afterEach(() => {
  harness.crash();
  removeFolder(folder);
});

test('sign-ins that are started together are all on disk before the first is sent', () => {
  const ids = added(5);
  const twice = [...ids, ids[0]!, 'nobody'];
  expect(harness.sessions.signInAll(wanted(twice), 'shift')).toEqual({
    started: 5,
    refused: [{ accountId: 'nobody', why: 'This account is no longer in Gatehouse.' }],
  });
  expect(onDisk).toEqual([5, 5, 5, 5, 5]);
});

test('of sign-ins that could not be written down nothing is sent, and nothing is shown', () => {
  const ids = added(3);
  const { transaction } = harness.store;
  vi.spyOn(harness.store, 'transaction').mockImplementationOnce((work) =>
    transaction(() => {
      work();
      throw new Error('The disk is full.');
    }),
  );
  expect(() => harness.sessions.signInAll(wanted(ids), 'shift')).toThrow('The disk is full.');
  expect(onDisk).toEqual([]);
  expect(harness.sessions.all()).toEqual([]);
  expect(harness.store.get('SELECT count(*) AS rows FROM sessions')?.rows).toBe(0);
  expect(harness.sessions.signInAll(wanted(ids), 'shift').started).toBe(3);
});

test('removed accounts whose endings are open are looked through once at a start', async () => {
  const ids = added(20);
  harness.sessions.signInAll(wanted(ids), 'shift');
  for (const id of ids) harness.sessions.removeAccount(id);
  harness.crash();
  harness = await open();
  const purge = vi.spyOn(harness.accounts, 'purge');
  harness.sessions.resume();
  expect(purge).toHaveBeenCalledTimes(1);
  expect(harness.sessions.views()).toHaveLength(20);
});
