import type { RecoveryStep } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { VendorContexts } from '../sessions/index.ts';
import type { Json, VendorContext } from '../vendors/vendor.ts';

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
  const open = new Map<string, { context: VendorContext; state: Json }>();

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
      const context = contexts.ofAccount(accountId);
      const { step, state } = await recovery.first(context);
      open.set(accountId, { context, state });
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
      const { step, state } = await recovery.next(current.context, stepId, values, current.state);
      ledger.write({
        actor: 'window',
        event: 'admin',
        account: { id: account.id, label: account.label, vendor: account.vendor },
        detail: `recovery: ${step.title}`,
      });
      if (step.done) open.delete(accountId);
      else open.set(accountId, { context: current.context, state });
      return step;
    },

    forgetAll: () => open.clear(),
  };
}
