import type { RecoveryStep } from '../../preload/contract/admin.ts';
import { GatehouseError } from '../../preload/contract/failure.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VendorContexts } from '../sessions/vendor-contexts.ts';
import type { Json, Visit } from '../vendors/vendor.ts';

/** Helps a customer through their vendor's own recovery, step by step; one recovery an account at a time, kept in memory only. */
export interface RecoveryAssistant {
  start(accountId: string): Promise<RecoveryStep>;
  next(accountId: string, step: string, values: Record<string, string>): Promise<RecoveryStep>;
  forgetAll(): void;
}

interface RecoveryOptions {
  contexts: Pick<VendorContexts, 'vendor' | 'ofAccount'>;
  accounts: AccountBook;
  ledger: Ledger;
}

export function createRecoveryAssistant({ contexts, accounts, ledger }: RecoveryOptions): RecoveryAssistant {
  const open = new Map<string, { visit: Visit; state: Json }>();

  function recoveryOf(accountId: string) {
    const account = accounts.get(accountId);
    const recovery = account && contexts.vendor(account.vendor).recovery;
    if (account && recovery) return { account, recovery };
    throw new GatehouseError({
      kind: 'not-found',
      message: 'This vendor has no recovery that Gatehouse can help with.',
    });
  }

  return {
    async start(accountId) {
      const { recovery } = recoveryOf(accountId);
      const visit = contexts.ofAccount(accountId);
      const { step, state } = await recovery.first(visit);
      open.set(accountId, { visit, state });
      return step;
    },

    async next(accountId, stepId, values) {
      const { account, recovery } = recoveryOf(accountId);
      const current = open.get(accountId);
      if (!current) {
        throw new GatehouseError({
          kind: 'cancelled',
          message: 'This recovery is over.',
          advice: 'Start it again.',
        });
      }
      const { step, state } = await recovery.next(current.visit, stepId, values, current.state);
      ledger.write({
        actor: 'window',
        event: 'admin',
        account: { id: account.id, label: account.label, vendor: account.vendor },
        detail: `recovery: ${step.title}`,
      });
      if (step.done) open.delete(accountId);
      else open.set(accountId, { visit: current.visit, state });
      return step;
    },

    forgetAll: () => open.clear(),
  };
}
