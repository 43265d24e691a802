import { app, type Session, shell, type WebContents } from 'electron';
import { isLoopback, mayReach } from '#http/base-url.ts';
import { appOrigin } from './scheme.ts';

/** Hosts that a click may open in the person's browser; https only. */
const knownHosts: ReadonlySet<string> = new Set([
  'enhance.com',
  'apidocs.enhance.com',
  'www.cyclos.org',
  'documentation.cyclos.org',
  'docs.nextauth.com',
  'app.koyeb.com',
  'www.koyeb.com',
]);

export function mayOpenOutside(address: string): boolean {
  const url = URL.parse(address);
  return (
    url?.protocol === 'https:' && knownHosts.has(url.hostname) && url.username === '' && url.password === ''
  );
}

/** Whether a window may show an address that is not our own: https, or http on this computer. */
export function maySee(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** What a console may do in its own window: copy what the person clicks to copy, and fill the screen. */
const consolesMay: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/**
 * No permission is granted to a page, but those two to a console in the main frame of its own `origin`; and no page writes
 * a file: `onDownload` hears of each that was refused.
 */
export function confineSession(session: Session, onDownload: () => void, origin: string | null = null) {
  const grants = (permission: string, isMainFrame: boolean, asking: string) =>
    origin !== null && isMainFrame && consolesMay.has(permission) && URL.parse(asking)?.origin === origin;
  session.setPermissionRequestHandler((_contents, permission, answer, { isMainFrame, requestingUrl }) =>
    answer(grants(permission, isMainFrame, requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, asking, { isMainFrame }) =>
    grants(permission, isMainFrame, asking),
  );
  session.on('will-download', (event) => {
    event.preventDefault();
    onDownload();
  });
}

/** Nobody listens there, and only the system may begin to. */
const nowhere = 'socks5://127.0.0.1:1';

/**
 * Lets nothing of our own page reach a network: its policy doesn't bind WebRTC (Chromium knows no `webrtc` directive), so
 * every request but our own scheme's is cancelled, and what asks no request goes to a proxy that is not there.
 */
export function cutOff(session: Session) {
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const inside = url.startsWith(`${appOrigin}/`) || /^(data|blob):/.test(url);
    const tools = !app.isPackaged && url.startsWith('devtools://');
    answer({ cancel: !inside && !tools });
  });
  return session.setProxy({
    mode: 'fixed_servers',
    proxyRules: nowhere,
    proxyBypassRules: '<-loopback>',
  });
}

/** Where a page that is not the app's may move, by its contents' id. */
const grounds = new Map<number, (target: URL) => boolean>();

function setGround(contents: WebContents, ground: (target: URL) => boolean) {
  // Nothing can be asked of contents that are gone.
  const { id } = contents;
  grounds.set(id, ground);
  contents.on('destroyed', () => grounds.delete(id));
}

/** Makes a page one that is not the app's (a console, a practice page) and lets it move within its own origin. */
export const letRoam = (contents: WebContents, own: string) =>
  setGround(contents, ({ origin }) => origin === own);

/** The same for a page that leads from one server to others by itself: to any https, to this computer only from there. */
export const letWander = (contents: WebContents, start: URL) =>
  setGround(contents, (target) => mayReach(target, start));

function mayGo(contents: WebContents, address: string): boolean {
  const ground = grounds.get(contents.id);
  if (address.startsWith(`${appOrigin}/`)) return ground === undefined;
  const url = URL.parse(address);
  return url !== null && (ground?.(url) ?? false);
}

/** Our own page has no frames; a vendor's may, of secure origins. */
function mayFrame(contents: WebContents, address: string): boolean {
  const ground = grounds.get(contents.id);
  if (ground === undefined) return false;
  if (/^(about|blob|data):/.test(address)) return true;
  const url = URL.parse(address);
  return url !== null && (url.protocol === 'https:' || ground(url));
}

const clicks: ReadonlySet<string> = new Set(['mouseUp', 'keyDown', 'rawKeyDown', 'gestureTap']);

/** ms after a click or key in which a page may have asked because of it. */
const clickLasts = 1_000;

/** What a proxy ("proxy.example:8080") that asks a page for a sign-in is given; null: nothing. A server is given nothing. */
type AnswerProxy = (
  contents: WebContents,
  proxy: string,
  url: string,
) => { user: string; password: string } | null;

/**
 * Every page, whoever made it, stays where it belongs and opens nothing. Known https addresses go to the person's
 * browser when our own page asks after a click, one for each click.
 */
export function confineEverything(answerProxy: AnswerProxy = () => null) {
  app.on('web-contents-created', (_event, contents) => {
    let clickedAt = Number.NEGATIVE_INFINITY;
    contents.on('input-event', (_asked, { type }) => {
      if (clicks.has(type)) clickedAt = performance.now();
    });
    contents.on('will-navigate', (event) => {
      if (!mayGo(contents, event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      const may = event.isMainFrame ? mayGo : mayFrame;
      if (!may(contents, event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame && !mayFrame(contents, event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    // A page that would rather stay open is closed all the same: locking and quitting don't wait for it.
    contents.on('will-prevent-unload', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      const asked = performance.now() - clickedAt < clickLasts && !grounds.has(contents.id);
      if (asked && mayOpenOutside(url)) {
        clickedAt = Number.NEGATIVE_INFINITY;
        void shell.openExternal(url).catch(() => {});
      }
      return { action: 'deny' };
    });
  });
  app.on('select-client-certificate', (event, _contents, _url, _certificates, answer) => {
    event.preventDefault();
    answer();
  });
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  app.on('login', (event, contents, { url }, { isProxy, host, port }, answer) => {
    event.preventDefault();
    const signIn = isProxy && contents ? answerProxy(contents, `${host}:${port}`, url) : null;
    if (signIn) answer(signIn.user, signIn.password);
    else answer();
  });
}
