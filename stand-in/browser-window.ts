import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type * as Electron from 'electron';
import type { BrowserContext, CDPSession, Page } from 'playwright';
import { preventable, theApp } from './app.ts';
import { Bridge, type FromPage } from './bridge.ts';
import { watchCertificates } from './certificates.ts';
import { dropProfile, openChromium } from './chromium.ts';
import type { Frame } from './frames.ts';
import { deliver } from './ipc.ts';
import { offer, offerWhileAlive } from './offer.ts';
import { routeRequests, watchRedirects } from './page-requests.ts';
import { askMain, openRelay, type Relay } from './proxy-relay.ts';
import { toAppUrl, toPageUrl } from './scheme.ts';
import { joinSession, leaveSession, networkOf, partitionOf, sessionFor } from './session.ts';
import { forcedTheme, onForcedTheme, surroundings } from './surroundings.ts';
import { type Contents, makeContents } from './web-contents.ts';

type Offered = Pick<
  Electron.BrowserWindow,
  | 'loadURL'
  | 'show'
  | 'showInactive'
  | 'hide'
  | 'focus'
  | 'blur'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'isVisible'
  | 'isFocused'
  | 'minimize'
  | 'isMinimized'
  | 'restore'
  | 'maximize'
  | 'unmaximize'
  | 'isMaximized'
  | 'isFullScreen'
  | 'setTitle'
  | 'getTitle'
  | 'getBounds'
  | 'setBounds'
  | 'getNormalBounds'
  | 'getSize'
  | 'setMenuBarVisibility'
  | 'setBackgroundColor'
  | 'setMenu'
  | 'setIcon'
  | 'removeMenu'
  | 'flashFrame'
  | 'setContentProtection'
  | 'id'
>;

interface Live {
  context: BrowserContext;
  page: Page;
  cdp: CDPSession;
  windowId: number;
  bridge: Bridge;
}

const windows = new Set<Window>();
const partitionsInUse = new Set<string>();
let count = 0;

