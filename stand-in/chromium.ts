import type { ChildProcess } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import { findChromium } from '../scripts/lib/programs.mjs';
import { theApp } from './app.ts';
import { hostFolder } from './folders.ts';

export interface Opening {
  /** What the first, empty page looks like until the address is loaded. */
  title: string;
  colour: string;
  width: number;
  height: number;
  x?: number | undefined;
  y?: number | undefined;
  /** A folder of its own for each partition; null is a temporary one. */
  partition: string | null;
  dark: 'dark' | 'light' | null;
  proxy?: { server: string; bypass: string } | null;
  webRtcPolicy?: string;
  /** Chromium runs as a process; it can't be talked to yet. */
  onStarted?: () => void;
}

/** Returns the installed Chromium. Throws when there is none. */
function installedChromium(): string {
  const found = findChromium();
  if (!found)
    throw new Error('No Chromium is installed. Install chromium, or name one in GATEHOUSE_CHROMIUM.');
  return found;
}

/** Opens a Chromium window without a browser frame, driven over a pipe; it ends when this process does. */
export async function openChromium(opening: Opening): Promise<{ context: BrowserContext; profile: string }> {
  const profile = opening.partition === null ? temporaryProfile() : hostFolder('profiles', opening.partition);
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  await freeProfile(profile);
  keepNoHistory(profile);
  const blank = `<title>${escapeHtml(opening.title)}</title><body style="background:${escapeHtml(opening.colour)}">`;
  // As in Electron, the switch opens a debugging port; tests get one without it.
  const debuggingPort =
    theApp.commandLine.getSwitchValue('remote-debugging-port') ||
    (process.env.GATEHOUSE_E2E === '1' ? '0' : '');
  const spawned = channel('tracing:child_process.spawn:end');
  const hear = (message: unknown) => {
    const { process: child } = message as { process: ChildProcess };
    if (child.spawnargs.includes(`--user-data-dir=${profile}`)) opening.onStarted?.();
  };
  spawned.subscribe(hear);
  const launching = chromium.launchPersistentContext(profile, {
    executablePath: installedChromium(),
    headless: false,
    viewport: null,
    colorScheme: opening.dark,
    reducedMotion: null,
    forcedColors: null,
    contrast: null,
    acceptDownloads: false,
    ...(opening.proxy ? { proxy: opening.proxy } : {}),
    chromiumSandbox: process.getuid?.() !== 0,
    handleSIGHUP: false,
    handleSIGINT: false,
    handleSIGTERM: false,
    ignoreDefaultArgs: [
      '--enable-automation',
      'about:blank',
      '--disable-popup-blocking',
      '--disable-infobars',
      '--unsafely-disable-devtools-self-xss-warnings',
    ],
    args: [
      `--app=data:text/html,${encodeURIComponent(blank)}`,
      '--test-type',
      '--noerrdialogs',
      '--deny-permission-prompts',
      '--disable-quic',
      `--class=${theApp.name}`,
      `--window-size=${opening.width},${opening.height}`,
      ...(opening.x === undefined || opening.y === undefined
        ? []
        : [`--window-position=${opening.x},${opening.y}`]),
      ...(debuggingPort ? [`--remote-debugging-port=${debuggingPort}`] : []),
      ...(opening.webRtcPolicy ? [`--webrtc-ip-handling-policy=${opening.webRtcPolicy}`] : []),
    ],
  });
  const context = await launching.finally(() => spawned.unsubscribe(hear));
  return { context, profile };
}

/** Electron keeps neither history nor tabs: titles of windows, which name accounts, must not come to lie on the disk here. */
function keepNoHistory(profile: string): void {
  const folder = join(profile, 'Default');
  mkdirSync(folder, { recursive: true });
  for (const name of ['History', 'History-journal', 'Sessions'])
    rmSync(join(folder, name), { recursive: true, force: true });
  // A file where the folder should be leaves no place for the tabs; no setting does.
  writeFileSync(join(folder, 'Sessions'), '');
  const file = join(folder, 'Preferences');
  const kept = existsSync(file) ? preferencesIn(file) : {};
  writeFileSync(file, JSON.stringify({ ...kept, history: { saving_disabled: true } }));
}

/** None of a file that a crash has cut off. */
function preferencesIn(file: string): object {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

const temporary = new Set<string>();

function temporaryProfile(): string {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-window-'));
  temporary.add(path);
  return path;
}

/** Removes the folder of a window that was to leave nothing behind, once its Chromium has stopped writing there. */
export async function dropProfile(profile: string): Promise<void> {
  if (!temporary.delete(profile)) return;
  const until = Date.now() + 5_000;
  while (anyoneUses(profile) && Date.now() < until) await new Promise((done) => setTimeout(done, 20));
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function anyoneUses(profile: string): boolean {
  if (process.platform !== 'linux') return false;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && usesProfile(Number(name), profile));
}

/**
 * Chromium's own lock names a host and a process. Our instance lock is held, so whoever still has the profile is a
 * Chromium of a killed run on its way out: wait for it, end it if it does not go, and remove what it left.
 */
async function freeProfile(profile: string): Promise<void> {
  const lock = join(profile, 'SingletonLock');
  let owner = '';
  try {
    owner = readlinkSync(lock);
  } catch {
    return;
  }
  const pid = Number(owner.slice(owner.lastIndexOf('-') + 1));
  if (owner === `${hostname()}-${pid}`) {
    const until = Date.now() + 5_000;
    while (usesProfile(pid, profile) && Date.now() < until) await new Promise((done) => setTimeout(done, 50));
    if (usesProfile(pid, profile)) process.kill(pid, 'SIGKILL');
  }
  for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket', 'DevToolsActivePort']) {
    rmSync(join(profile, name), { force: true });
  }
}

function usesProfile(pid: number, profile: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--user-data-dir=${profile}`);
  } catch {
    return false;
  }
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

if (process.getuid?.() === 0) {
  console.error('host: running as root, so Chromium runs without its sandbox (--no-sandbox)');
}
