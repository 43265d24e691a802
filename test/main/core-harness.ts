import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Account,
  type Change,
  defaultSettings,
  type Prompt,
  type Session,
  type SessionState,
  type Settings,
} from '#contract/shapes.ts';
import type { NetworkLine } from '#http/types.ts';
import { type Clock, systemClock } from '#lib/scheduler.ts';
import { type Core, createCore, type Platform } from '../../main/core.ts';
import { createHandlers, type DesktopActions } from '../../main/ipc/handlers.ts';
import { createRouter } from '../../main/ipc/router.ts';
import type { PracticePerson, PracticeServer } from '../../practice/common/types.ts';
import { quietDesktop, quietPlatform } from './quiet-platform.ts';
import { createKeyring, type TestKeyring } from './vault/keyrings.ts';

export interface TestApp {
  core: Core;
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

export const settingsForTests: Settings = { ...defaultSettings, autoLockMinutes: 0, onQuit: 'keep-all' };

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
export async function openTestApp(
  folder: string,
  {
    clock = systemClock,
    keyring = createKeyring(),
    lateness,
    showSignInPage = quietPlatform.showSignInPage,
    asStored = false,
    resolveProxy = quietPlatform.resolveProxy,
  }: {
    clock?: Clock;
    keyring?: TestKeyring;
    lateness?: number;
    showSignInPage?: Platform['showSignInPage'];
    asStored?: boolean;
    resolveProxy?: (url: string) => Promise<string>;
  } = {},
): Promise<TestApp> {
  const changes: Change[] = [];
  const log: NetworkLine[] = [];
  const bugs: [string, unknown][] = [];
  const copied: string[] = [];
  let settings = settingsForTests;
  const core = createCore({
    ...quietPlatform,
    dataFolder: folder,
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
    publish: (change) => changes.push(change),
    onUnlocked: () => core.sessions.resume(),
    copy(text) {
      copied.push(text);
      return 30;
    },
    log: (line) => log.push(line),
    showSignInPage,
    resolveProxy,
    ...(lateness === undefined ? {} : { lateness }),
    reportBug: (where, error) => bugs.push([where, error]),
  });
  if (!asStored) await (core.vault.view().state === 'new' ? core.vault.create(null) : core.unlock(null));

  function session(id: string): Session {
    const view = core.sessions.view(id);
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
    core,
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
      return core.accounts.add({ vendor: server.vendor, label, values, realm, tags: [], colour: 'teal' });
    },
    reach: (id, ...states) =>
      until(`session is ${states.join(' or ')}, not ${core.sessions.get(id)?.state}`, () => {
        const view = core.sessions.view(id);
        return view && states.includes(view.state) ? view : null;
      }),
    sealed(id, field) {
      const { accountId, vendor, baseUrl } = core.sessions.get(id)!;
      return core.vault.open(id, field, { accountId, vendor, origin: new URL(baseUrl).origin });
    },
    promptOf: (sessionId) => until('a prompt is open', () => core.sessions.promptOf(sessionId)),
  };
}

/** The app's own router, as the window calls it; `desktop` is what the desktop does when it is asked to. */
export function routerOf({ core, bugs }: TestApp, desktop: Partial<DesktopActions> = {}) {
  const handlers = createHandlers(core, { ...quietDesktop, ...desktop });
  return createRouter({
    handlers,
    locked: core.isLocked,
    reportBug: (where, error) => bugs.push([where, error]),
  });
}
