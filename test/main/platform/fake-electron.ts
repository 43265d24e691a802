import { EventEmitter } from 'node:events';

/*
 * Electron as the desktop rooms see it, keeping what they tell it: the stand-in host is safe by itself, which would hide
 * what is missing, and a person's clipboard, windows and notifications are no test's business.
 */

type Prevented = { preventDefault(): void; defaultPrevented: boolean };

/** Emits as Electron does; true when a listener prevented the default. */
export function emit(on: EventEmitter, name: string, properties: object = {}, ...rest: unknown[]): boolean {
  const event: Prevented = {
    ...properties,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true;
    },
  };
  on.emit(name, event, ...rest);
  return event.defaultPrevented;
}

type Handler = (...args: never[]) => unknown;

export class FakeSession extends EventEmitter {
  partition: string;
  cookiesSet: Record<string, unknown>[] = [];
  wiped: string[] = [];
  proxy: Record<string, unknown> | null = null;
  request: ((contents: unknown, permission: string, answer: (granted: boolean) => void) => void) | null =
    null;
  check: ((...args: unknown[]) => boolean) | null = null;
  before: ((details: { url: string }, answer: (verdict: { cancel: boolean }) => void) => void) | null = null;
  sendHeaders:
    | ((
        details: { url: string; requestHeaders: Record<string, string> },
        answer: (changed: { requestHeaders: Record<string, string> }) => void,
      ) => void)
    | null = null;
  headersFor: string[] = [];
  constructor(partition: string) {
    super();
    this.partition = partition;
  }
  setPermissionRequestHandler(handler: FakeSession['request']) {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['check']) {
    this.check = handler;
  }
  cookies = {
    set: async (cookie: Record<string, unknown>) => {
      await desktop.cookiesTake;
      this.cookiesSet.push(cookie);
    },
  };
  webRequest = {
    onBeforeRequest: (listener: FakeSession['before']) => {
      this.before = listener;
    },
    onBeforeSendHeaders: (filter: { urls: string[] } | null, listener: FakeSession['sendHeaders'] = null) => {
      this.headersFor = filter?.urls ?? [];
      this.sendHeaders = listener;
    },
  };
  async setProxy(proxy: Record<string, unknown>) {
    this.proxy = proxy;
  }
  async clearStorageData() {
    this.wiped.push('storage');
  }
  async clearCache() {
    this.wiped.push('cache');
  }
  async clearAuthCache() {
    this.wiped.push('auth');
  }
  async closeAllConnections() {
    this.wiped.push('connections');
  }
  /** Every answer that a page gets which asks for a permission, in both ways. */
  grants(name: string): boolean[] {
    const answers: boolean[] = [];
    this.request?.({}, name, (granted) => answers.push(granted));
    return [...answers, this.check?.({}, name) ?? true];
  }
}

let contentsMade = 0;

export class FakeContents extends EventEmitter {
  id = ++contentsMade;
  muted = false;
  webRtc = 'default';
  sent: unknown[][] = [];
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  setWindowOpenHandler(handler: FakeContents['openHandler']) {
    this.openHandler = handler;
  }
  setWebRTCIPHandlingPolicy(policy: string) {
    this.webRtc = policy;
  }
  setAudioMuted(muted: boolean) {
    this.muted = muted;
  }
  send(...args: unknown[]) {
    this.sent.push(args);
  }
  click() {
    this.emit('input-event', {}, { type: 'mouseUp' });
  }
  /** Whether the main frame may go there: by a link, and by a server's redirect. */
  goes(url: string): boolean {
    return !emit(this, 'will-navigate', { url, isMainFrame: true });
  }
  isRedirected(url: string, isMainFrame = true): boolean {
    return !emit(this, 'will-redirect', { url, isMainFrame });
  }
  frames(url: string): boolean {
    return !emit(this, 'will-frame-navigate', { url, isMainFrame: false });
  }
}

export class BrowserWindow extends EventEmitter {
  options: Record<string, unknown>;
  web: Record<string, unknown>;
  webContents = new FakeContents();
  visible: boolean;
  destroyed = false;
  loaded: string[] = [];
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    this.web = options.webPreferences as Record<string, unknown>;
    this.visible = options.show !== false;
    desktop.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string) {
    this.loaded.push(url);
    await desktop.load(this, url);
  }
  show() {
    this.visible = true;
    this.emit('show');
  }
  showInactive() {
    this.show();
  }
  hide() {
    this.visible = false;
  }
  focus() {}
  restore() {}
  isFocused = () => false;
  isMinimized = () => false;
  isVisible = () => this.visible;
  isDestroyed = () => this.destroyed;
  getBounds = () => ({ x: 0, y: 0, width: 1, height: 1 });
  destroy() {
    if (this.destroyed) return;
    this.destroyed = true;
    this.visible = false;
    this.webContents.emit('destroyed');
    this.emit('closed');
  }
}

