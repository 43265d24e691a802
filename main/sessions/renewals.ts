import { failureOf, GatehouseError } from '#contract/failure.ts';
import type { Scheduler } from '#lib/scheduler.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Vault } from '../vault/vault.ts';
import type { Grant, VendorContext } from '../vendors/vendor.ts';
import type { Checks } from './checks.ts';
import type { Endings } from './endings.ts';
import type { InFlight } from './in-flight.ts';
import type { SessionRegistry } from './registry.ts';
import type { RenewalOf } from './renewal-of.ts';
import type { SessionRecord } from './session-rows.ts';
import type { VendorContexts } from './vendor-contexts.ts';

/** Keeps sessions fresh by their vendor's rule, and notices when the vendor's time is over. */
export interface Renewals {
  /** Asks the vendor now to put the end off; resolves when it has. Throws what stood in the way. */
  renew(sessionId: string): Promise<void>;
  /** Files what came while the vault was locked, or plans the next refresh and the end of the token. */
  resume(sessionId: string): void;
}

interface RenewalsOptions {
  registry: SessionRegistry;
  contexts: VendorContexts;
  vault: Vault;
  accounts: AccountBook;
  scheduler: Scheduler;
  inFlight: InFlight;
  endings: Endings;
  checks: Checks;
  renewalOf: RenewalOf;
  now(): number;
}

/** ms */
const retryAfter = 60_000;
/** What the plan of a session hangs on. */
const planned = ['state', 'expiresAt', 'grantedAt', 'checkedAt'] as const satisfies (keyof SessionRecord)[];

interface Renewed {
  context: VendorContext;
  grant: Grant;
  /** Since when an earlier refresh is unanswered. */
  unansweredAt: number | null;
}

export function createRenewals(options: RenewalsOptions): Renewals {
  const { registry, contexts, vault, accounts, scheduler, inFlight, endings, checks, renewalOf, now } =
    options;
  /** Tokens that came while the vault was locked. On disk they count as unanswered until they are sealed. */
  const unsealed = new Map<string, Renewed>();
  const locked = () => vault.view().state !== 'unlocked';

  registry.on.changed(({ id, before, after }) => {
    const renewed = unsealed.get(id);
    if (renewed && after?.state === 'ending') leave(id, renewed);
    else if (!renewed && planned.some((field) => before?.[field] !== after?.[field])) plan(id);
  });

  function plan(id: string) {
    const record = registry.get(id);
    if (record?.state !== 'active') {
      scheduler.drop(`refresh:${id}`);
      scheduler.drop(`run-out:${id}`);
      return;
    }
    // What is stored of it can't be read, so nothing can be asked of its vendor.
    if (record.vendor === '') return planRunOut(id, record.expiresAt);
    const vendor = contexts.vendor(record.vendor);
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
    if (record.refreshAt !== at) registry.patch(id, { refreshAt: at });
    if (at !== null) refreshAt(id, at);
    else scheduler.drop(`refresh:${id}`);
    planRunOut(id, record.expiresAt);
  }

  function planRunOut(id: string, at: number | null) {
    if (at !== null) scheduler.put(`run-out:${id}`, at, () => checks.runOut(id));
    else scheduler.drop(`run-out:${id}`);
  }

  /** At most one request of a session is on its way; what that brings plans the next one, or else this one tries again. */
  function refresh(id: string) {
    if (inFlight.has(id)) refreshAt(id, now() + retryAfter);
    else void inFlight.track(id, () => refreshNow(id));
  }

  function refreshAt(id: string, at: number) {
    scheduler.put(`refresh:${id}`, at, () => refresh(id));
  }

  /** The session goes on with its new token; while locked it only lies in memory. */
  function file(id: string, renewed: Renewed) {
    const { grant, unansweredAt } = renewed;
    unsealed.set(id, renewed);
    if (registry.get(id)?.state !== 'active') return leave(id, renewed);
    if (locked()) return planRunOut(id, grant.expiresAt);
    registry.move(id, 'activate', {
      event: 'refreshed',
      actor: 'timer',
      patch: {
        expiresAt: grant.expiresAt,
        grantedAt: now(),
        checkedAt: now(),
        checkFailure: null,
        unansweredAt,
      },
      also: () => contexts.keepGrant(id, grant.secret),
    });
    unsealed.delete(id);
    plan(id);
  }

  /** The new token of a session that is no longer active is kept to be ended. */
  function leave(id: string, { context, grant, unansweredAt }: Renewed) {
    unsealed.delete(id);
    registry.patch(id, { expiresAt: grant.expiresAt });
    registry.patchEnding(id, { tokenValidUntil: grant.expiresAt });
    if (!locked()) {
      contexts.keepGrant(id, grant.secret);
      registry.patch(id, { unansweredAt });
    }
    const unanswered = unansweredAt !== null;
    endings.end(id, {
      actor: 'timer',
      reason: registry.get(id)?.failure ?? undefined,
      material: { context, grant: grant.secret, pending: null, unanswered },
    });
  }

  async function refreshNow(id: string): Promise<void> {
    const record = registry.get(id);
    if (record?.state !== 'active') return;
    const vendor = contexts.vendor(record.vendor);
    if (!vendor.refresh) return;
    // An earlier refresh whose answer was lost stays on record for as long as the session lives.
    const { unansweredAt } = record;
    try {
      const secret = contexts.grant(id);
      const context = contexts.ofSession(record);
      if (vendor.refreshOpens && unansweredAt === null) registry.patch(id, { unansweredAt: now() });
      file(id, { context, grant: await vendor.refresh(context, secret), unansweredAt });
    } catch (error) {
      const failure = failureOf(error);
      if (error instanceof GatehouseError && !error.mayHaveWorked && failure.kind !== 'vault-locked')
        registry.patch(id, { unansweredAt });
      // While locked nothing can be refreshed; unlocking plans everything anew.
      if (failure.kind === 'vault-locked') return;
      registry.patch(id, { checkFailure: failure });
      if (failure.kind === 'expired' || failure.kind === 'refused-credentials') await checks.check(id);
      if (registry.get(id)?.state === 'active') {
        refreshAt(id, Math.max(now() + retryAfter, failure.until ?? 0));
      }
    }
  }

  return {
    async renew(id) {
      // What is on its way may renew it, too.
      await inFlight.quiet(id);
      const before = registry.get(id);
      const renewal = before?.state === 'active' ? renewalOf(before) : undefined;
      if (!renewal || renewal.not)
        throw new GatehouseError({
          kind: 'conflict',
          message: renewal?.not ?? 'The end of this session can’t be put off.',
        });
      await inFlight.track(id, () => refreshNow(id));
      const after = registry.get(id);
      if (after?.state !== 'active')
        throw new GatehouseError(
          after?.failure ?? { kind: 'expired', message: 'This session is over.', advice: 'Sign in again.' },
        );
      if (after.checkFailure) throw new GatehouseError(after.checkFailure);
    },

    resume(id) {
      const renewed = unsealed.get(id);
      if (renewed) file(id, renewed);
      else plan(id);
    },
  };
}
