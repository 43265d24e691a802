import { failureOf, GatehouseError } from '#contract/failure.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Vault } from '../vault/vault.ts';
import type { Grant, VendorContext } from '../vendors/vendor.ts';
import type { Agenda } from './agenda.ts';
import type { SessionBook } from './book.ts';
import type { Checks } from './checks.ts';
import type { Material } from './endings.ts';
import type { Visits } from './visits.ts';

/** Keeps sessions fresh by their vendor's rule, and notices when the vendor's time is over. */
export interface Renewals {
  /** Plans the next refresh and the end of the token; called when either may have changed. */
  plan(sessionId: string): void;
  refresh(sessionId: string): Promise<void>;
  /** Resolves when no refresh of this session is on its way, and what it brought is filed or handed to the ending. */
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
  /** A refresh brought a token for a session that is over, or about to be: that is what there is to end. */
  onLeftOver(sessionId: string, material: Material): void;
}

const retryAfter = 60_000;

interface Renewed {
  context: VendorContext;
  grant: Grant;
  /** Since when an earlier refresh is unanswered. */
  unansweredAt: number | null;
}

export function createRenewals(options: RenewalsOptions): Renewals {
  const { book, visits, vault, accounts, agenda, checks, now } = options;
  const running = new Map<string, Promise<void>>();
  /** Tokens that came while the vault was locked. On disk they count as unanswered until they are sealed. */
  const unsealed = new Map<string, Renewed>();
  const locked = () => vault.view().state !== 'unlocked';

  function plan(id: string) {
    const renewed = unsealed.get(id);
    if (renewed && !locked()) return file(id, renewed);
    const record = book.get(id);
    if (record?.state !== 'active') {
      agenda.drop(`refresh:${id}`);
      agenda.drop(`run-out:${id}`);
      return;
    }
    // What is stored of it can't be read, so nothing can be asked of its vendor.
    if (record.vendor === '') return planRunOut(id, record.expiresAt);
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
    planRunOut(id, record.expiresAt);
  }

  function planRunOut(id: string, at: number | null) {
    if (at !== null) agenda.put(`run-out:${id}`, at, () => checks.runOut(id));
    else agenda.drop(`run-out:${id}`);
  }

  function refresh(id: string): Promise<void> {
    const current = running.get(id);
    if (current) return current;
    const run = refreshNow(id).finally(() => running.delete(id));
    running.set(id, run);
    return run;
  }

  /** The session goes on with its new token; while locked it only lies in memory. */
  function file(id: string, renewed: Renewed) {
    const { grant, unansweredAt } = renewed;
    unsealed.set(id, renewed);
    if (book.get(id)?.state !== 'active') return leave(id, renewed);
    if (locked()) return planRunOut(id, grant.expiresAt);
    book.move(id, 'activate', {
      event: 'refreshed',
      actor: 'timer',
      patch: {
        expiresAt: grant.expiresAt,
        grantedAt: now(),
        checkedAt: now(),
        checkFailure: null,
        unansweredAt,
      },
      also: () => visits.keepGrant(id, grant.secret),
    });
    unsealed.delete(id);
    plan(id);
  }

  /** The new token of a session that is no longer active is kept to be ended. */
  function leave(id: string, { context, grant, unansweredAt }: Renewed) {
    unsealed.delete(id);
    book.patch(id, { expiresAt: grant.expiresAt });
    book.patchEnding(id, { tokenValidUntil: grant.expiresAt });
    if (!locked()) {
      visits.keepGrant(id, grant.secret);
      book.patch(id, { unansweredAt });
    }
    const unanswered = unansweredAt !== null;
    options.onLeftOver(id, { context, grant: grant.secret, pending: null, unanswered });
  }

  async function quiet(id: string): Promise<void> {
    await running.get(id);
    const renewed = unsealed.get(id);
    if (renewed && book.get(id)?.state !== 'active') leave(id, renewed);
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
      const context = visits.to(record);
      if (vendor.refreshOpens && unansweredAt === null) book.patch(id, { unansweredAt: now() });
      file(id, { context, grant: await vendor.refresh(context, secret), unansweredAt });
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

  return { plan, refresh, quiet };
}
