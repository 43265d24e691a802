import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { backoff } from '../../../main/sessions/endings.ts';
import type { Vendor } from '../../../main/vendors/vendor.ts';
import { newFolder, removeFolder } from '../house-kit.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { openRooms, pass, type Rooms } from './rooms.ts';

const hour = 3_600_000;
const longest = 10 * 60_000;

/** What the vendor answers to an order: a fault, with Retry-After in ms or without. */
type Outcome = { after: number | null };

interface Call {
  at: number;
  /** The order's own next try at the moment of the call. */
  due: number | null;
  attempts: number;
}

/** A vendor whose sign-ins succeed at once and whose endings fail as the script says, and then succeed. */
function scripted(clock: FakeClock, script: Outcome[], life: number | null) {
  const calls: Call[] = [];
  const state = { atOnce: 0, most: 0, confirmed: 0, begun: 0, refreshed: [] as number[] };
  let look: (id: string) => { due: number | null; attempts: number } = () => ({ due: null, attempts: 0 });
  const rest = [...script];
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
      state.begun += 1;
      const expiresAt = life === null ? null : context.now() + life;
      return {
        kind: 'active',
        grant: { secret: 'token', realm: null, person: null, method: 'script', expiresAt },
      };
    },
    async answer() {
      throw new GatehouseError({ kind: 'internal', message: 'Nothing was asked.' });
    },
    check: async () => ({ alive: true }),
    async end(context) {
      calls.push({ at: clock.now(), ...look(context.sessionTag) });
      state.atOnce += 1;
      state.most = Math.max(state.most, state.atOnce);
      // Long enough for another attempt to come in between.
      await setImmediate();
      state.atOnce -= 1;
      const outcome = rest.shift();
      if (!outcome) {
        state.confirmed += 1;
        return;
      }
      const until = outcome.after === null ? {} : { until: clock.now() + outcome.after };
      throw new GatehouseError({ kind: 'server-fault', message: 'Not now.', ...until });
    },
  };
  return {
    vendor,
    calls,
    state,
    watch(rooms: Rooms) {
      look = (id) => {
        const ending = rooms.book.ending(id);
        return { due: ending?.nextTryAt ?? null, attempts: ending?.attempts ?? 0 };
      };
    },
  };
}

let folder = '';
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => removeFolder(folder));

test('waits grow, are capped, and differ by chance', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (attempts, random) => {
        const middle = Math.min(longest, 2_000 * 2 ** (attempts - 1));
        const wait = backoff(attempts, random);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(middle * 0.75));
        expect(wait).toBeLessThanOrEqual(Math.ceil(middle * 1.25));
        expect(backoff(attempts, 0)).toBeLessThan(backoff(attempts, 1));
        expect(backoff(attempts + 1, random)).toBeGreaterThanOrEqual(wait);
      },
    ),
  );
});

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: hour }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('jump' as const),
      ms: fc.integer({ min: -2 * hour, max: 8 * hour }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ what: fc.constantFrom('lock', 'unlock', 'restart', 'try', 'network', 'order') }),
  },
);
const outcome = fc.record({ after: fc.option(fc.integer({ min: 1, max: 90 * 60_000 })) });

