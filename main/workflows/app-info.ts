import type { Failure } from '#contract/failure.ts';
import { type AppInfo, type Change, emptyNetwork, noUpdates, practiceOff } from '#contract/shapes.ts';
import { desktopSystem } from '#lib/desktop-system.ts';
import type { Scheduler } from '#lib/scheduler.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Sessions } from '../sessions/index.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';

interface AppInfoOptions {
  host: string;
  version: string;
  dataFolder: string;
  store: Store;
  vault: Vault;
  accounts: AccountBook;
  sessions: Pick<Sessions, 'online'>;
  scheduler: Scheduler;
  now(): number;
  /** Whether this machine has a network at all. */
  online(): boolean;
  publish(change: Change): void;
}

/** ms between looks at the network. */
const networkEvery = 30_000;

/** What the window shows of the app itself: where it runs, its network, its store, its practice servers. */
export function createAppInfo(options: AppInfoOptions) {
  const { accounts, sessions, scheduler, now } = options;
  let info: AppInfo = {
    host: options.host,
    version: options.version,
    online: options.online(),
    practice: practiceOff,
    storeFailure: null,
    backups: [],
    dataFolder: options.dataFolder,
    system: desktopSystem(),
    signOutShortcut: 'off',
    updates: noUpdates,
    network: emptyNetwork,
  };
  options.store.onFailure((storeFailure) => change({ storeFailure }));
  let told = false;
  options.vault.whenOpen(() => {
    const pages = accounts.unreadablePages();
    if (!told && pages > 0) change({ storeFailure: unreadableAccounts(pages) });
    told = true;
  });
  watchNetwork();

  function change(patch: Partial<AppInfo>) {
    info = { ...info, ...patch };
    options.publish({ entity: 'appInfo', value: info });
  }

  /** When the network comes back, what waited for it is tried at once. */
  function watchNetwork() {
    scheduler.put('network', now() + networkEvery, watchNetwork);
    const online = options.online();
    if (online === info.online) return;
    change({ online });
    if (online) sessions.online();
  }

  return { get: () => info, change };
}

function unreadableAccounts(pages: number): Failure {
  const part = pages === 1 ? 'A part' : `${pages} parts`;
  return {
    kind: 'vault-broken',
    message: `${part} of the list of accounts can’t be read: it is damaged, or was changed outside Gatehouse.`,
    advice: 'It is kept as it is. Put a backup in its place, or enter the accounts that are missing again.',
  };
}
