import type { AccountBook } from '../accounts/account-book.ts';
import type { Store } from '../store/store.ts';
import type { Endings } from './endings.ts';
import type { InFlight } from './in-flight.ts';
import type { SessionRegistry } from './registry.ts';
import type { SessionRecord } from './session-rows.ts';
import { isTerminal } from './states.ts';

/** How long a row is kept: one whose end is confirmed until the next of its account is, one that may be alive until a person dismisses it. */
export interface Retention {
  /** Drops what the last run has left that is over; the ledger keeps what happened. */
  tidy(): void;
  /** Takes a row that is over off the screen; it was the last reason to know a removed account. */
  dismiss(sessionId: string): Promise<void>;
  /** Orders the end of the account's sessions and takes it off the list. */
  removeAccount(accountId: string): void;
  /** Drops what is over of an account that is not on the list, and the account once nothing is owed; what may be alive stays. */
  forgetAccount(accountId: string): void;
}

interface RetentionOptions {
  registry: SessionRegistry;
  endings: Endings;
  inFlight: InFlight;
  store: Store;
  accounts: AccountBook;
}

export function createRetention({
  registry,
  endings,
  inFlight,
  store,
  accounts,
}: RetentionOptions): Retention {
  registry.on.settled(({ record }) => {
    dropConfirmed(registry.of(record.accountId).filter(({ id }) => id !== record.id));
    if (registry.isLoaded() && !accounts.get(record.accountId)) forgetAccount(record.accountId);
  });

  function dropConfirmed(records: SessionRecord[]) {
    const confirmed = records.filter(isConfirmedEnded);
    if (confirmed.length === 0) return;
    store.transaction(() => {
      for (const { id } of confirmed) registry.forget(id);
    });
  }

  function dropOver(records: SessionRecord[]) {
    for (const { id, state, endedHow } of records)
      if (isTerminal(state) && endedHow !== 'possibly-alive') registry.forget(id);
  }

  function forgetAccount(accountId: string) {
    dropOver(registry.of(accountId));
    accounts.purge(accountId);
  }

  return {
    tidy() {
      dropConfirmed(registry.all());
      // A crash may have come before what was over of a removed account was taken away.
      dropOver(registry.all().filter(({ accountId }) => !accounts.get(accountId)));
      accounts.purge();
    },

    async dismiss(sessionId) {
      // A renewal on its way may still bring a token, which is then to be ended.
      await inFlight.quiet(sessionId);
      const record = registry.get(sessionId);
      if (!record || !isTerminal(record.state)) return;
      registry.forget(sessionId);
      if (!accounts.get(record.accountId)) forgetAccount(record.accountId);
    },

    removeAccount(accountId) {
      for (const { id } of registry.of(accountId)) endings.end(id, { actor: 'window' });
      accounts.remove(accountId);
      forgetAccount(accountId);
      for (const { id } of registry.of(accountId)) registry.show(id);
    },

    forgetAccount,
  };
}

/** Whether the vendor or the token's own expiry has confirmed that the session is over. */
function isConfirmedEnded({ state, endedHow }: SessionRecord): boolean {
  return state === 'ended' && (endedHow === 'vendor' || endedHow === 'expired');
}
