import { failureOf, GatehouseError } from '../../preload/contract/failure.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Vault } from '../vault/vault.ts';
import type { Grant } from '../vendors/vendor.ts';
import type { Agenda } from './agenda.ts';
import type { SessionBook } from './book.ts';
import type { Checks } from './checks.ts';
import type { Visits } from './visits.ts';

/** Keeps sessions fresh by their vendor's rule, and notices when the vendor's time is over. */
export interface Renewals {
  /** Plans the next refresh and the end of the token; called when either may have changed. */
  plan(sessionId: string): void;
  refresh(sessionId: string): Promise<void>;
  /** Resolves when no refresh of this session is on its way. */
  quiet(sessionId: string): Promise<void>;
}

interface RenewalsOptions {
  book: SessionBook;
  visits: Visits;
  vault: Vault;
  accounts: AccountBook;
  agenda: Agenda;
  checks: Checks;
  now(): number;
  /** A refresh brought a token for a session that had run out meanwhile: it is to be ended. */
  onLeftOver(sessionId: string): void;
}

const retryAfter = 60_000;

export function createRenewals(options: RenewalsOptions): Renewals {
  const { book, visits, vault, accounts, agenda, checks, now } = options;
  const running = new Map<string, Promise<void>>();

  function plan(id: string) {
    const record = book.get(id);
    if (record?.state !== 'active') {
      agenda.drop(`refresh:${id}`);
      agenda.drop(`run-out:${id}`);
      return;
    }
    const vendor = visits.vendor(record.vendor);
    const values = accounts.get(record.accountId)?.values ?? {};
    const wanted = vendor.refreshAt?.(
      {
        expiresAt: record.expiresAt,
        grantedAt: record.grantedAt ?? now(),
        usedAt: record.checkedAt ?? now(),
      },
      values,
    );
    const at = wanted == null ? null : Math.round(wanted);
    if (record.refreshAt !== at) book.patch(id, { refreshAt: at });
    if (at !== null) agenda.put(`refresh:${id}`, at, () => void refresh(id));
    else agenda.drop(`refresh:${id}`);
    if (record.expiresAt !== null) agenda.put(`run-out:${id}`, record.expiresAt, () => checks.runOut(id));
    else agenda.drop(`run-out:${id}`);
  }

  function refresh(id: string): Promise<void> {
    const current = running.get(id);
    if (current) return current;
    const run = refreshNow(id).finally(() => running.delete(id));
    running.set(id, run);
    return run;
  }

  /** The new token of a session that is no longer active is kept to be ended. */
  function leave(id: string, { secret, expiresAt }: Grant, unansweredAt: number | null) {
    vault.seal(id, 'grant', JSON.stringify(secret));
    book.patch(id, { expiresAt, unansweredAt });
    book.patchEnding(id, { tokenValidUntil: expiresAt });
    if (book.get(id)?.state !== 'ending') options.onLeftOver(id);
  }

  async function refreshNow(id: string): Promise<void> {
    const record = book.get(id);
    if (record?.state !== 'active') return;
    const vendor = visits.vendor(record.vendor);
    if (!vendor.refresh) return;
    // An earlier refresh whose answer was lost stays on record for as long as the session lives.
    const { unansweredAt } = record;
    try {
      const secret = visits.grant(id);
      const visit = visits.to(record);
      if (vendor.refreshOpens && unansweredAt === null) book.patch(id, { unansweredAt: now() });
      const grant = await vendor.refresh(visit, secret);
      const moved = book.move(id, 'activate', {
        event: 'refreshed',
        actor: 'timer',
        patch: {
          expiresAt: grant.expiresAt,
          grantedAt: now(),
          checkedAt: now(),
          checkFailure: null,
          unansweredAt,
        },
        also: () => vault.seal(id, 'grant', JSON.stringify(grant.secret)),
      });
      if (moved) plan(id);
      else leave(id, grant, unansweredAt);
    } catch (error) {
      const failure = failureOf(error);
      if (error instanceof GatehouseError && !error.mayHaveWorked && failure.kind !== 'vault-locked')
        book.patch(id, { unansweredAt });
      // While locked nothing can be refreshed; unlocking plans everything anew.
      if (failure.kind === 'vault-locked') return;
      book.patch(id, { checkFailure: failure });
      if (failure.kind === 'expired' || failure.kind === 'refused-credentials') await checks.check(id);
      if (book.get(id)?.state === 'active') {
        agenda.put(`refresh:${id}`, Math.max(now() + retryAfter, failure.until ?? 0), () => void refresh(id));
      }
    }
  }

  return { plan, refresh, quiet: async (id) => running.get(id) };
}
