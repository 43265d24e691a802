import { type Failure, GatehouseError } from '../../preload/contract/failure.ts';
import type { Settings, Snapshot } from '../../preload/contract/shapes.ts';
import type { Handlers } from '../ipc/router.ts';

/** Why the house could not be opened, for the window; an error that nobody expected is told without its text. */
export function whyBroken(error: unknown): Failure {
  if (error instanceof GatehouseError) return error.failure;
  return {
    kind: 'internal',
    message: 'Gatehouse could not open its data because of a fault of its own.',
    advice:
      'Restart Gatehouse. If it happens again, send the log from the data folder to your Gatehouse team.',
  };
}

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
