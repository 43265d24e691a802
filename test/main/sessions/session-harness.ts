import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { checkBaseUrl } from '#http/base-url.ts';
import { createNetwork } from '#http/client.ts';
import { type Clock, createScheduler } from '#lib/scheduler.ts';
import { createAccountBook } from '../../../main/accounts/account-book.ts';
import { createAccountRows } from '../../../main/accounts/account-rows.ts';
import { createLedger } from '../../../main/ledger/ledger.ts';
import { createSessions } from '../../../main/sessions/index.ts';
import { openStore } from '../../../main/store/store.ts';
import { createVault } from '../../../main/vault/vault.ts';
import type { Vendor } from '../../../main/vendors/vendor.ts';
import type { TestKeyring } from '../vault/keyrings.ts';
import type { FakeClock } from './fake-clock.ts';

interface HarnessOptions {
  folder: string;
  clock: Clock;
  vendor: Vendor;
  keyring: TestKeyring;
  /** Where its accounts are; absent: an address that nothing is sent to. */
  baseUrl?: string;
}

let made = 0;

/** The app's own sessions, as `createSessions` connects them, on a real database, with one vendor at their end. */
export async function openSessions(options: HarnessOptions) {
  const { folder, clock, vendor, keyring, baseUrl = 'http://127.0.0.1:9' } = options;
  const { now } = clock;
  const newId = () => {
    made += 1;
    return `id-${made}`;
  };
  const bugs: unknown[] = [];
  const expiring: string[][] = [];
  const store = openStore(join(folder, 'gatehouse.db'), { now });
  const vault = createVault({ store, safeStorage: keyring, now });
  const ledger = createLedger({ store, vault, now });
  const accounts = createAccountBook({
    rows: createAccountRows(store, vault),
    store,
    vault,
    ledger,
    vendors: [vendor],
    newId,
    now,
    checkBaseUrl,
  });
  const scheduler = createScheduler(clock, (bug) => bugs.push(bug));
  const network = createNetwork({ now });
  const sessions = createSessions({
    store,
    vault,
    ledger,
    accounts,
    vendors: [vendor],
    network,
    scheduler,
    clock,
    newId,
    random: () => 0.5,
    machineName: 'test',
    showPage: async () => {},
    userAgent: (tag) => tag,
    warnBefore: () => [30],
    publish: () => {},
    onPrompt: () => {},
    onExpiring: (ids) => expiring.push(ids),
    reportBug(where, error) {
      bugs.push(error);
      if (where === 'endings') throw error;
    },
  });
  if (vault.view().state === 'new') await vault.create(null);
  else await vault.unlock(null);

  return {
    scheduler,
    store,
    accounts,
    sessions,
    ledger,
    bugs,
    /** What the person was warned of. */
    expiring,
    vault,
    lock: () => vault.lock(sessions.hold),
    addAccount: (label: string) =>
      accounts.add({
        vendor: vendor.id,
        label,
        values: { baseUrl },
        realm: null,
        tags: [],
        colour: 'teal',
      }),
    signIn: (accountId: string) => sessions.signIn({ accountId }, 'window'),
    /** What is sealed of the session's grant. */
    grant(id: string): unknown {
      const { accountId, vendor, baseUrl } = sessions.get(id)!;
      const text = vault.open(id, 'grant', { accountId, vendor, origin: new URL(baseUrl).origin });
      return text === null ? null : JSON.parse(text);
    },
    /** What has begun is finished; no time passes. */
    async settle() {
      for (let turn = 0; turn < 4; turn += 1) await setImmediate();
      await sessions.idle();
    },
    /** As after kill -9: nobody is told. */
    crash() {
      scheduler.close();
      network.close();
      store.close();
    },
  };
}

export type SessionHarness = Awaited<ReturnType<typeof openSessions>>;

/** Lets `ms` pass and carries out what becomes due, in steps short enough that answers come in between. */
export async function pass(harness: SessionHarness, clock: FakeClock, ms: number) {
  const end = clock.elapsed() + ms;
  while (clock.elapsed() < end) {
    clock.advance(Math.min(end - clock.elapsed(), clock.untilNext()));
    await harness.settle();
  }
}
