import type * as Electron from 'electron';
import { app } from './app.ts';
import { offer } from './offer.ts';

/*
 * app://host/path is shown to Chromium as https://host.app.invalid/path. The .invalid names never resolve (RFC 6761),
 * and every request for them is answered here, before the network.
 */

type Handler = (request: Request) => Response | Promise<Response>;

const privileged = new Set<string>();
const handlers = new Map<string, Handler>();
const mapped = /^https:\/\/([^/:]+)\.([a-z][a-z0-9-]*)\.invalid(?=[/?#]|$)/;

/** app://… as Chromium sees it; any other address is left as it is. */
export function toPageUrl(url: string): string {
  const parts = /^([a-z][a-z0-9-]*):\/\/([^/?#]*)(.*)$/s.exec(url);
  if (!parts || !handlers.has(parts[1]!)) return url;
  return `https://${parts[2]}.${parts[1]}.invalid${parts[3] || '/'}`;
}

/** The reverse of toPageUrl: what main is shown. */
export function toAppUrl(url: string): string {
  const parts = mapped.exec(url);
  return parts && handlers.has(parts[2]!) ? `${parts[2]}://${parts[1]}${url.slice(parts[0].length)}` : url;
}

interface Asked {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Buffer | null;
}

interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Answers a request for an app address through main's handler; null when the address is no handled scheme's. */
export async function serve(asked: Asked): Promise<Answered | null> {
  const parts = mapped.exec(asked.url);
  const scheme = parts?.[2];
  const handler = scheme ? handlers.get(scheme) : undefined;
  if (!handler || !scheme) return null;
  const { method, headers } = asked;
  const bare = method === 'GET' || method === 'HEAD';
  const body = bare || !asked.body ? undefined : new Uint8Array(asked.body);
  const response = await handler(new Request(toAppUrl(asked.url), { method, headers, body }));
  const answer = Object.fromEntries(response.headers);
  const policy = answer['content-security-policy'];
  if (policy) answer['content-security-policy'] = mapPolicy(policy, scheme);
  return { status: response.status, headers: answer, body: Buffer.from(await response.arrayBuffer()) };
}

/** A policy that names the scheme or a host of it must name what Chromium sees. */
function mapPolicy(policy: string, scheme: string): string {
  return policy
    .replace(new RegExp(`(?<=[\\s;]|^)${scheme}://([^\\s;/]+)`, 'g'), `https://$1.${scheme}.invalid`)
    .replace(new RegExp(`(?<=[\\s;]|^)${scheme}:(?=[\\s;]|$)`, 'g'), `https://*.${scheme}.invalid`);
}

const offered: Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
> = {
  registerSchemesAsPrivileged(schemes) {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme } of schemes) privileged.add(scheme);
  },
  handle(scheme, handler) {
    if (!privileged.has(scheme))
      throw new Error(`host: protocol.handle needs a privileged scheme, '${scheme}' is none`);
    if (handlers.has(scheme)) throw new Error(`host: the scheme '${scheme}' is handled already`);
    handlers.set(scheme, handler as Handler);
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
};

export const protocol = offer('protocol', offered);
