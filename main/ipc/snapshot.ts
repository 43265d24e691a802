import {
  type AppInfo,
  defaultSidebar,
  type Settings,
  type Sidebar,
  type Snapshot,
  type VaultState,
} from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Sessions } from '../sessions/index.ts';
import { describeVendor } from '../vendors/describe.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { Receipts } from '../workflows/receipts.ts';
import type { Shifts } from '../workflows/shifts.ts';

interface SnapshotOptions {
  vendors: Vendor[];
  accounts: AccountBook;
  sessions: Pick<Sessions, 'views' | 'prompts'>;
  shifts: Shifts;
  receipts: Receipts;
  sidebar: { view(): Sidebar };
  isLocked(): boolean;
  vault(): VaultState;
  settings(): Settings;
  info(): AppInfo;
}

/** Everything that the window shows, as it is now; while locked, nothing that names an account. */
export function createSnapshot(of: SnapshotOptions): () => Snapshot {
  return () => {
    const locked = of.isLocked();
    return {
      vendors: of.vendors.map(describeVendor),
      accounts: locked ? [] : of.accounts.all(),
      sessions: locked ? [] : of.sessions.views(),
      prompts: locked ? [] : of.sessions.prompts(),
      shifts: locked ? [] : of.shifts.all(),
      receipts: locked ? [] : of.receipts.all(),
      sidebar: locked ? defaultSidebar : of.sidebar.view(),
      vault: of.vault(),
      settings: of.settings(),
      appInfo: of.info(),
    };
  };
}
