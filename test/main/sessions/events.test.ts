import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Step, Vendor } from '../../../main/vendors/vendor.ts';
import { newFolder, removeFolder } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { fakeClock } from './fake-clock.ts';
import { openSessions, pass, type SessionHarness } from './session-harness.ts';

/** What the registry tells of a session, in which order, and who acts on it. */

const hour = 3_600_000;
const clock = fakeClock();
let folder: string;
let harness: SessionHarness;
let vendor: Vendor;
/** ms since 1970, of the next token. */
let expiresAt: number | null;
let ended: string[];

beforeEach(async () => {
  folder = newFolder();
  expiresAt = null;
  ended = [];
  vendor = {
    id: 'scripted',
    view: {
      name: 'Scripted',
      purpose: 'tests',
      words: { realm: 'realm', realms: 'realms', place: 'there' },
      form: [{ name: 'baseUrl', label: 'Address', type: 'url', required: true, secret: false }],
      ways: [],
    },
    identityOf: () => 'somebody',
    begin: async () => active('first'),
    answer: async () => active('first'),
    check: async () => ({ alive: true }),
    async end(_, secret) {
      ended.push(String(secret));
    },
  };
  harness = await openSessions({ folder, clock, vendor, keyring: createKeyring() });
});
afterEach(() => {
  harness.crash();
  removeFolder(folder);
});

const active = (secret: string): Step => ({
  kind: 'active',
  grant: { secret, realm: null, person: null, method: 'script', expiresAt },
});

async function signedIn(label = 'one') {
  const id = harness.signIn(harness.addAccount(label).id);
  await harness.settle();
  expect(harness.sessions.get(id)?.state).toBe('active');
  return id;
}

test('changed comes first, then activated or inactive, then settled; each sees the row as it is', async () => {
  const { on, get } = harness.sessions;
  const told: string[] = [];
  const tell = (event: string) => (id: string) => told.push(`${event} ${get(id)?.state}`);
  on.changed(({ id, before, after }) => {
    if (before?.state !== after?.state) tell('changed')(id);
  });
  on.activated(({ id }) => tell('activated')(id));
  on.inactive(({ id }) => tell('inactive')(id));
  on.settled(({ record }) => tell('settled')(record.id));

  const id = await signedIn();
  expect(told.splice(0)).toEqual(['changed signing-in', 'changed active', 'activated active']);
  harness.sessions.end(id, { actor: 'window' });
  expect(told.splice(0)).toEqual(['changed ending', 'inactive ending']);
  await harness.settle();
  expect(told.splice(0)).toEqual(['changed ended', 'settled ended']);
  await harness.sessions.dismiss(id);
  expect(told).toEqual(['changed undefined']);
});

test('a sign-in is active although somebody who hears of it fails, and it stays so at the vendor', async () => {
  harness.sessions.on.activated(() => {
    throw new Error('of a listener');
  });
  const id = await signedIn();
  expect(ended).toEqual([]);
  expect(harness.sessions.get(id)?.failure).toBeNull();
  expect(harness.bugs).toMatchObject([{ message: 'of a listener' }]);
  harness.sessions.end(id, { actor: 'window' });
  await harness.settle();
  expect(ended).toEqual(['first']);
});

test('nobody is warned of the end of a token that was renewed before', async () => {
  expiresAt = clock.now() + 2 * hour;
  vendor.refreshAt = ({ grantedAt }) => grantedAt + hour;
  vendor.refresh = async () => {
    vendor.refreshAt = () => null;
    const secondEnds = clock.now() + 24 * hour;
    return { secret: 'second', realm: null, person: null, method: 'script', expiresAt: secondEnds };
  };
  const id = await signedIn();
  await pass(harness, clock, hour + 60_000);
  expect(harness.grant(id)).toBe('second');
  await pass(harness, clock, hour);
  expect(harness.expiring).toEqual([]);
  await pass(harness, clock, 22.75 * hour);
  expect(harness.expiring).toEqual([[id]]);
});

test('sign-ins that hang hold up no ending of others at their server', async () => {
  const id = await signedIn('quick');
  const hangs = Promise.withResolvers<Step>();
  vendor.begin = () => hangs.promise;
  const hanging = Array.from({ length: 20 }, (_, number) =>
    harness.signIn(harness.addAccount(`${number}`).id),
  );
  harness.sessions.endMany(hanging, { actor: 'window' });
  harness.sessions.end(id, { actor: 'window' });
  await harness.sessions.tryEndingNow(id);
  expect(ended).toEqual(['first']);
  hangs.resolve(active('late'));
  await harness.settle();
  expect(ended).toEqual(['first', ...hanging.map(() => 'late')]);
  expect(harness.sessions.endings()).toEqual([]);
});
