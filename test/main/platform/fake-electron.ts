import { EventEmitter } from 'node:events';

/*
 * Electron as the desktop rooms see it, keeping what they tell it: the stand-in host is safe by itself, which would hide
 * what is missing, and a person's clipboard, windows and notifications are no test's business.
 */

interface Prevented {
  preventDefault(): void;
  defaultPrevented: boolean;
}

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

export interface MenuItem {
  label?: string;
  role?: string;
  enabled?: boolean;
  submenu?: MenuItem[];
  click?: () => void;
}

type Handler = (...args: never[]) => unknown;

export class FakeSession extends EventEmitter {
  partition: string;
  cookiesSet: Record<string, unknown>[] = [];
  wiped: string[] = [];
  proxy: Record<string, unknown> | null = null;
  request:
    | ((
        contents: unknown,
        permission: string,
        answer: (granted: boolean) => void,
        details: { isMainFrame: boolean; requestingUrl: string },
      ) => void)
    | null = null;
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
  /** What Chromium would answer of the ways to an address. */
  ways: (url: string) => string = () => 'DIRECT';
  async resolveProxy(url: string) {
    return this.ways(url);
  }
  verify: ((request: Record<string, unknown>, answer: (verdict: number) => void) => void) | null = null;
  setCertificateVerifyProc(verify: FakeSession['verify']) {
    this.verify = verify;
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
  async clearCodeCaches() {
    this.wiped.push('code');
  }
  async clearHostResolverCache() {
    this.wiped.push('names');
  }
  /** Every answer that a page gets which asks for a permission, in both ways. */
  grants(name: string, url = 'https://panel.example/home', isMainFrame = true): boolean[] {
    const answers: boolean[] = [];
    this.request?.({}, name, (granted) => answers.push(granted), { isMainFrame, requestingUrl: url });
    return [...answers, this.check?.({}, name, new URL(url).origin, { isMainFrame }) ?? true];
  }
}

let contentsMade = 0;

export class FakeContents extends EventEmitter {
  private made = ++contentsMade;
  gone = false;
  get id() {
    if (this.gone) throw new TypeError('Object has been destroyed');
    return this.made;
  }
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
    if (this.gone) throw new TypeError('Object has been destroyed');
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
  maximized = false;
  fullScreen = false;
  loaded: string[] = [];
  title: unknown;
  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    this.web = options.webPreferences as Record<string, unknown>;
    this.title = options.title;
    this.visible = options.show !== false;
    desktop.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }
  async loadURL(url: string) {
    this.loaded.push(url);
    if (desktop.begins) queueMicrotask(() => this.webContents.emit('did-start-navigation', {}, url));
    await desktop.load(this, url);
  }
  /** As Electron: what is gone answers nothing but that it is. */
  private needed() {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }
  setTitle(title: string) {
    this.needed();
    this.title = title;
  }
  show() {
    this.needed();
    this.visible = true;
    this.emit('show');
  }
  showInactive() {
    this.show();
  }
  hide() {
    this.needed();
    this.visible = false;
  }
  maximize() {
    this.maximized = true;
  }
  setOverlayIcon(image: { path: string } | null, text: string) {
    desktop.told.push(`overlay ${image?.path ?? 'none'} ${text}`);
  }
  setFullScreen(on: boolean) {
    this.fullScreen = on;
  }
  focus() {
    this.needed();
  }
  restore() {}
  isMaximized = () => this.maximized;
  isFullScreen = () => this.fullScreen;
  isFocused = () => false;
  isMinimized = () => false;
  isVisible = () => this.visible;
  isDestroyed = () => this.destroyed;
  getNormalBounds() {
    this.needed();
    return { x: 10, y: 20, width: 1000, height: 700 };
  }
  /** What the person does; true when main keeps the window. */
  close(): boolean {
    const kept = emit(this, 'close');
    if (!kept) this.destroy();
    return kept;
  }
  destroy() {
    this.needed();
    this.destroyed = true;
    this.visible = false;
    this.webContents.gone = true;
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
  image: string;
  /** How often it was given something. */
  set = 0;
  destroyed = false;
  constructor(image: { path: string }) {
    super();
    this.image = image.path;
    desktop.tray = this;
  }
  isDestroyed = () => this.destroyed;
  setImage(image: { path: string }) {
    this.set += 1;
    this.image = image.path;
  }
  setToolTip(text: string) {
    this.toolTip = text;
  }
  setContextMenu(menu: { label?: string }[]) {
    this.set += 1;
    this.labels = menu.flatMap(({ label }) => label ?? []);
  }
  destroy() {
    this.destroyed = true;
  }
}

const noKeyring = { mark: 'v10', name: '', failure: '', answers: Promise.resolve() as Promise<unknown> };

/** What was told so far, and how the desktop behaves; `reset` begins anew. */
export const desktop = {
  windows: [] as BrowserWindow[],
  sessions: new Map<string, FakeSession>(),
  notifications: [] as Notification[],
  opened: [] as string[],
  boxes: [] as string[],
  /** Questions that were asked, and the button that answers them. */
  asked: [] as string[],
  answer: 0,
  told: [] as string[],
  exits: [] as number[],
  tray: null as Tray | null,
  clipboard: '',
  items: [] as ClipboardItem[],
  handlers: new Map<string, Handler>(),
  folder: '',
  switches: [] as string[],
  folders: {} as Record<string, string>,
  menu: null as MenuItem[] | null,
  dockMenu: null as MenuItem[] | null,
  /** The jump list of Windows. */
  tasks: null as object[] | null,
  /** What is registered for the whole desktop, and whether another program has it. */
  keys: new Map<string, () => void>(),
  keysTaken: false,
  popups: [] as MenuItem[][],
  /** Work areas of the screens. */
  screens: [{ x: 0, y: 0, width: 1920, height: 1080 }],
  idle: 0,
  /** What loading a page does; settles at once unless a test says otherwise. */
  /** Whether the browser says that it has begun with a page. */
  begins: true,
  load: async (_window: BrowserWindow, _url: string): Promise<void> => {},
  cookiesTake: Promise.resolve() as Promise<unknown>,
  /** None on Linux unless a test says otherwise: what is sealed begins with the mark, what fails says so. */
  keyring: { ...noKeyring },
  /** Settled by a test when the desktop is ready. */
  ready: new Promise<void>(() => {}),
};

export function reset() {
  Object.assign(desktop, {
    windows: [],
    notifications: [],
    opened: [],
    boxes: [],
    asked: [],
    answer: 0,
    told: [],
    exits: [],
    items: [],
    clipboard: '',
    switches: [],
    folders: {},
    menu: null,
    dockMenu: null,
    tasks: null,
    keys: new Map(),
    keysTaken: false,
    popups: [],
    screens: [{ x: 0, y: 0, width: 1920, height: 1080 }],
    idle: 0,
    begins: true,
    load: async () => {},
    cookiesTake: Promise.resolve(),
    keyring: { ...noKeyring },
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
  setPath: (name: string, path: string) => {
    desktop.folders[name] = path;
  },
  getVersion: () => '1.2.3',
  setBadgeCount: (count: number) => desktop.told.push(`badge ${count}`) > 0,
  setUserTasks: (tasks: object[]) => {
    desktop.tasks = tasks;
    return true;
  },
  dock: {
    setMenu: (menu: MenuItem[]) => {
      desktop.dockMenu = menu;
    },
  },
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
  showMessageBox: async (...args: unknown[]) => {
    const { message, detail } = args.at(-1) as { message: string; detail?: string };
    desktop.asked.push(`${message}\n${detail ?? ''}`);
    return { response: desktop.answer };
  },
  showSaveDialog: async () => ({ canceled: true, filePath: '' }),
};
export const globalShortcut = {
  isRegistered: (keys: string) => desktop.keys.has(keys),
  register(keys: string, act: () => void) {
    if (desktop.keysTaken) return false;
    desktop.keys.set(keys, act);
    return true;
  },
  unregister: (keys: string) => void desktop.keys.delete(keys),
};
export const ipcMain = { handle: (name: string, handler: Handler) => desktop.handlers.set(name, handler) };
export const Menu = {
  setApplicationMenu: (menu: MenuItem[] | null) => {
    desktop.menu = menu;
  },
  buildFromTemplate: (items: MenuItem[]) =>
    Object.assign([...items], { popup: () => void desktop.popups.push(items) }),
};
export const nativeImage = { createFromPath: (path: string) => ({ path }) };
export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };
export const screen = { getAllDisplays: () => desktop.screens.map((workArea) => ({ workArea })) };
export const net = { isOnline: () => true };
export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => desktop.idle });
export const protocol = {
  registerSchemesAsPrivileged: (schemes: { scheme: string; privileges: Record<string, unknown> }[]) =>
    desktop.told.push(`schemes ${JSON.stringify(schemes)}`),
  handle: () => {},
};
export const safeStorage = {
  isAsyncEncryptionAvailable: async () => {
    await desktop.keyring.answers;
    return true;
  },
  getSelectedStorageBackend: () => desktop.keyring.name,
  encryptStringAsync: async (text: string) => {
    await desktop.keyring.answers;
    return Buffer.from(desktop.keyring.mark + Buffer.from(text).toString('hex'));
  },
  decryptStringAsync: async (sealed: Buffer) => {
    await desktop.keyring.answers;
    if (desktop.keyring.failure) throw new Error(desktop.keyring.failure);
    const result = Buffer.from(sealed.toString().slice(3), 'hex').toString();
    return { result, shouldReEncrypt: sealed.toString().slice(0, 3) !== desktop.keyring.mark };
  },
};
export const shell = {
  openExternal: async (url: string) => void desktop.opened.push(url),
  openPath: async () => '',
};
export const utilityProcess = { fork: () => new EventEmitter() };