test('an order is tried until it is confirmed or its token has run out, whatever happens on the way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 16 }),
      fc.array(outcome, { maxLength: 6 }),
      fc.option(fc.integer({ min: hour, max: 24 * hour })),
      async (steps, script, life) => {
        const own = newFolder();
        const clock = fakeClock();
        const keyring = createKeyring();
        const server = scripted(clock, script, life);
        const open = async () => {
          const rooms = await openRooms({ folder: own, clock, vendor: server.vendor, keyring });
          server.watch(rooms);
          return rooms;
        };
        let rooms = await open();
        try {
          const id = rooms.desk.signIn({ accountId: rooms.addAccount('one').id }, 'window');
          await rooms.settle();
          rooms.desk.cancel(id, 'window');
          await rooms.settle();
          const pressed = new Set([0]);

          for (const { what, ...how } of steps) {
            const locked = rooms.vault.view().state !== 'unlocked';
            if (what === 'pass') await pass(rooms, clock, 'ms' in how ? how.ms : 0);
            else if (what === 'jump') {
              clock.jump('ms' in how ? how.ms : 0);
              rooms.agenda.wake();
            } else if (what === 'lock') {
              rooms.vault.lock(() => rooms.endings.hold([]));
            } else if (what === 'unlock' && locked) {
              await rooms.vault.unlock(null);
              rooms.resume();
            } else if (what === 'restart') {
              await rooms.settle();
              rooms.crash();
              rooms = await open();
              rooms.resume();
            } else if (what === 'network' && !locked) rooms.resume();
            else if (what === 'order') rooms.desk.cancel(id, 'tray');
            else if (what === 'try') {
              // A person may try at any time; the clock may not.
              pressed.add(server.calls.length);
              await Promise.all([rooms.endings.attempt(id), rooms.endings.attempt(id)]);
            }
            await rooms.settle();

            const record = rooms.book.get(id)!;
            const over = server.state.confirmed > 0;
            const ranOut = record.endedHow === 'expired';
            // By the clock of that moment: it may have been set back since.
            if (ranOut) expect(record.endedAt).toBeGreaterThanOrEqual(record.expiresAt!);
            if (!over && !ranOut) {
              expect(record.state).toBe('ending');
              expect(rooms.book.ending(id)?.tokenValidUntil).toBe(record.expiresAt);
            }
            if (over) expect(record).toMatchObject({ state: 'ended', endedHow: 'vendor' });
          }

          if (rooms.vault.view().state !== 'unlocked') {
            await rooms.vault.unlock(null);
            rooms.resume();
          }
          // A clock set back delays the next try by as much, and no more.
          for (let hours = 0; hours < 200 && rooms.book.ending(id); hours += 1)
            await pass(rooms, clock, hour);
          expect(rooms.book.get(id)).toMatchObject({ state: 'ended' });
          expect(server.state.most).toBeLessThanOrEqual(1);
          expect(server.state.confirmed).toBeLessThanOrEqual(1);
          expect(rooms.bugs).toEqual([]);
          for (const [number, { at, due }] of server.calls.entries()) {
            if (!pressed.has(number) && due !== null) expect(at).toBeGreaterThanOrEqual(due);
          }
        } finally {
          rooms.crash();
          removeFolder(own);
        }
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);

test('the next try is never before Retry-After, and never after the token has run out', async () => {
  await fc.assert(
    fc.asyncProperty(
      outcome,
      fc.option(fc.integer({ min: 1_000, max: 2 * hour })),
      async ({ after }, life) => {
        const own = newFolder();
        const clock = fakeClock();
        const server = scripted(clock, [{ after }], life);
        const rooms = await openRooms({
          folder: own,
          clock,
          vendor: server.vendor,
          keyring: createKeyring(),
        });
        try {
          const id = rooms.desk.signIn({ accountId: rooms.addAccount('one').id }, 'window');
          await rooms.settle();
          rooms.desk.cancel(id, 'window');
          await rooms.settle();
          const ending = rooms.book.ending(id)!;
          const asked = clock.now() + Math.max(after ?? 0, 2_000);
          expect(ending.nextTryAt).toBe(life === null ? asked : Math.min(asked, clock.now() + life));
          await pass(rooms, clock, ending.nextTryAt! - clock.now() - 1);
          expect(server.calls).toHaveLength(1);
          await pass(rooms, clock, 100);
          expect(rooms.book.get(id)?.state).toBe('ended');
        } finally {
          rooms.crash();
          removeFolder(own);
        }
      },
    ),
    { numRuns: 25 },
  );
}, 30_000);

describe('after eight hours of sleep, a clock set back, a change of network', { timeout: 30_000 }, () => {
  const many = 60;
  let clock: FakeClock;
  let server: ReturnType<typeof scripted>;
  let rooms: Rooms;

  beforeEach(async () => {
    clock = fakeClock();
    server = scripted(
      clock,
      Array.from({ length: many }, () => ({ after: null })),
      null,
    );
    rooms = await openRooms({ folder, clock, vendor: server.vendor, keyring: createKeyring() });
  });
  afterEach(() => rooms.crash());

  async function orders() {
    const ids = Array.from({ length: many }, (_, number) =>
      rooms.desk.signIn({ accountId: rooms.addAccount(`account ${number}`).id }, 'window'),
    );
    await rooms.settle();
    for (const id of ids) rooms.desk.cancel(id, 'window');
    await rooms.settle();
    expect(rooms.book.endings()).toHaveLength(many);
    server.calls.length = 0;
  }

  test.each([
    ['sleep', 8 * hour],
    ['a clock set back', -hour],
  ])('%s: what is owed is tried once each, one after the other', async (_, ms) => {
    await orders();
    clock.jump(ms);
    rooms.agenda.wake();
    // The desktop tells of the network more than once.
    for (let time = 0; time < 5; time += 1) rooms.resume();
    await pass(rooms, clock, Math.max(0, -ms) + 20_000);
    expect(rooms.book.endings()).toEqual([]);
    expect(server.calls).toHaveLength(many);
    expect(new Set(server.calls.map(({ at }) => at)).size).toBe(many);
  });

  test('a sign-in that waits for a person is asked for once, and given up once', async () => {
    const deadline = clock.now() + 10 * 60_000;
    let asked = 0;
    let abandoned = 0;
    server.vendor.begin = async () => {
      asked += 1;
      const code = { kind: 'code', medium: 'e-mail', boxes: 6, numeric: true, canSendAgain: false } as const;
      return { kind: 'prompt', ask: code, resume: 'half-open', deadline };
    };
    server.vendor.abandon = async () => {
      abandoned += 1;
    };
    const { id: accountId } = rooms.addAccount('waits');
    const id = rooms.desk.signIn({ accountId }, 'window');
    await rooms.settle();
    for (let time = 0; time < 5; time += 1) {
      rooms.resume();
      expect(rooms.desk.signIn({ accountId }, 'tray')).toBe(id);
      await pass(rooms, clock, 1_000);
    }
    clock.jump(-hour);
    rooms.agenda.wake();
    rooms.resume();
    await pass(rooms, clock, 1_000);
    expect(rooms.prompts.all()).toHaveLength(1);
    expect(asked).toBe(1);

    clock.jump(9 * hour);
    rooms.agenda.wake();
    rooms.resume();
    await pass(rooms, clock, 20_000);
    expect(rooms.prompts.all()).toEqual([]);
    expect({ asked, abandoned }).toEqual({ asked: 1, abandoned: 1 });
    expect(rooms.book.get(id)?.state).toBe('ended');
  });

  test('sessions that are due for a refresh are refreshed once each, one after the other', async () => {
    const at: number[] = [];
    server.vendor.refreshAt = ({ grantedAt }) => grantedAt + hour;
    server.vendor.refresh = async () => {
      at.push(clock.now());
      return { secret: 'token', realm: null, person: null, method: 'script', expiresAt: null };
    };
    for (let number = 0; number < many; number += 1) {
      rooms.desk.signIn({ accountId: rooms.addAccount(`account ${number}`).id }, 'window');
    }
    await rooms.settle();
    clock.jump(8 * hour);
    rooms.agenda.wake();
    rooms.resume();
    await pass(rooms, clock, 20_000);
    expect(at).toHaveLength(many);
    expect(new Set(at).size).toBe(many);
  });
});
