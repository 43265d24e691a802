import type { Elsewhere } from '#contract/shapes.ts';
import type { Sessions } from '../sessions/index.ts';
import type { Vendor } from '../vendors/vendor.ts';

interface OpenElsewhereOptions {
  sessions: Pick<Sessions, 'all' | 'remote' | 'remoteEndings'>;
  vendors: Vendor[];
  /** ms since 1970. */
  now(): number;
}

/** ms between two looks at one account's list. */
const pause = 10 * 60_000;
/** Of one account's list only so many are told, and so many in all. */
const mostOfOne = 10;
const most = 100;

const keyOf = (accountId: string, remoteId: string) => `${accountId} ${remoteId}`;

interface Look {
  at: number;
  found: Elsewhere[];
}

/**
 * Which logins that are open here are open elsewhere, too, by the vendors' own lists, looked at gently: one account a call, in turns,
 * each at most every ten minutes. Where any use keeps a session alive it is looked at only once, or it would never run out. A look that fails is only a look.
 */
export function createOpenElsewhere({ sessions, vendors, now }: OpenElsewhereOptions) {
  const looks = new Map<string, Look>();
  let looking = false;
  /** The accounts of open orders to end one of these. */
  let pending = new Map<string, string>();
  const byId = new Map(vendors.map((vendor) => [vendor.id, vendor]));

  /** A session of each account whose vendor lists sessions. */
  function asking() {
    const found = new Map<string, { sessionId: string; vendor: Vendor }>();
    for (const { id, accountId, vendor: vendorId, state } of sessions.all()) {
      const vendor = byId.get(vendorId);
      if (state === 'active' && vendor?.remoteSessions && !found.has(accountId))
        found.set(accountId, { sessionId: id, vendor });
    }
    return found;
  }

  /** What was ordered to end is not told; once the order is over, done or withdrawn, its list is looked at again. */
  function takeUpOrders() {
    const before = pending;
    pending = new Map(
      sessions.remoteEndings().map(({ accountId, remoteId }) => [keyOf(accountId, remoteId), accountId]),
    );
    for (const [key, accountId] of before) {
      const look = looks.get(accountId);
      if (pending.has(key) || !look) continue;
      look.at = -Infinity;
      look.found = look.found.filter(({ remoteId }) => keyOf(accountId, remoteId) !== key);
    }
  }

  async function lookAt(accountId: string, sessionId: string) {
    const look: Look = { at: now(), found: looks.get(accountId)?.found ?? [] };
    looks.set(accountId, look);
    const list = await sessions.remote(sessionId);
    look.found = list
      .filter(({ mark }) => mark === 'other')
      .slice(0, mostOfOne)
      .map(({ id, where, browser, openedAt, canEnd }) => ({
        accountId,
        sessionId,
        remoteId: id,
        where,
        browser,
        openedAt,
        canEnd,
      }));
  }

  return {
    /** Looks at one more account, where one is due; returns what is known of all. Never throws for what a vendor can do. */
    async look(): Promise<Elsewhere[]> {
      const accounts = asking();
      takeUpOrders();
      for (const accountId of looks.keys()) if (!accounts.has(accountId)) looks.delete(accountId);
      const due = [...accounts]
        .map(([accountId, one]) => ({ accountId, ...one, last: looks.get(accountId)?.at ?? -Infinity }))
        .filter(({ last, vendor }) => {
          const usingExtends = vendor.refresh !== undefined && !vendor.refreshOpens;
          return last === -Infinity || (!usingExtends && now() - last >= pause);
        })
        .toSorted((a, b) => a.last - b.last)[0];
      if (due && !looking) {
        looking = true;
        await lookAt(due.accountId, due.sessionId)
          .catch(() => {})
          .finally(() => {
            looking = false;
          });
      }
      return [...looks.values()]
        .flatMap(({ found }) => found)
        .filter(({ accountId, remoteId }) => !pending.has(keyOf(accountId, remoteId)))
        .slice(0, most);
    },
    /** Drops what was seen. */
    forget() {
      looks.clear();
      pending.clear();
    },
  };
}
