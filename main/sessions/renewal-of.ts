import type { Session } from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Vendor } from '../vendors/vendor.ts';

export type RenewalOf = (session: Pick<Session, 'vendor' | 'accountId' | 'expiresAt'>) => Session['renewal'];

/** How the end of a session can be put off; undefined where there is none, or its vendor has no way. */
export function createRenewalOf(vendors: Vendor[], accounts: Pick<AccountBook, 'find'>): RenewalOf {
  const byId = new Map(vendors.map((vendor) => [vendor.id, vendor]));
  return ({ vendor: vendorId, accountId, expiresAt }) => {
    const vendor = byId.get(vendorId);
    if (expiresAt === null || !vendor?.refresh) return undefined;
    const not = vendor.cannotRefresh?.(accounts.find(accountId)?.values ?? {});
    return { how: vendor.refreshOpens ? 'renew' : 'keep-alive', ...(not ? { not } : {}) };
  };
}
