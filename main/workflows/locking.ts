import { GatehouseError } from '#contract/failure.ts';
import { runEach } from '#lib/run-each.ts';
import type { Scheduler } from '#lib/scheduler.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Sessions } from '../sessions/index.ts';
import type { Vault } from '../vault/vault.ts';

type Actor = 'window' | 'tray' | 'timer';

/** Closes and opens the vault together with all that depends on its being open. */
export interface Locking {
  isLocked(): boolean;
  /** Forgets the keys first of all, whatever else fails. Throws `conflict` without a passphrase to unlock with again. */
  lock(actor: Actor): void;
  /** Throws as the vault's unlock does. */
  unlock(passphrase: string | null): Promise<void>;
  /** Opens with the recovery code and sets another passphrase; returns the next code. */
  recover(code: string, next: string): Promise<{ recoveryCode: string }>;
}

interface LockingOptions {
  vault: Vault;
  sessions: Pick<Sessions, 'hold' | 'suspend'>;
  ledger: Ledger;
  scheduler: Scheduler;
  now(): number;
  /** What else stops at a lock, in this order, right after the keys are gone. */
  onLocked: (() => void)[];
  onUnlocked(): void;
  reportBug(error: unknown): void;
}

/** ms until sign-ins that could not be ended at a lock are ended again. */
const suspendAgain = 10_000;

export function createLocking(options: LockingOptions): Locking {
  const { vault, sessions, ledger, scheduler, now } = options;
  const isLocked = () => vault.view().state !== 'unlocked';

  /** What the disk refuses is tried again until the vault is unlocked. */
  function suspend(actor: Actor) {
    if (!isLocked()) return;
    scheduler.put('suspend', now() + suspendAgain, () => suspend(actor));
    sessions.suspend(actor);
    scheduler.drop('suspend');
  }

  /** What was going on goes on, even if the disk takes no word of it. */
  function unlocked(detail?: string) {
    try {
      ledger.write({ actor: 'window', event: 'vault-unlocked', ...(detail ? { detail } : {}) });
    } finally {
      options.onUnlocked();
    }
  }

  return {
    isLocked,

    lock(actor) {
      if (isLocked()) return;
      if (!vault.view().hasPassphrase) {
        throw new GatehouseError({
          kind: 'conflict',
          message: 'There is no passphrase to unlock Gatehouse with again.',
          advice: 'Set a passphrase in the settings first.',
        });
      }
      const steps = [
        () => vault.lock(sessions.hold),
        ...options.onLocked,
        () => ledger.write({ actor, event: 'vault-locked' }),
        () => suspend(actor),
      ];
      runEach(steps, options.reportBug);
    },

    async unlock(passphrase) {
      await vault.unlock(passphrase);
      unlocked();
    },

    async recover(code, next) {
      try {
        return await vault.recover(code, next);
      } finally {
        // The code has opened the vault, even if the disk then refuses the new passphrase.
        if (!isLocked()) unlocked('by the recovery code');
      }
    },
  };
}