/** Electron's window on one Chromium window. Made at once; Chromium comes up behind it. */
class Window extends EventEmitter implements Offered {
  readonly id = ++count;
  readonly webContents: Contents;
  waitingSends: [string, unknown[]][] = [];
  private options: Electron.BrowserWindowConstructorOptions;
  private partition: string;
  private preload: string | null;
  private live: Live | undefined;
  private starting: Promise<Live> | undefined;
  /** Settled when the Chromium of this window runs as a process, which is long before it can be talked to. */
  private started: Promise<void> = Promise.resolve();
  private bounds: { x: number; y: number; width: number; height: number };
  /** As it is when it is neither maximised nor minimised. */
  private normalBounds: { x: number; y: number; width: number; height: number };
  private title: string;
  /** Main has set a title, which then wins over the page's own. */
  private titled = false;
  private visible: boolean;
  private minimized = false;
  private maximized = false;
  private focused = false;
  /** show() was called and Chromium has not shown it yet. */
  private showing = false;
  /** Settled when the last Chromium of this window has left its profile. */
  private gone: Promise<void> = Promise.resolve();
  private destroyed = false;
  private closing = false;
  private readyToShow = false;
  /** The person closed Chromium's window, and main keeps the window. */
  private aside = false;
  /** The address that main loaded last, for a window that the person closed and main only hid. */
  private address = '';
  private expected = new Set<string>();
  /** The line on which redirects are watched. */
  private watched: CDPSession | undefined;
  private relay: Relay | undefined;
  /** Why the certificate of what is loading was refused: Chromium only calls that aborted here. */
  private refusedFor: string | null = null;
  private dropTheme: () => void;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    const web = options.webPreferences ?? {};
    refuseUnsafe(web);
    this.options = options;
    this.partition = web.session ? partitionOf(web.session) : (web.partition ?? '');
    this.preload = web.preload ? readFileSync(web.preload, 'utf8') : null;
    this.title = options.title ?? theApp.name;
    this.visible = options.show !== false;
    this.bounds = {
      x: options.x ?? 40,
      y: options.y ?? 40,
      width: options.width ?? 800,
      height: options.height ?? 600,
    };
    this.normalBounds = this.bounds;
    this.webContents = makeContents(
      {
        bridge: () => this.live?.bridge,
        load: (url) => this.loadURL(url),
        evaluate: (code, userGesture) => this.evaluate(code, userGesture),
        reload: () => void this.withLive(({ page }) => page.reload()),
        // A page that died gives no answer.
        crash: () => void this.withLive(({ cdp }) => cdp.send('Page.crash').catch(() => {})),
        isDestroyed: () => this.destroyed,
        isFocused: () => this.focused,
        isAside: () => this.aside,
        waitingSends: this.waitingSends,
      },
      this.partition,
    );
    this.dropTheme = onForcedTheme(
      (dark) => void this.withLive(({ page }) => page.emulateMedia({ colorScheme: dark })),
    );
    windows.add(this);
    theApp.openWindows.add(this);
    void this.begin();
    theApp.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    this.address = url;
    this.refusedFor = null;
    const target = toPageUrl(url);
    this.expected.add(target);
    this.webContents.emit('did-start-loading');
    let page: Page | undefined;
    try {
      const starting = this.starting ?? this.begin();
      await Promise.race([this.started, starting]);
      this.webContents.emit('did-start-navigation', { url, isMainFrame: true, isSameDocument: false }, url);
      const live = await starting;
      page = live.page;
      if (target === url) await this.watchServers(live);
      await page.goto(target, { waitUntil: 'load' });
      this.aside = false;
      for (const [channel, args] of this.waitingSends.splice(0)) this.live?.bridge.send(channel, args);
    } catch (error) {
      // What becomes of a window that the person closed meanwhile is settled in this turn.
      await new Promise((done) => setImmediate(done));
      if (this.aside && page?.isClosed()) return;
      const reason = this.destroyed ? 'ERR_FAILED' : (this.refusedFor ?? reasonOf(error));
      const errno = errorNumbers[reason] ?? -2;
      if (!this.destroyed) this.webContents.emit('did-fail-load', {}, errno, reason, url, true);
      throw Object.assign(new Error(`${reason} (${errno}) loading '${url}'`), { code: reason, errno, url });
    } finally {
      this.expected.delete(target);
    }
  }

  /** Runs code in the page; answers what its promise gives, or rejects with what it throws. */
  private async evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    const { cdp } = await (this.starting ?? this.begin());
    const options = { expression, userGesture, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Only where servers answer: our own scheme redirects nobody, and shows no certificate. */
  private async watchServers({ cdp, bridge }: Live): Promise<void> {
    if (this.watched === cdp) return;
    this.watched = cdp;
    const { verify } = networkOf(this.partition);
    const refused = (reason: string) => {
      this.refusedFor = reason;
    };
    if (verify)
      await watchCertificates(cdp, () => networkOf(this.partition).verify, refused, this.relay?.port);
    await watchRedirects(cdp, (url, frameId) => {
      const isMainFrame = bridge.isMainFrame(frameId);
      const properties = { url, isMainFrame, isSameDocument: false, frame: bridge.frames.get(frameId) };
      return !preventable(this.webContents, 'will-redirect', properties, url);
    });
  }

  /** Chromium's own proxy; one that may ask for a sign-in is behind a relay, which asks main. */
  private async proxyForChromium(): Promise<{ server: string; bypass: string } | null> {
    const { proxy, proxySignIns } = networkOf(this.partition);
    if (proxy.mode !== 'fixed_servers') return null;
    if (/^socks/.test(proxy.server)) return proxy;
    const server = /^https?:/.test(proxy.server) ? proxy.server : `http://${proxy.server}`;
    const signIn = (url: string, info: Electron.AuthInfo) => askMain(this.webContents, url, info);
    this.relay ??= await openRelay({ server, known: proxySignIns, signIn });
    return { server: this.relay.server, bypass: proxy.bypass };
  }

  private begin(): Promise<Live> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.started = promise;
    const starting = this.open(resolve);
    this.starting = starting;
    starting.catch((error) => {
      if (this.destroyed) return;
      console.error(`host: the window did not open: ${error instanceof Error ? error.message : error}`);
      theApp.exit(1);
    });
    return starting;
  }

  private async open(onStarted: () => void): Promise<Live> {
    const { partition, options } = this;
    // A window that comes back waits until its last Chromium has left the profile.
    await this.gone;
    const keeps = partition === '' || partition.startsWith('persist:');
    const name = partition === '' ? 'default' : encodeURIComponent(partition);
    const own = keeps && !partitionsInUse.has(name);
    if (own) partitionsInUse.add(name);
    const { context, profile } = await openChromium({
      ...this.bounds,
      ...(options.x === undefined ? { x: undefined, y: undefined } : {}),
      title: this.title,
      colour: options.backgroundColor ?? '#ffffff',
      partition: own ? name : null,
      dark: forcedTheme(),
      proxy: await this.proxyForChromium(),
      webRtcPolicy: this.webContents.webRtcPolicy,
      onStarted,
    });
    this.gone = new Promise<void>((done) => {
      context.once('close', () => {
        if (own) partitionsInUse.delete(name);
        void dropProfile(profile).finally(done);
      });
    });
    // One that leaves nothing behind is gone before this process is.
    if (!own) theApp.beforeExit.push(() => Promise.all([context.close(), this.gone]));
    await joinSession(partition, context);
    const page = context.pages()[0] ?? (await context.waitForEvent('page'));
    context.on('page', (other) => this.refusePage(other));
    const cdp = await context.newCDPSession(page);
    const bridge = new Bridge(cdp, {
      preload: this.preload,
      inSubFrames: options.webPreferences?.nodeIntegrationInSubFrames === true,
      onMessage: (message, frame, reply) => this.hear(message, frame, reply),
      onTop: (url) => this.arrived(url),
    });
    const [{ windowId }] = await Promise.all([
      cdp.send('Browser.getWindowForTarget'),
      bridge.start(),
      routeRequests(context, page, partition, {
        isExpected: (url) => this.expected.has(url.replace(/#.*$/, '')) || this.expected.has(url),
        mayNavigate: (url) => this.mayNavigate(url),
      }),
    ]);
    page.on('load', () => this.loaded());
    page.on('dialog', (dialog) => {
      const leaves = dialog.type() === 'beforeunload' && preventable(this.webContents, 'will-prevent-unload');
      void (leaves ? dialog.accept() : dialog.dismiss()).catch(() => {});
      if (dialog.type() === 'beforeunload' && !leaves) this.stays();
    });
    // Chromium itself cancels every download here.
    page.on('download', () => preventable(sessionFor(partition), 'will-download'));
    page.on('crash', () => this.crashed(live));
    page.on('close', () => this.chromiumClosed(live));
    const live: Live = { context, page, cdp, windowId, bridge };
    if (this.destroyed) {
      await context.close();
      return live;
    }
    this.live = live;
    return live;
  }

  private hear(message: FromPage, frame: Frame, reply: (message: object) => void): void {
    const { kind, value } = message;
    if (kind === 'invoke' || kind === 'send') void deliver(message, this.webContents, frame, reply);
    else if (kind === 'open') this.webContents.wantsWindow(toAppUrl(String(value)));
    else if (kind === 'focus') this.noteFocus(value === true);
    else if (kind === 'input') this.webContents.emit('input-event', {}, { type: value });
    else surroundings.note(kind, value);
  }

  private noteFocus(focused: boolean): void {
    if (this.focused === focused) return;
    this.focused = focused;
    this.emit(focused ? 'focus' : 'blur');
    theApp.emit(focused ? 'browser-window-focus' : 'browser-window-blur', {}, proxies.get(this));
  }

  private mayNavigate(url: string): boolean {
    const properties = { url, isMainFrame: true, isSameDocument: false, frame: this.webContents.mainFrame };
    return !preventable(this.webContents, 'will-navigate', properties, url);
  }

  /** about: and blob: addresses never ask the network, so main is asked once they are there, and the page is brought back. */
  private arrived(url: string): void {
    if (/^https?:/.test(url)) this.webContents.emit('did-navigate', {}, url, 200, 'OK');
    if (!/^(about|blob|data):/.test(url) || !this.address || this.expected.size > 0) return;
    if (this.mayNavigate(url)) return;
    void this.loadURL(this.address).catch(() => {});
  }

  private loaded(): void {
    void this.showTitle();
    this.webContents.emit('dom-ready', {});
    this.webContents.emit('did-finish-load');
    if (!this.readyToShow && process.env.GATEHOUSE_E2E_NO_READY !== '1') {
      this.readyToShow = true;
      this.emit('ready-to-show');
    }
    setImmediate(() => {
      if (!this.visible && !this.minimized) void this.setState('minimized');
    });
  }

  private async refusePage(other: Page): Promise<void> {
    const url = other.url();
    await other.close().catch(() => {});
    this.webContents.wantsWindow(toAppUrl(url));
  }

  /** A crashed page can't be used again, so main's next load opens Chromium anew. */
  private crashed(live: Live): void {
    if (this.live !== live) return;
    this.live = undefined;
    this.starting = undefined;
    void live.context.close().catch(() => {});
    this.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
  }

  /** The person closed Chromium's window. If main prevents the close, the window is hidden and comes back on show(). */
  private chromiumClosed(live: Live): void {
    if (this.live !== live) return;
    this.live = undefined;
    void live.context.close().catch(() => {});
    if (theApp.isExiting()) return;
    this.starting = undefined;
    // Main has been asked already.
    if (this.closing) {
      this.destroy();
      return;
    }
    if (preventable(this, 'close')) {
      this.aside = true;
      const wanted = this.showing;
      if (this.visible) this.hide();
      // Main asked for it while the close was still on its way here.
      if (wanted) this.show();
      return;
    }
    this.destroy();
  }

  /** Asks main, then the page, which may stay: `will-prevent-unload` decides. */
  close(): void {
    if (this.destroyed || this.closing) return;
    if (preventable(this, 'close')) theApp.closeRefused();
    else if (!this.live) this.destroy();
    else {
      this.closing = true;
      void this.unload(this.live);
    }
  }

  private async unload({ page, cdp }: Live): Promise<void> {
    try {
      const { result } = await cdp.send('Runtime.evaluate', { expression: 'window' });
      const { listeners } = await cdp.send('DOMDebugger.getEventListeners', { objectId: result.objectId! });
      if (listeners.some(({ type }) => type === 'beforeunload')) {
        await page.close({ runBeforeUnload: true });
        return;
      }
    } catch {
      // A page that can't be asked any more has nothing to say.
    }
    this.destroy();
  }

  private stays(): void {
    this.closing = false;
    theApp.closeRefused();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.dropTheme();
    windows.delete(this);
    const { live } = this;
    this.live = undefined;
    if (live) {
      leaveSession(this.partition, live.context);
      void live.context.close().catch(() => {});
    }
    this.relay?.close();
    this.webContents.emit('destroyed');
    this.emit('closed');
    theApp.windowGone(this);
  }

  isDestroyed = (): boolean => this.destroyed;
  isVisible = (): boolean => this.visible && !this.destroyed;
  isFocused = (): boolean => this.focused && this.visible;
  isMinimized = (): boolean => this.minimized;
  isMaximized = (): boolean => this.maximized;
  isFullScreen = (): boolean => false;

  show(): void {
    this.visible = true;
    this.minimized = false;
    this.showing = true;
    this.emit('show');
    if (!this.starting && this.address) void this.loadURL(this.address).catch(() => {});
    this.focus();
  }
  showInactive(): void {
    this.show();
  }
  hide(): void {
    this.visible = false;
    this.focused = false;
    this.emit('hide');
    if (this.starting) void this.setState('minimized');
  }
  focus(): void {
    void this.withLive(async ({ cdp, page, windowId }) => {
      const { bounds } = await cdp.send('Browser.getWindowBounds', { windowId });
      if (bounds.windowState === 'minimized')
        await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'normal' } });
      await page.bringToFront();
      this.showing = false;
    });
  }
  blur(): void {}
  minimize(): void {
    this.minimized = true;
    this.emit('minimize');
    void this.setState('minimized');
  }
  restore(): void {
    this.minimized = false;
    this.emit('restore');
    void this.setState('normal');
  }
  maximize(): void {
    this.maximized = true;
    this.emit('maximize');
    void this.setState('maximized');
  }
  unmaximize(): void {
    this.maximized = false;
    this.emit('unmaximize');
    void this.setState('normal');
  }

  private setState(windowState: 'normal' | 'minimized' | 'maximized'): Promise<void> {
    return this.withLive(({ cdp, windowId }) =>
      cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState } }),
    );
  }

  setTitle(title: string): void {
    this.title = title;
    this.titled = true;
    void this.showTitle();
  }
  private async showTitle(): Promise<void> {
    const expression = `document.title = ${JSON.stringify(this.title)}`;
    if (this.titled) await this.withLive(({ cdp }) => cdp.send('Runtime.evaluate', { expression }));
  }
  getTitle = (): string => this.title;

  getBounds(): Electron.Rectangle {
    void this.refreshBounds();
    return { ...this.bounds };
  }
  getNormalBounds(): Electron.Rectangle {
    void this.refreshBounds();
    return { ...this.normalBounds };
  }
  getSize = (): number[] => [this.bounds.width, this.bounds.height];
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const { minWidth = 0, minHeight = 0 } = this.options;
    const next = { ...this.bounds, ...bounds };
    this.bounds = {
      ...next,
      width: Math.max(next.width, minWidth),
      height: Math.max(next.height, minHeight),
    };
    this.normalBounds = this.bounds;
    const { x: left, y: top, width, height } = this.bounds;
    void this.withLive(({ cdp, windowId }) =>
      cdp.send('Browser.setWindowBounds', { windowId, bounds: { left, top, width, height } }),
    );
    this.emit('resize');
  }
  /** Bounds are Chromium's to know; the answer to getBounds is the last that was heard. */
  private refreshBounds(): Promise<void> {
    return this.withLive(async ({ cdp, windowId }) => {
      const { bounds } = await cdp.send('Browser.getWindowBounds', { windowId });
      const { left = 0, top = 0, width = 0, height = 0, windowState } = bounds;
      if (windowState === 'minimized' || width === 0) return;
      this.bounds = { x: left, y: top, width, height };
      if (windowState === 'normal') this.normalBounds = this.bounds;
    });
  }

  setBackgroundColor(): void {}
  setMenuBarVisibility(): void {}
  setMenu(): void {}
  removeMenu(): void {}
  setIcon(): void {}
  flashFrame(): void {}
  setContentProtection(): void {}

  /** For the host's own modules: puts text on the system's clipboard by way of this window. */
  copy(text: string): boolean {
    this.live?.bridge.copy(text);
    return this.live !== undefined;
  }
  async closed(): Promise<void> {
    await this.live?.context.close().catch(() => {});
  }

  private async withLive(task: (live: Live) => Promise<unknown>): Promise<void> {
    try {
      const live = await this.starting;
      if (live && this.live === live) await task(live);
    } catch (error) {
      if (this.live && !this.destroyed)
        console.error(`host: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    }
  }
}

function refuseUnsafe(web: Electron.WebPreferences): void {
  const wrong = [
    web.contextIsolation === false && 'contextIsolation: false',
    web.sandbox === false && 'sandbox: false',
    web.nodeIntegration === true && 'nodeIntegration: true',
    web.nodeIntegrationInWorker === true && 'nodeIntegrationInWorker: true',
    web.webSecurity === false && 'webSecurity: false',
    web.allowRunningInsecureContent === true && 'allowRunningInsecureContent: true',
    web.webviewTag === true && 'webviewTag: true',
  ].find(Boolean);
  if (wrong) throw new Error(`host: a window with ${wrong} is refused`);
}

const errorNumbers: Record<string, number> = {
  ERR_FAILED: -2,
  ERR_ABORTED: -3,
  ERR_BLOCKED_BY_CLIENT: -20,
  ERR_CONNECTION_REFUSED: -102,
  ERR_NAME_NOT_RESOLVED: -105,
  ERR_CERT_AUTHORITY_INVALID: -202,
};

/** Chromium's name for why a page was not loaded; one navigation that takes another's place aborts it. */
function reasonOf(error: unknown): string {
  const text = String(error);
  if (/interrupted by another navigation/.test(text)) return 'ERR_ABORTED';
  return /net::(ERR_\w+)/.exec(text)?.[1] ?? 'ERR_FAILED';
}

const all = () => [...windows].map((window) => proxies.get(window)!);
const proxies = new WeakMap<Window, Window>();

const Offering = new Proxy(Window, {
  construct(target, [options]: [Electron.BrowserWindowConstructorOptions?]) {
    const window = new target(options);
    const proxy = offerWhileAlive('BrowserWindow', window);
    proxies.set(window, proxy);
    theApp.emit('browser-window-created', {}, proxy);
    return proxy;
  },
});
export const BrowserWindow = offer(
  'BrowserWindow',
  Object.assign(Offering, {
    getAllWindows: all,
    getFocusedWindow: () => all().find((window) => window.isFocused()) ?? null,
    fromWebContents: (contents: Contents) => all().find((window) => window.webContents === contents) ?? null,
    fromId: (id: number) => all().find((window) => window.id === id) ?? null,
  }),
);

/** Puts a text on the system's clipboard through any open window; false when there is none. */
export const copyThroughWindow = (text: string): boolean => [...windows].some((window) => window.copy(text));

theApp.beforeExit.push(() => Promise.all([...windows].map((window) => window.closed())));
