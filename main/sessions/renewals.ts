import { failureOf } from '../../preload/contract/failure.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Vault } from '../vault/vault.ts';
import type { Agenda } from './agenda.ts';
import type { SessionBook } from './book.ts';
import type { Checks } from './checks.ts';
import type { Visits } from './visits.ts';

/** Keeps sessions fresh by their vendor's rule, and notices when the vendor's time is over. */
export interface Renewals {
  /** Plans the next refresh and the end of the token; called when either may have changed. */
  plan(sessionId: string): void;
  refresh(sessionId: string): Promise<void>;
}

interface RenewalsOptions {
  book: SessionBook;
  visits: Visits;
  vault: Vault;
  accounts: AccountBook;
  agenda: Agenda;
  checks: Checks;
  now(): number;
}

const retryAfter = 60_000;

export function createRenewals(options: RenewalsOptions): Renewals {
  const { book, visits, vault, accounts, agenda, checks, now } = options;

  function plan(id: string) {
    const record = book.get(id);
    if (record?.state !== 'active') {
      agenda.drop(`refresh:${id}`);
      agenda.drop(`run-out:${id}`);
      return;
    }
    const vendor = visits.vendor(record.vendor);
    const values = accounts.get(record.accountId)?.values ?? {};
    const at = vendor.refreshAt?.(
      { expiresAt: record.expiresAt, openedAt: record.checkedAt ?? record.openedAt ?? now() },
      values,
    );
    if (record.refreshAt !== (at ?? null)) book.patch(id, { refreshAt: at ?? null });
    if (at != null) agenda.put(`refresh:${id}`, at, () => void refresh(id));
    else agenda.drop(`refresh:${id}`);
    if (record.expiresAt !== null) agenda.put(`run-out:${id}`, record.expiresAt, () => checks.runOut(id));
    else agenda.drop(`run-out:${id}`);
  }

  async function refresh(id: string): Promise<void> {
    const record = book.get(id);
    if (record?.state !== 'active') return;
    const vendor = visits.vendor(record.vendor);
    if (!vendor.refresh) return;
    try {
      const secret = visits.grant(id);
      const grant = await vendor.refresh(visits.to(record), secret);
      book.move(id, 'activate', {
        event: 'refreshed',
        actor: 'timer',
        patch: { expiresAt: grant.expiresAt, checkedAt: now(), checkFailure: null },
        also: () => vault.seal(id, 'grant', JSON.stringify(grant.secret)),
      });
      plan(id);
    } catch (error) {
      const failure = failureOf(error);
      // While locked nothing can be refreshed; unlocking plans everything anew.
      if (failure.kind === 'vault-locked') return;
      book.patch(id, { checkFailure: failure });
      if (failure.kind === 'expired' || failure.kind === 'refused-credentials') await checks.check(id);
      if (book.get(id)?.state === 'active') {
        agenda.put(`refresh:${id}`, Math.max(now() + retryAfter, failure.until ?? 0), () => void refresh(id));
      }
    }
  }

  return { plan, refresh };
}
