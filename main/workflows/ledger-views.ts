import { z } from 'zod';
import { type LedgerView, ledgerView } from '#contract/shapes.ts';
import type { Vault } from '../vault/vault.ts';

/** Filters of the ledger that were given a name; sealed, as they name people. Throws vault-locked while locked. */
export interface LedgerViews {
  all(): LedgerView[];
  set(views: LedgerView[]): void;
}

const stored = z.array(ledgerView);

/** Where they lie in the vault: they belong to no account and go to no vendor. */
const record = ['ledger-views', 'form', { accountId: '', vendor: '', origin: '' }] as const;

export function createLedgerViews(vault: Vault): LedgerViews {
  const [id, field, binding] = record;
  return {
    all: () => stored.parse(JSON.parse(vault.open(id, field, binding) ?? '[]')),
    set: (views) => vault.seal(id, field, JSON.stringify(views), binding),
  };
}
