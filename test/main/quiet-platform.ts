import { systemClock } from '#lib/scheduler.ts';
import type { Platform } from '../../main/core.ts';
import type { DesktopActions } from '../../main/ipc/handlers.ts';

/** What every core without a desktop is given: a machine that is online and in use, and that shows nothing. */
export const quietPlatform = {
  version: '1.0.0',
  clock: systemClock,
  idleSeconds: () => 0,
  online: () => true,
  resolveProxy: async () => 'DIRECT',
  publish: () => {},
  onPrompt: () => {},
  onLocked: () => {},
  onExpiring: () => {},
  openConsole: async () => {},
  closeConsole: () => {},
  showSignInPage: async () => {},
  updates: { off: { kind: 'not-found', message: 'No address for updates is set on this computer.' } },
  copy: () => 30,
  log: () => {},
} satisfies Partial<Platform>;

/** A desktop that does nothing of what the window asks of it. */
export const quietDesktop: DesktopActions = {
  startPractice: async () => ({ accounts: 0 }),
  stopPractice: async () => {},
  behavePractice: () => {},
  openPracticePage: async () => {},
  openDataFolder: async () => {},
  chooseTray: () => {},
  saveAs: async () => null,
  chooseFile: async () => null,
  copy: () => 30,
  settingsChanged: () => {},
  quit: () => {},
  askUpdate: () => {},
};
