import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { backoff } from '../../../main/sessions/endings.ts';
import type { Vendor } from '../../../main/vendors/vendor.ts';
import { newFolder, removeFolder } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { openSessions, pass, type SessionHarness } from './session-harness.ts';

const hour = 3_600_000;
const longest = 10 * 60_000;

/** What the vendor answers to an order: a fault, with Retry-After in ms or without. */
interface Outcome {
  after: number | null;
}

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
    watch(harness: SessionHarness) {
      look = (id) => {
        const ending = harness.sessions.ending(id);
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
          const harness = await openSessions({ folder: own, clock, vendor: server.vendor, keyring });
          server.watch(harness);
          return harness;
        };
        let harness = await open();
        try {
          const id = harness.signIn(harness.addAccount('one').id);
          await harness.settle();
          harness.sessions.end(id, { actor: 'window' });
          await harness.settle();
          const pressed = new Set([0]);

          for (const { what, ...how } of steps) {
            const locked = harness.vault.view().state !== 'unlocked';
            if (what === 'pass') await pass(harness, clock, 'ms' in how ? how.ms : 0);
            else if (what === 'jump') {
              clock.jump('ms' in how ? how.ms : 0);
              harness.scheduler.wake();
            } else if (what === 'lock') {
              harness.lock();
            } else if (what === 'unlock' && locked) {
              await harness.vault.unlock(null);
              harness.sessions.resume();
            } else if (what === 'restart') {
              await harness.settle();
              harness.crash();
              harness = await open();
              harness.sessions.resume();
            } else if (what === 'network' && !locked) harness.sessions.resume();
            else if (what === 'order') harness.sessions.end(id, { actor: 'tray' });
            else if (what === 'try') {
              // A person may try at any time; the clock may not.
              pressed.add(server.calls.length);
              await Promise.all([harness.sessions.tryEndingNow(id), harness.sessions.tryEndingNow(id)]);
            }
            await harness.settle();

            const over = server.state.confirmed > 0;
            const record = harness.sessions.get(id);
            // A resume takes a confirmed row away; in the end the ledger is asked.
            if (!record) continue;
            const ranOut = record.endedHow === 'expired';
            // By the clock of that moment: it may have been set back since.
            if (ranOut) expect(record.endedAt).toBeGreaterThanOrEqual(record.expiresAt!);
            if (!over && !ranOut) {
              expect(record.state).toBe('ending');
              expect(harness.sessions.ending(id)?.tokenValidUntil).toBe(record.expiresAt);
            }
            if (over) expect(record).toMatchObject({ state: 'ended', endedHow: 'vendor' });
          }

          if (harness.vault.view().state !== 'unlocked') {
            await harness.vault.unlock(null);
            harness.sessions.resume();
          }
          // A clock set back delays the next try by as much, and no more.
          for (let hours = 0; hours < 200 && harness.sessions.ending(id); hours += 1)
            await pass(harness, clock, hour);
          const record = harness.sessions.get(id);
          if (record) expect(record.state).toBe('ended');
          const rows = await harness.ledger.page({ limit: 200 });
          const events = rows.filter(({ sessionId }) => sessionId === id);
          expect(events[0]?.event).toBe(server.state.confirmed > 0 ? 'confirmed' : 'ended');
          expect(server.state.most).toBeLessThanOrEqual(1);
          expect(server.state.confirmed).toBeLessThanOrEqual(1);
          expect(harness.bugs).toEqual([]);
          for (const [number, { at, due }] of server.calls.entries()) {
            if (!pressed.has(number) && due !== null) expect(at).toBeGreaterThanOrEqual(due);
          }
        } finally {
          harness.crash();
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
        const harness = await openSessions({
          folder: own,
          clock,
          vendor: server.vendor,
          keyring: createKeyring(),
        });
        try {
          const id = harness.signIn(harness.addAccount('one').id);
          await harness.settle();
          harness.sessions.end(id, { actor: 'window' });
          await harness.settle();
          const ending = harness.sessions.ending(id)!;
          const asked = clock.now() + Math.max(after ?? 0, 2_000);
          expect(ending.nextTryAt).toBe(life === null ? asked : Math.min(asked, clock.now() + life));
          await pass(harness, clock, ending.nextTryAt! - clock.now() - 1);
          expect(server.calls).toHaveLength(1);
          await pass(harness, clock, 100);
          expect(harness.sessions.get(id)?.state).toBe('ended');
        } finally {
          harness.crash();
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
  let harness: SessionHarness;

  beforeEach(async () => {
    clock = fakeClock();
    server = scripted(
      clock,
      Array.from({ length: many }, () => ({ after: null })),
      null,
    );
    harness = await openSessions({ folder, clock, vendor: server.vendor, keyring: createKeyring() });
  });
  afterEach(() => harness.crash());

  async function orders() {
    const ids = Array.from({ length: many }, (_, number) =>
      harness.sessions.signIn({ accountId: harness.addAccount(`account ${number}`).id }, 'window'),
    );
    await harness.settle();
    for (const id of ids) harness.sessions.end(id, { actor: 'window' });
    await harness.settle();
    expect(harness.sessions.endings()).toHaveLength(many);
    server.calls.length = 0;
  }

  test.each([
    ['sleep', 8 * hour],
    ['a clock set back', -hour],
  ])('%s: what is owed is tried once each, a dozen at once', async (_, ms) => {
    await orders();
    clock.jump(ms);
    harness.scheduler.wake();
    // The desktop tells of the network more than once.
    for (let time = 0; time < 5; time += 1) harness.sessions.resume();
    await pass(harness, clock, Math.max(0, -ms) + 20_000);
    expect(harness.sessions.endings()).toEqual([]);
    expect(server.calls).toHaveLength(many);
    expect(server.state.most).toBeLessThanOrEqual(12);
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
    const { id: accountId } = harness.addAccount('waits');
    const id = harness.signIn(accountId);
    await harness.settle();
    for (let time = 0; time < 5; time += 1) {
      harness.sessions.resume();
      expect(harness.sessions.signIn({ accountId }, 'tray')).toBe(id);
      await pass(harness, clock, 1_000);
    }
    clock.jump(-hour);
    harness.scheduler.wake();
    harness.sessions.resume();
    await pass(harness, clock, 1_000);
    expect(harness.sessions.prompts()).toHaveLength(1);
    expect(asked).toBe(1);

    clock.jump(9 * hour);
    harness.scheduler.wake();
    harness.sessions.resume();
    await pass(harness, clock, 20_000);
    expect(harness.sessions.prompts()).toEqual([]);
    expect({ asked, abandoned }).toEqual({ asked: 1, abandoned: 1 });
    expect(harness.sessions.get(id)?.state).toBe('ended');
  });

  test('sessions that are due for a refresh are refreshed once each, one after the other', async () => {
    const at: number[] = [];
    server.vendor.refreshAt = ({ grantedAt }) => grantedAt + hour;
    server.vendor.refresh = async () => {
      at.push(clock.now());
      return { secret: 'token', realm: null, person: null, method: 'script', expiresAt: null };
    };
    for (let number = 0; number < many; number += 1) {
      harness.sessions.signIn({ accountId: harness.addAccount(`account ${number}`).id }, 'window');
    }
    await harness.settle();
    clock.jump(8 * hour);
    harness.scheduler.wake();
    harness.sessions.resume();
    await pass(harness, clock, 20_000);
    expect(at).toHaveLength(many);
    expect(new Set(at).size).toBe(many);
  });
});
