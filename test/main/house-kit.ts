import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account, Change, Prompt, Session, SessionState, Settings } from '#contract/shapes.ts';
import type { NetworkLine } from '#http/types.ts';
import { createHouse, type House } from '../../main/house.ts';
import { createHandlers, type DesktopActions } from '../../main/ipc/handlers.ts';
import { createRouter } from '../../main/ipc/router.ts';
import { type Clock, systemClock } from '../../main/sessions/agenda.ts';
import type { PracticePerson, PracticeServer } from '../../practice/common/server.ts';
import { createKeyring, type TestKeyring } from './vault/keyrings.ts';

export interface TestHouse {
  house: House;
  folder: string;
  changes: Change[];
  log: NetworkLine[];
  bugs: [string, unknown][];
  /** What was put on the clipboard, the newest last. */
  copied: string[];
  settings: Settings;
  /** Adds a practice person as an account. */
  add(server: PracticeServer, label: string): Account;
  person(server: PracticeServer, label: string): PracticePerson;
  session(id: string): Session;
  /** Waits until the session is in one of these states. */
  reach(id: string, ...states: SessionState[]): Promise<Session>;
  promptOf(sessionId: string): Promise<Prompt>;
  /** What is sealed with a session, as text. */
  sealed(sessionId: string, field: 'grant' | 'pending'): string | null;
}

export const settingsForTests: Settings = {
  theme: 'system',
  closeToTray: true,
  autoLockMinutes: 0,
  lockOnSuspend: true,
  notifications: true,
  warnBeforeExpiryMinutes: [30, 5],
  onQuit: 'keep-all',
  consolesOnLock: 'hide',
};

/** Polls until `check` gives something; fails after `ms`. */
export async function until<T>(
  what: string,
  check: () => T | undefined | null | false,
  ms = 8_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = check();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${ms} ms in vain until ${what}`);
    await new Promise((done) => setTimeout(done, 5));
  }
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'gatehouse-'));
}

export function removeFolder(folder: string) {
  rmSync(folder, { recursive: true, force: true });
}

/** All rooms of main on a real database, with a keyring in memory; unlocked, or as it was stored. */
export async function openTestHouse(
  folder: string,
  {
    clock = systemClock,
    keyring = createKeyring(),
    lateness,
    asStored = false,
  }: { clock?: Clock; keyring?: TestKeyring; lateness?: number; asStored?: boolean } = {},
): Promise<TestHouse> {
  const changes: Change[] = [];
  const log: NetworkLine[] = [];
  const bugs: [string, unknown][] = [];
  const copied: string[] = [];
  let settings = settingsForTests;
  const house = createHouse({
    dataFolder: folder,
    version: '1.0.0',
    host: 'tests',
    clock,
    safeStorage: keyring,
    settings: {
      get: () => settings,
      change: (patch) => {
        settings = { ...settings, ...patch };
        return settings;
      },
    },
    idleSeconds: () => 0,
    online: () => true,
    publish: (change) => changes.push(change),
    request: () => {},
    onPrompt: () => {},
    onUnlocked: () => house.resume(),
    onLocked: () => {},
    onExpiring: () => {},
    openConsole: async () => {},
    closeConsole: () => {},
    copy(text) {
      copied.push(text);
      return 30;
    },
    log: (line) => log.push(line),
    ...(lateness === undefined ? {} : { lateness }),
    reportBug: (where, error) => bugs.push([where, error]),
  });
  if (!asStored) await (house.vault.view().state === 'new' ? house.vault.create(null) : house.unlock(null));

  function session(id: string): Session {
    const view = house.book.view(id);
    if (!view) throw new Error(`no session ${id}`);
    return view;
  }

  function person(server: PracticeServer, label: string): PracticePerson {
    const found = server.people.find((one) => one.label === label);
    if (!found)
      throw new Error(`no practice person ${label}: ${server.people.map((p) => p.label).join(', ')}`);
    return found;
  }

  return {
    house,
    folder,
    changes,
    log,
    bugs,
    copied,
    settings,
    session,
    person,
    add(server, label) {
      const { values, realm = null } = person(server, label).account;
      return house.accounts.add({ vendor: server.vendor, label, values, realm, tags: [], colour: 'teal' });
    },
    reach: (id, ...states) =>
      until(`session is ${states.join(' or ')}, not ${house.book.get(id)?.state}`, () => {
        const view = house.book.view(id);
        return view && states.includes(view.state) ? view : null;
      }),
    sealed(id, field) {
      const { accountId, vendor, baseUrl } = house.book.get(id)!;
      return house.vault.open(id, field, { accountId, vendor, origin: new URL(baseUrl).origin });
    },
    promptOf: (sessionId) => until('a prompt is open', () => house.prompts.ofSession(sessionId)),
  };
}

/** The house's own router, as the window calls it; `desktop` is what the desktop does when it is asked to. */
export function routerOf({ house, bugs }: TestHouse, desktop: Partial<DesktopActions> = {}) {
  const handlers = createHandlers(house, {
    startPractice: async () => ({ accounts: 0 }),
    openPracticePage: async () => {},
    openDataFolder: async () => {},
    chooseTray: () => {},
    trayMenu: () => [],
    saveAs: async () => null,
    copy: () => 30,
    settingsChanged: () => {},
    quit: () => {},
    ...desktop,
  });
  return createRouter({
    handlers,
    locked: house.locked,
    reportBug: (where, error) => bugs.push([where, error]),
  });
}
