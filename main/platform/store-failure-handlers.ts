import { type Failure, GatehouseError } from '#contract/failure.ts';
import {
  type AppInfo,
  defaultSidebar,
  emptyNetwork,
  noUpdates,
  practiceOff,
  type Settings,
  type Snapshot,
} from '#contract/shapes.ts';
import { desktopSystem } from '#lib/desktop-system.ts';
import type { Handlers } from '../ipc/router.ts';

/** Why the core could not be opened, for the window; an error that nobody expected is told without its text. */
export function whyBroken(error: unknown): Failure {
  if (error instanceof GatehouseError) return error.failure;
  return {
    kind: 'internal',
    message: 'Gatehouse could not open its data because of an error in Gatehouse itself.',
    advice:
      'Restart Gatehouse. If it happens again, send the log from the data folder to your Gatehouse team.',
  };
}

/** As above, of a backup that was just put in the place of the database and can't be used either. */
export const backupBroken = ({ kind, message }: Failure): Failure => ({
  kind,
  message: `This backup can’t be used either. ${message}`,
  advice: 'Nothing has changed: what was there before is in its place again. Choose another one.',
});

interface WaysOut extends Pick<Handlers, 'app.quit' | 'app.openDataFolder'> {
  /** Puts a backup in the place of the files that can't be used, which it keeps aside, and opens that. */
  restoreBackup(name: string): Promise<void> | void;
  /** Keeps the files that can’t be used aside and begins with an empty desk. */
  startAnew(): Promise<void> | void;
}

/** What answers the window when the database can't be used: it says so, and does nothing to the file by itself. */
export function brokenHandlers(
  failure: Failure,
  appInfo: Pick<AppInfo, 'host' | 'version' | 'dataFolder' | 'backups'>,
  settings: () => Settings,
  { restoreBackup, startAnew, ...actions }: WaysOut,
): Handlers {
  const snapshot = (): Snapshot => ({
    vendors: [],
    accounts: [],
    sessions: [],
    prompts: [],
    shifts: [],
    receipts: [],
    sidebar: defaultSidebar,
    remoteEndings: [],
    vault: {
      state: 'broken',
      protection: [],
      keyring: { available: false, backend: '' },
      hasPassphrase: false,
      hasRecovery: false,
      failure,
      locksAt: null,
    },
    settings: settings(),
    appInfo: {
      ...appInfo,
      online: true,
      practice: practiceOff,
      storeFailure: failure,
      system: desktopSystem(),
      signOutShortcut: 'off',
      updates: noUpdates,
      network: emptyNetwork,
    },
  });
  const works: Partial<Handlers> = {
    ...actions,
    'store.restoreBackup': ({ name }) => restoreBackup(name),
    'store.startAnew': () => startAnew(),
    'state.snapshot': snapshot,
  };
  const refuse = () => {
    throw new GatehouseError(failure);
  };
  return new Proxy({} as Handlers, { get: (_none, channel) => Reflect.get(works, channel) ?? refuse });
}
