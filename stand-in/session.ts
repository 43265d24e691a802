import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { BrowserContext } from 'playwright';
import { offer } from './offer.ts';
import { type ProxyRules, rulesOf, systemProxy, wayTo } from './proxy-rules.ts';
import { toAppUrl, toPageUrl } from './scheme.ts';

type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;
type HeadersReceived = (
  details: Electron.OnHeadersReceivedListenerDetails,
  callback: (response: Electron.HeadersReceivedResponse) => void,
) => void;

type BeforeSendHeaders = (
  details: Electron.OnBeforeSendHeadersListenerDetails,
  callback: (response: Electron.BeforeSendResponse) => void,
) => void;
type Cookie = Parameters<BrowserContext['addCookies']>[0][number];

const contexts = new Map<string, Set<BrowserContext>>();
const sessions = new Map<string, ReturnType<typeof makeSession>>();

interface Rules {
  beforeRequest: BeforeRequest | null;
  headersReceived: HeadersReceived | null;
  sendHeaders: { prefixes: string[]; listener: BeforeSendHeaders } | null;
  /** Set by main; windows that open later begin with them. */
  cookies: Cookie[];
  /** For windows that open later. */
  proxy: ProxyRules;
  /** Sign-ins that proxies took from this session's pages: "user:password" by proxy. */
  proxySignIns: Map<string, string>;
  verify: Parameters<Electron.Session['setCertificateVerifyProc']>[0];
}

type Offered = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'clearStorageData'
  | 'clearCache'
  | 'clearCodeCaches'
  | 'clearHostResolverCache'
  | 'clearAuthCache'
  | 'closeAllConnections'
  | 'setProxy'
  | 'resolveProxy'
  | 'setCertificateVerifyProc'
  | 'getUserAgent'
  | 'isPersistent'
>;

function makeSession(partition: string) {
  const rules: Rules = {
    beforeRequest: null,
    headersReceived: null,
    sendHeaders: null,
    cookies: [],
    proxy: systemProxy,
    proxySignIns: new Map(),
    verify: null,
  };
  const open = () => [...(contexts.get(partition) ?? [])];
  const offered: Offered = {
    // Chromium refuses every permission here (see README), so a handler can't widen anything and is not asked.
    setPermissionRequestHandler: () => {},
    setPermissionCheckHandler: () => {},
    clearStorageData: async () => {
      rules.cookies = [];
      for (const context of open()) {
        await context.clearCookies();
        for (const page of context.pages()) {
          const cdp = await context.newCDPSession(page);
          const origin = new URL(page.url()).origin;
          await cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
          await cdp.detach();
        }
      }
    },
    clearCache: async () => {},
    clearCodeCaches: async () => {},
    clearHostResolverCache: async () => {},
    clearAuthCache: async () => rules.proxySignIns.clear(),
    closeAllConnections: async () => {},
    setProxy: async (config) => {
      rules.proxy = rulesOf(config);
    },
    resolveProxy: async (url) => wayTo(rules.proxy, url),
    setCertificateVerifyProc: (verify) => {
      rules.verify = verify;
    },
    getUserAgent: () => 'Gatehouse',
    isPersistent: () => partition === '' || partition.startsWith('persist:'),
  };
  const cookies: Pick<Electron.Cookies, 'get' | 'set' | 'remove'> = {
    get: async (filter) => {
      const all = await Promise.all(
        open().map((context) => context.cookies(filter.url ? toPageUrl(filter.url) : undefined)),
      );
      return all
        .flat()
        .filter((cookie) => !filter.name || cookie.name === filter.name)
        .map(({ expires, sameSite, ...cookie }) => ({
          ...cookie,
          ...(expires > 0 ? { expirationDate: expires } : {}),
          sameSite: sameSite === 'None' ? 'no_restriction' : sameSite === 'Strict' ? 'strict' : 'lax',
        }));
    },
    set: async ({ url, name = '', value = '', path, domain, httpOnly, secure, expirationDate }) => {
      const cookie = {
        name,
        value,
        httpOnly: httpOnly ?? false,
        secure: secure ?? false,
        expires: expirationDate ?? -1,
      };
      const place = { domain: domain ?? new URL(toPageUrl(url)).hostname, path: path ?? '/' };
      rules.cookies.push({ ...cookie, ...place });
      for (const context of open()) await context.addCookies([{ ...cookie, ...place }]);
    },
    remove: async (url, name) => {
      const { hostname } = new URL(toPageUrl(url));
      rules.cookies = rules.cookies.filter((one) => one.name !== name || one.domain !== hostname);
      for (const context of open()) await context.clearCookies({ name, domain: hostname });
    },
  };
  const webRequest = {
    onBeforeRequest(first: unknown, second?: BeforeRequest | null): void {
      rules.beforeRequest = pick(first, second, 'onBeforeRequest');
    },
    onHeadersReceived(first: unknown, second?: HeadersReceived | null): void {
      rules.headersReceived = pick(first, second, 'onHeadersReceived');
    },
    onBeforeSendHeaders(filter: { urls: string[] } | null, listener?: BeforeSendHeaders | null): void {
      const urls = filter?.urls ?? [];
      if (!urls.every((url) => /^https?:\/\/[^*]+\/\*$/.test(url))) {
        throw new Error('host: session.webRequest.onBeforeSendHeaders is offered for whole origins only');
      }
      rules.sendHeaders = listener ? { prefixes: urls.map((url) => url.slice(0, -1)), listener } : null;
    },
  };
  const parts = {
    ...offered,
    cookies: offer('session.cookies', cookies),
    webRequest: offer('session.webRequest', webRequest),
  };
  const session = offer('session', Object.assign(new EventEmitter(), parts));
  return { session, rules };
}

