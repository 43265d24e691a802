import { app, type Session, shell, type WebContents } from 'electron';
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

/** No permission is ever granted to a page. */
export function denyPermissions(session: Session) {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
}

/** Origins that one page may move about in beside the app's own. */
const ownOrigins = new Map<number, string>();

/** Lets a page that is not the app's (a practice page) move within its own origin. */
export function letRoam(contents: WebContents, origin: string) {
  ownOrigins.set(contents.id, origin);
  contents.on('destroyed', () => ownOrigins.delete(contents.id));
}

function mayGo(contents: WebContents, address: string): boolean {
  if (address.startsWith(`${appOrigin}/`)) return !ownOrigins.has(contents.id);
  return URL.parse(address)?.origin === ownOrigins.get(contents.id);
}

/** Every page, whoever made it, stays where it belongs and opens nothing; known https addresses go to the person's browser. */
export function confineEverything() {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!mayGo(contents, event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      if (mayOpenOutside(url)) void shell.openExternal(url);
      return { action: 'deny' };
    });
  });
}
