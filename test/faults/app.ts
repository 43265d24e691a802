import { join } from 'node:path';
import { defaultSettings, type Settings } from '#contract/shapes.ts';
import { systemClock } from '#lib/scheduler.ts';
import { createCore } from '../../main/core.ts';
import { createHandlers } from '../../main/ipc/handlers.ts';
import { createRouter } from '../../main/ipc/router.ts';
import { quietDesktop, quietPlatform } from '../main/quiet-platform.ts';
import type { FromApp, ToApp } from './calls.ts';
import { longestLatency } from './faults.ts';
import { keyringIn } from './keyring.ts';

/**
 * The app without its window: the real core on a real database, and the real router, called over the channel to the
 * parent. It is started ahead of its turn and opens the database only when told to; it knows nothing of being killed.
 */
const send = (message: FromApp) => process.send?.(message);
const reportBug = (where: string, error: unknown) =>
  send({ bug: `${where}: ${error instanceof Error ? error.stack : String(error)}` });
const settings: Settings = { ...defaultSettings, autoLockMinutes: 0, onQuit: 'keep-all' };

/** `ahead`: ms by which this run's clock is ahead of the machine's. */
async function open(folder: string, ahead: number) {
  const core = createCore({
    ...quietPlatform,
    dataFolder: folder,
    host: 'crash test',
    clock: { ...systemClock, now: () => Date.now() + ahead },
    safeStorage: keyringIn(join(folder, 'keyring')),
    settings: { get: () => settings, change: () => settings },
    onUnlocked: () => core.sessions.resume(),
    lateness: longestLatency + 10,
    reportBug,
  });
  const handlers = createHandlers(core, quietDesktop);
  const route = createRouter({
    handlers,
    locked: core.isLocked,
    reportBug,
  });
  if (core.vault.view().state === 'new') await route('vault.create', { passphrase: null, recovery: false });
  else await route('vault.unlock', { passphrase: null });
  return route;
}

let route: Awaited<ReturnType<typeof open>> | null = null;

async function take(message: ToApp) {
  if ('open' in message) {
    route = await open(message.open, message.ahead);
    send({ opened: true });
  } else if (route) {
    send({ id: message.id, result: await route(message.channel, message.input) });
  }
}

process.on('message', (message: ToApp) => {
  take(message).catch((error: unknown) => {
    send({ bug: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  });
});
process.on('unhandledRejection', (error) => {
  send({ bug: `unhandled: ${error instanceof Error ? error.stack : String(error)}` });
});
// The parent is gone: nothing may be left running.
process.once('disconnect', () => process.exit(0));
send({ loaded: true });