function pick<T>(first: unknown, second: T | null | undefined, name: string): T | null {
  if (typeof first === 'function' || first === null) return first as T | null;
  const { urls } = first as { urls?: string[] };
  if (urls?.some((url) => url !== '<all_urls>' && url !== '*://*/*')) {
    throw new Error(`host: session.webRequest.${name} is offered for all addresses only`);
  }
  return second ?? null;
}

function sessionOf(partition: string) {
  const found = sessions.get(partition) ?? makeSession(partition);
  sessions.set(partition, found);
  return found;
}

export const session = offer('session', {
  get defaultSession() {
    return sessionOf('').session;
  },
  fromPartition: (partition: string) => sessionOf(partition).session,
});

/** The session object of a partition ('' is the default one), and the partition of a session object. */
export const sessionFor = (partition: string): EventEmitter => sessionOf(partition).session;
/** How the pages of a partition reach servers, what proxies know of them, and who judges certificates. */
export const networkOf = (partition: string): Pick<Rules, 'proxy' | 'proxySignIns' | 'verify'> =>
  sessionOf(partition).rules;
export const partitionOf = (wanted: object): string =>
  [...sessions].find(([, { session }]) => session === wanted)?.[0] ?? '';

export async function joinSession(partition: string, context: BrowserContext): Promise<void> {
  const set = contexts.get(partition) ?? new Set();
  contexts.set(partition, set.add(context));
  context.on('close', () => set.delete(context));
  const { cookies } = sessionOf(partition).rules;
  if (cookies.length > 0) await context.addCookies(cookies);
}

/** The window is closing: what it stored goes with its profile, and nothing of it can be asked any more. */
export function leaveSession(partition: string, context: BrowserContext): void {
  contexts.get(partition)?.delete(context);
}

/** The headers that main's onBeforeSendHeaders wants instead; null when it was not asked for this address. */
export function changeSentHeaders(partition: string, url: string, requestHeaders: Record<string, string>) {
  const { sendHeaders } = sessionOf(partition).rules;
  if (!sendHeaders?.prefixes.some((prefix) => url.startsWith(prefix))) return null;
  const details = { url, requestHeaders, id: 0, timestamp: Date.now() };
  return new Promise<Record<string, string>>((done) => {
    sendHeaders.listener(details as unknown as Electron.OnBeforeSendHeadersListenerDetails, (changed) => {
      const headers = Object.entries(changed.requestHeaders ?? requestHeaders);
      done(Object.fromEntries(headers.map(([name, value]) => [name, [value].flat().join(', ')])));
    });
  });
}

/** Asks main's onBeforeRequest about a request; absent means no objection. */
export function askBefore(partition: string, asked: { url: string; method: string; resourceType: string }) {
  const { beforeRequest } = sessionOf(partition).rules;
  if (!beforeRequest) return Promise.resolve<Electron.CallbackResponse>({});
  const details = { ...asked, url: toAppUrl(asked.url), id: 0, timestamp: Date.now() };
  return new Promise<Electron.CallbackResponse>((done) => {
    beforeRequest(details as unknown as Electron.OnBeforeRequestListenerDetails, done);
  });
}

/** Lets main's onHeadersReceived change the headers of an answer from the app scheme. */
export async function changeHeaders(
  partition: string,
  url: string,
  status: number,
  headers: Record<string, string>,
) {
  const { headersReceived } = sessionOf(partition).rules;
  if (!headersReceived) return headers;
  const responseHeaders = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const details = { url: toAppUrl(url), statusCode: status, responseHeaders, id: 0, timestamp: Date.now() };
  const changed = await new Promise<Electron.HeadersReceivedResponse>((done) => {
    headersReceived(details as unknown as Electron.OnHeadersReceivedListenerDetails, done);
  });
  const after = changed.responseHeaders ?? responseHeaders;
  return Object.fromEntries(
    Object.entries(after).map(([name, value]) => [name.toLowerCase(), [value].flat().join(', ')]),
  );
}
