import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Electron from 'electron';
import { getFolder, setFolder } from './folders.ts';
import { hasInstanceLock, releaseInstanceLock, takeInstanceLock } from './instance.ts';
import { offer } from './offer.ts';

type Offered = Pick<
  Electron.App,
  | 'whenReady'
  | 'isReady'
  | 'quit'
  | 'exit'
  | 'focus'
  | 'getPath'
  | 'setPath'
  | 'getName'
  | 'setName'
  | 'getVersion'
  | 'getAppPath'
  | 'getLocale'
  | 'requestSingleInstanceLock'
  | 'releaseSingleInstanceLock'
  | 'hasSingleInstanceLock'
  | 'setAsDefaultProtocolClient'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'disableHardwareAcceleration'
  | 'setBadgeCount'
  | 'getBadgeCount'
  | 'isPackaged'
  | 'name'
>;

interface Closable {
  close(): void;
}

const manifest = readManifest();

class App extends EventEmitter implements Offered {
  /** A test may see how the packed app starts. */
  readonly isPackaged = process.env.GATEHOUSE_E2E === '1' && process.env.GATEHOUSE_E2E_PACKED === '1';
  name = manifest.productName ?? manifest.name ?? 'Gatehouse';
  /** Chromium's switches of the program itself are not passed to a window. */
  readonly commandLine = offer('app.commandLine', {
    appendSwitch(_name: string, _value?: string): void {},
    hasSwitch: (name: string): boolean => process.argv.some((text) => text.split('=')[0] === `--${name}`),
    getSwitchValue: (name: string): string =>
      process.argv.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '',
  });
  /** Windows that are open now, and work to finish before the process may go. */
  readonly openWindows = new Set<Closable>();
  readonly beforeExit: (() => Promise<unknown>)[] = [];
  private ready = false;
  private quitting = false;
  private exiting = false;

  constructor() {
    super();
    setImmediate(() => {
      this.ready = true;
      this.emit('ready', {}, {});
    });
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => this.quit());
    process.on('disconnect', () => this.quit());
    // Electron only warns of a rejection that nobody caught; the process lives on.
    process.on('unhandledRejection', (error) => {
      if (process.listenerCount('unhandledRejection') === 1)
        console.error('host: unhandled rejection:', error);
    });
    // As in Electron, the process lives until it is told to go, with or without a window.
    setInterval(() => {}, 2 ** 30);
  }

  isReady = (): boolean => this.ready;
  whenReady = (): Promise<void> =>
    this.ready ? Promise.resolve() : new Promise((done) => this.once('ready', () => done()));

  getPath(name: string): string {
    return getFolder(name);
  }
  setPath(name: string, path: string): void {
    setFolder(name, path);
  }
  getName = (): string => this.name;
  setName(name: string): void {
    this.name = name;
  }
  getVersion = (): string => manifest.version ?? '0.0.0';
  getAppPath = (): string => process.cwd();
  getLocale = (): string => Intl.DateTimeFormat().resolvedOptions().locale;
  focus(): void {}

  requestSingleInstanceLock(data: Record<string, unknown> = {}): boolean {
    return takeInstanceLock(data, (start) =>
      this.emit('second-instance', {}, start.argv, start.cwd, start.data),
    );
  }
  releaseSingleInstanceLock(): void {
    void releaseInstanceLock();
  }
  hasSingleInstanceLock = hasInstanceLock;

  /** The stand-in registers nothing with the system; a deep link reaches it as a second start's argument. */
  setAsDefaultProtocolClient = (): boolean => false;
  /** Every window is sandboxed already. */
  enableSandbox(): void {}
  setAppUserModelId(): void {}
  /** As on a Linux desktop without a launcher that shows numbers. */
  setBadgeCount = (count = 0): boolean => count === 0;
  getBadgeCount = (): number => 0;
  disableHardwareAcceleration(): void {}

  /** before-quit, close every window, will-quit, quit; each of the first three can be prevented, as in Electron. */
  quit(): void {
    if (this.quitting || preventable(this, 'before-quit')) return;
    this.quitting = true;
    const open = [...this.openWindows];
    if (open.length === 0) this.finishQuit();
    for (const window of open) window.close();
  }

  /** A window stays, so the app does. */
  closeRefused(): void {
    if (!this.exiting) this.quitting = false;
  }

  private finishQuit(): void {
    if (preventable(this, 'will-quit')) this.quitting = false;
    else this.exit(0);
  }

  /** Ends at once without asking; windows are taken down with the process. */
  exit(code = 0): void {
    this.quitting = true;
    this.exiting = true;
    this.emit('quit', {}, code);
    const work = [...this.beforeExit.map((task) => task()), releaseInstanceLock()];
    void Promise.allSettled(work).then(() => process.exit(code));
  }

  isExiting = (): boolean => this.exiting;

  windowGone(window: Closable): void {
    this.openWindows.delete(window);
    if (this.openWindows.size > 0 || this.exiting) return;
    if (this.quitting) this.finishQuit();
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

/** Emits an event with preventDefault and these properties; true when a listener prevented it. */
export function preventable(
  emitter: EventEmitter,
  name: string,
  properties: object = {},
  ...details: unknown[]
): boolean {
  let prevented = false;
  const event = {
    ...properties,
    preventDefault() {
      prevented = true;
    },
    get defaultPrevented() {
      return prevented;
    },
  };
  emitter.emit(name, event, ...details);
  return prevented;
}

function readManifest(): { name?: string; productName?: string; version?: string } {
  const script = process.argv[1];
  const found = script ? findPackageJSON(pathToFileURL(script)) : undefined;
  if (!found) return {};
  // The folder beside a packed app.
  Object.assign(process, { resourcesPath: dirname(dirname(found)) });
  return JSON.parse(readFileSync(found, 'utf8'));
}

export const theApp = new App();
export const app = offer('app', theApp);
