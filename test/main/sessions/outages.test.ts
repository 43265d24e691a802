import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import type { Vendor } from '../../../main/vendors/vendor.ts';
import { newFolder, removeFolder } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { openSessions, pass, type SessionHarness } from './session-harness.ts';

const minute = 60_000;
const hour = 60 * minute;

/** A server whose sessions open at once; each order to end one is answered as the test says. */
function server(clock: FakeClock) {
  const calls: { at: number; tag: string }[] = [];
  const state = { life: null as number | null, fail: (_tag: string): GatehouseError | null => null };
  const vendor: Vendor = {
    id: 'scripted',
    view: {
      name: 'Scripted',
      purpose: 'tests',
      words: { realm: 'realm', realms: 'realms', place: 'there' },
      form: [{ name: 'baseUrl', label: 'Address', type: 'url', required: true, secret: false }],
      ways: [],
    },
    identityOf: () => 'somebody',
    async begin(context) {
      const expiresAt = state.life === null ? null : context.now() + state.life;
      return {
        kind: 'active',
        grant: { secret: 'token', realm: null, person: null, method: 'script', expiresAt },
      };
    },
    async answer() {
      throw new GatehouseError({ kind: 'internal', message: 'Nothing was asked.' });
    },
    check: async () => ({ alive: true }),
    async end({ sessionTag: tag }) {
      calls.push({ at: clock.now(), tag });
      const failure = state.fail(tag);
      if (failure) throw failure;
    },
  };
  return { vendor, calls, state };
}

const away = () => new GatehouseError({ kind: 'network', message: 'The server can’t be reached.' });

let folder = '';
let clock: FakeClock;
let place: ReturnType<typeof server>;
let harness: SessionHarness;
const keyring = createKeyring();

const open = async () => {
  harness = await openSessions({ folder, clock, vendor: place.vendor, keyring });
};

/** Signs in so many times and returns the sessions. */
async function opened(many: number): Promise<string[]> {
  const ids = Array.from({ length: many }, (_, number) =>
    harness.signIn(harness.addAccount(`account ${number}`).id),
  );
  await harness.settle();
  return ids;
}

async function order(ids: string[]) {
  harness.sessions.endMany(ids, { actor: 'window' });
  await harness.settle();
}

beforeEach(async () => {
  folder = newFolder();
  clock = fakeClock();
  place = server(clock);
  await open();
});
afterEach(() => {
  harness.crash();
  expect(harness.bugs).toEqual([]);
  removeFolder(folder);
});

describe('while a server can’t be reached', { timeout: 60_000 }, () => {
  test('one order at a time asks, once a minute at the most, and all go when it is back', async () => {
    const ids = await opened(300);
    place.state.fail = away;
    await order(ids);
    // Those that were sent together before anybody knew.
    expect(place.calls.length).toBeLessThanOrEqual(12);

    place.calls.length = 0;
    await pass(harness, clock, 6 * hour);
    expect(place.calls.length).toBeLessThanOrEqual(6 * 80);
    expect(place.calls.length).toBeGreaterThanOrEqual(6 * 40);
    expect(new Set(place.calls.map(({ tag }) => tag)).size).toBeGreaterThan(100);
    expect(harness.sessions.endings()).toHaveLength(300);

    place.state.fail = () => null;
    await pass(harness, clock, 80_000);
    expect(harness.sessions.endings()).toEqual([]);
  });

  test('a new order asks at once, for those that wait, too', async () => {
    const [late, ...ids] = await opened(40);
    place.state.fail = away;
    await order(ids);
    await pass(harness, clock, hour);
    place.state.fail = () => null;
    await order([late!]);
    expect(harness.sessions.endings()).toEqual([]);
  });

  test('the network that is back asks at once', async () => {
    const ids = await opened(40);
    place.state.fail = away;
    await order(ids);
    await pass(harness, clock, hour);
    place.calls.length = 0;
    harness.sessions.online();
    await pass(harness, clock, 1_000);
    expect(place.calls).toHaveLength(1);
    place.state.fail = () => null;
    harness.sessions.online();
    await pass(harness, clock, 1_000);
    expect(harness.sessions.endings()).toEqual([]);
  });

  test('a person may try one of them at any time', async () => {
    const ids = await opened(20);
    place.state.fail = away;
    await order(ids);
    place.calls.length = 0;
    await harness.sessions.tryEndingNow(ids.at(-1)!);
    expect(place.calls).toHaveLength(1);
    expect(harness.sessions.ending(ids.at(-1)!)?.lastFailure?.kind).toBe('network');
  });

  test('a token that runs out meanwhile is off the list, whether its order was tried or not', async () => {
    place.state.life = hour;
    const ids = await opened(40);
    place.state.fail = away;
    await order(ids);
    await pass(harness, clock, hour + minute);
    expect(harness.sessions.endings()).toEqual([]);
    for (const id of ids) expect(harness.sessions.get(id)).toMatchObject({ endedHow: 'expired' });
  });

  test('after a restart and a lock it goes on', async () => {
    const ids = await opened(40);
    place.state.fail = away;
    await order(ids);
    await harness.settle();
    harness.crash();
    await open();
    harness.sessions.resume();
    await pass(harness, clock, hour);
    expect(harness.sessions.endings()).toHaveLength(40);
    harness.lock();
    await pass(harness, clock, hour);
    place.state.fail = () => null;
    await pass(harness, clock, 80_000);
    expect(harness.sessions.endings()).toEqual([]);
  });

  test('one that asks to come later is left alone until then', async () => {
    const ids = await opened(40);
    const until = clock.now() + 20 * minute;
    place.state.fail = () =>
      new GatehouseError({ kind: 'rate-limited', message: 'Too many requests.', status: 429, until });
    await order(ids);
    place.calls.length = 0;
    await pass(harness, clock, until - clock.now() - 1);
    expect(place.calls).toEqual([]);
    place.state.fail = () => null;
    await pass(harness, clock, minute);
    expect(harness.sessions.endings()).toEqual([]);
  });
});

test('an order that its server never answers holds up none of the others', async () => {
  const ids = await opened(100);
  const poison = new Set(ids.slice(0, 2));
  place.state.fail = (tag) => (poison.has(tag) ? away() : null);
  await order(ids);
  expect(harness.sessions.endings().map(({ sessionId }) => sessionId)).toEqual([...poison]);
  await pass(harness, clock, hour);
  expect(place.calls.length).toBeLessThan(100 + 80);
});

test('what was missed before the outage was known goes with the others', async () => {
  const ids = await opened(3);
  place.state.fail = away;
  await order(ids);
  await pass(harness, clock, 24 * hour);
  place.state.fail = () => null;
  await pass(harness, clock, 80_000);
  expect(harness.sessions.endings()).toEqual([]);
});
