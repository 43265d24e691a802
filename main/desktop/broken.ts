import { type Failure, GatehouseError } from '../../preload/contract/failure.ts';
import type { Settings, Snapshot } from '../../preload/contract/shapes.ts';
import type { Handlers } from '../ipc/router.ts';

/** What answers the window when the database can't be used: it says so, and does nothing to the file. */
export function brokenHandlers(
  failure: Failure,
  desk: { host: string; version: string; dataFolder: string },
  settings: () => Settings,
  actions: Pick<Handlers, 'desk.quit' | 'desk.openDataFolder'>,
): Handlers {
  const snapshot = (): Snapshot => ({
    vendors: [],
    accounts: [],
    sessions: [],
    prompts: [],
    shifts: [],
    receipts: [],
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
    desk: {
      ...desk,
      online: true,
      practice: { state: 'off', inboxUrl: null, phoneUrl: null, failure: null },
      storeFailure: failure,
      signOutShortcut: null,
    },
  });
  const works: Partial<Handlers> = { ...actions, 'state.snapshot': snapshot, 'tray.menu': () => [] };
  const refuse = () => {
    throw new GatehouseError(failure);
  };
  return new Proxy({} as Handlers, { get: (_none, channel) => Reflect.get(works, channel) ?? refuse });
}
