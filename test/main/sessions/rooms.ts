import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkBaseUrl } from '#http/base-url.ts';
import { createNetwork } from '#http/client.ts';
import { createAccountBook } from '../../../main/accounts/account-book.ts';
import { createLedger } from '../../../main/ledger/ledger.ts';
import { createAgenda } from '../../../main/sessions/agenda.ts';
import { createSessionBook } from '../../../main/sessions/book.ts';
import { createChecks } from '../../../main/sessions/checks.ts';
import { createEndings } from '../../../main/sessions/endings.ts';
import { createPrompts } from '../../../main/sessions/prompts.ts';
import { createRenewals } from '../../../main/sessions/renewals.ts';
import { createSignInDesk } from '../../../main/sessions/sign-in.ts';
import { createVisits } from '../../../main/sessions/visits.ts';
import { openStore } from '../../../main/store/store.ts';
import { createVault } from '../../../main/vault/vault.ts';
import type { Vendor } from '../../../main/vendors/vendor.ts';
import type { TestKeyring } from '../vault/keyrings.ts';
import type { FakeClock } from './fake-clock.ts';

interface RoomsOptions {
  folder: string;
  clock: FakeClock;
  vendor: Vendor;
  keyring: TestKeyring;
  random?: () => number;
}

let made = 0;

/** The rooms of sessions as the house connects them, on a real database, with a scripted vendor at their end. */
export async function openRooms({ folder, clock, vendor, keyring, random = () => 0.5 }: RoomsOptions) {
  const { now } = clock;
  const newId = () => {
    made += 1;
    return `id-${made}`;
  };
  const bugs: unknown[] = [];
  const store = openStore(join(folder, 'gatehouse.db'), { now });
  const vault = createVault({ store, safeStorage: keyring, now });
  const ledger = createLedger({ store, vault, now });
  const accounts = createAccountBook({ store, vault, ledger, vendors: [vendor], newId, now, checkBaseUrl });
  const agenda = createAgenda(clock, (bug) => bugs.push(bug));
  const network = createNetwork({ now });
  const book = createSessionBook({
    store,
    vault,
    ledger,
    account: (id) => accounts.find(id),
    listed: (id) => accounts.get(id) !== null,
    publish: () => {},
    onSettled: () => {},
    onInactive: () => {},
    newId,
    now,
  });
  const visits = createVisits({
    vendors: [vendor],
    network,
    accounts,
    vault,
    session: (id) => book.get(id),
    machineName: 'test',
    userAgent: (mark) => mark,
    now,
  });
  const endings = createEndings({
    book,
    visits,
    vault,
    agenda,
    now,
    random,
    async quiet(id) {
      await desk.settled(id);
      await renewals.quiet(id);
    },
    placeOf: ({ vendor }) => vendor,
    commit: async (work) => work(),
    lateness: 2 * 60_000,
    reportBug: (error) => {
      throw error;
    },
  });
  const prompts = createPrompts({
    agenda,
    publish: () => {},
    onAsked: () => {},
    onDeadline: ({ sessionId }) => desk.cancel(sessionId, 'timer'),
  });
  const checks = createChecks({
    book,
    visits,
    vault,
    now,
    onAlive: (id) => renewals.plan(id),
    onLeft: (id, reason) => void (endings.order(id, 'timer', reason) && endings.attempt(id)),
  });
  const renewals = createRenewals({
    book,
    visits,
    vault,
    accounts,
    agenda,
    checks,
    now,
    onLeftOver(id, material) {
      const ordered = endings.order(id, 'timer', book.get(id)?.failure ?? undefined);
      endings.give(id, material);
      if (ordered) void endings.attempt(id);
    },
  });
  const desk = createSignInDesk({
    book,
    prompts,
    endings,
    visits,
    vault,
    accounts,
    newId,
    now,
    onActive: (id) => renewals.plan(id),
    onStartedAgain: () => {},
    reportBug: (bug) => bugs.push(bug),
  });
  if (vault.view().state === 'new') await vault.create(null);
  else await vault.unlock(null);

  return {
    agenda,
    accounts,
    book,
    bugs,
    checks,
    desk,
    endings,
    prompts,
    renewals,
    vault,
    visits,
    addAccount: (label: string) =>
      accounts.add({
        vendor: vendor.id,
        label,
        values: { baseUrl: 'http://127.0.0.1:9' },
        realm: null,
        tags: [],
        colour: 'teal',
      }),
    /** As the house does at a start, after unlocking, and when the network is back. */
    resume() {
      desk.restore();
      endings.resume();
      for (const { id } of book.all()) renewals.plan(id);
    },
    /** What has begun is finished; no time passes. */
    async settle() {
      for (let turn = 0; turn < 4; turn += 1) await setImmediate();
      await endings.idle();
    },
    /** As after kill -9: nobody is told. */
    crash() {
      agenda.close();
      network.close();
      store.close();
    },
  };
}

export type Rooms = Awaited<ReturnType<typeof openRooms>>;

/** Lets `ms` pass and carries out what becomes due, in steps short enough that answers come in between. */
export async function pass(rooms: Rooms, clock: FakeClock, ms: number) {
  const end = clock.elapsed() + ms;
  while (clock.elapsed() < end) {
    clock.advance(Math.min(end - clock.elapsed(), clock.untilNext()));
    await rooms.settle();
  }
}