export class Notification extends EventEmitter {
  title: string;
  body: string;
  open = true;
  constructor({ title, body }: { title: string; body: string }) {
    super();
    this.title = title;
    this.body = body;
  }
  static isSupported = () => true;
  show() {
    desktop.notifications.push(this);
  }
  close() {
    this.open = false;
    this.emit('close');
  }
}

export class ClipboardItem {
  items: Record<string, unknown>;
  constructor(items: Record<string, unknown>) {
    this.items = items;
  }
}

export class Tray extends EventEmitter {
  toolTip = '';
  labels: string[] = [];
  constructor() {
    super();
    desktop.tray = this;
  }
  setImage() {}
  setToolTip(text: string) {
    this.toolTip = text;
  }
  setContextMenu(menu: { label?: string }[]) {
    this.labels = menu.flatMap(({ label }) => label ?? []);
  }
  destroy() {}
}

/** What was told so far, and how the desktop behaves; `reset` begins anew. */
export const desktop = {
  windows: [] as BrowserWindow[],
  sessions: new Map<string, FakeSession>(),
  notifications: [] as Notification[],
  opened: [] as string[],
  boxes: [] as string[],
  told: [] as string[],
  exits: [] as number[],
  tray: null as Tray | null,
  clipboard: '',
  items: [] as ClipboardItem[],
  handlers: new Map<string, Handler>(),
  folder: '',
  switches: [] as string[],
  /** What loading a page does; settles at once unless a test says otherwise. */
  load: async (_window: BrowserWindow, _url: string): Promise<void> => {},
  cookiesTake: Promise.resolve() as Promise<unknown>,
  /** Settled by a test when the desktop is ready. */
  ready: new Promise<void>(() => {}),
};

export function reset() {
  Object.assign(desktop, {
    windows: [],
    notifications: [],
    opened: [],
    boxes: [],
    told: [],
    exits: [],
    items: [],
    clipboard: '',
    switches: [],
    load: async () => {},
    cookiesTake: Promise.resolve(),
  });
  desktop.sessions.clear();
  app.removeAllListeners();
}

const sessionOf = (partition: string) => {
  const found = desktop.sessions.get(partition) ?? new FakeSession(partition);
  desktop.sessions.set(partition, found);
  return found;
};

export const session = {
  get defaultSession() {
    return sessionOf('');
  },
  fromPartition: sessionOf,
};

const tell = (name: string) => () => void desktop.told.push(name);

export const app = Object.assign(new EventEmitter(), {
  isPackaged: false,
  commandLine: { hasSwitch: (name: string) => desktop.switches.includes(name) },
  enableSandbox: tell('enableSandbox'),
  setAppUserModelId: () => {},
  requestSingleInstanceLock: () => true,
  whenReady: () => desktop.ready.then(tell('ready')),
  getPath: () => desktop.folder,
  getVersion: () => '1.2.3',
  quit: tell('quit'),
  exit: (code: number) => void desktop.exits.push(code),
});

export const clipboard = {
  async write([item]: ClipboardItem[]) {
    desktop.items.push(item!);
    desktop.clipboard = String(item!.items['text/plain']);
  },
  async writeText(text: string) {
    desktop.clipboard = text;
  },
  readText: async () => desktop.clipboard,
  clear() {
    desktop.clipboard = '';
  },
};
export const dialog = {
  showErrorBox: (...words: string[]) => void desktop.boxes.push(words.join('\n')),
  showMessageBox: async () => ({ response: 1 }),
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
};
export const globalShortcut = { register: () => false };
export const ipcMain = { handle: (name: string, handler: Handler) => desktop.handlers.set(name, handler) };
export const Menu = { setApplicationMenu: () => {}, buildFromTemplate: (items: unknown) => items };
export const nativeImage = { createFromPath: () => ({}) };
export const nativeTheme = { themeSource: 'system' };
export const net = { isOnline: () => true };
export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 });
export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: Record<string, unknown> }[]) =>
    desktop.told.push(`schemes ${JSON.stringify(schemes)}`),
  handle: () => {},
};
export const safeStorage = {
  isEncryptionAvailable: () => false,
  getSelectedStorageBackend: () => 'basic_text',
};
export const shell = {
  openExternal: async (url: string) => void desktop.opened.push(url),
  openPath: async () => '',
};
export const utilityProcess = { fork: () => new EventEmitter() };
