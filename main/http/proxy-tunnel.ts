import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type Socket } from 'node:net';
import { type Hop, proxyName } from './proxy-route.ts';
import { strictTls } from './strict-tls.ts';

export interface ProxySignIn {
  user: string;
  password: string;
}

/** What a proxy can do instead of opening the way. */
export type ProxyTrouble =
  | 'UNREACHABLE'
  | 'CERTIFICATE'
  | 'NO_PROXY'
  | 'SIGN_IN_WANTED'
  | 'SIGN_IN_REFUSED'
  | 'SIGN_IN_UNKNOWN'
  | 'REFUSES'
  | 'IN_VAIN'
  | 'NO_WAY';

/** A proxy stood in the way. fetch keeps nothing of an error but its code, so all that is to be said is in it. */
export class ProxyFault extends Error {
  readonly code: string;
  readonly trouble: ProxyTrouble;
  constructor(trouble: ProxyTrouble, proxy: string, detail = '') {
    super('the proxy did not open the way');
    this.trouble = trouble;
    this.code = `GATEHOUSE_PROXY ${trouble} ${proxy} ${detail}`;
  }
}

interface Target {
  host: string;
  port: number;
}

/** Opens the way through one proxy to `target`; `ms` for all of it. Throws ProxyFault and nothing else. */
export function openTunnel(
  hop: Hop,
  target: Target,
  signIn: ProxySignIn | null,
  ms: number,
): Promise<Socket> {
  return hop.kind === 'socks4' || hop.kind === 'socks5'
    ? bySocks(hop, target, signIn, ms)
    : byConnect(hop, target, signIn, ms);
}

const bare = (host: string) => host.replace(/^\[|\]$/g, '');

function byConnect(hop: Hop, target: Target, signIn: ProxySignIn | null, ms: number): Promise<Socket> {
  const name = proxyName(hop);
  const host = bare(target.host);
  const to = `${isIP(host) === 6 ? `[${host}]` : host}:${target.port}`;
  const credentials = signIn && Buffer.from(`${signIn.user}:${signIn.password}`).toString('base64');
  const { request } = hop.kind === 'https' ? https : http;
  return new Promise((resolve, reject) => {
    const asked = request({
      host: bare(hop.host),
      port: hop.port,
      // Else Node takes it from the header, which names the server and not the proxy.
      servername: isIP(bare(hop.host)) ? '' : hop.host,
      method: 'CONNECT',
      path: to,
      agent: false,
      headers: { host: to, ...(credentials ? { 'proxy-authorization': `Basic ${credentials}` } : {}) },
      ...strictTls,
    });
    let reached = false;
    const late = setTimeout(() => fail(new ProxyFault(reached ? 'NO_PROXY' : 'UNREACHABLE', name)), ms);
    function fail(fault: ProxyFault) {
      clearTimeout(late);
      asked.destroy();
      reject(fault);
    }
    asked.once('socket', (socket) =>
      socket.once('connect', () => {
        reached = true;
      }),
    );
    asked.on('error', (error: NodeJS.ErrnoException) =>
      fail(new ProxyFault(troubleOf(error.code ?? '', reached), name)),
    );
    asked.once('connect', (answer: IncomingMessage, socket: Socket, first: Buffer) => {
      const fault = faultOf(answer, name, signIn !== null, first.length);
      if (!fault) {
        clearTimeout(late);
        resolve(socket);
        return;
      }
      socket.on('error', () => {}).destroy();
      fail(fault);
    });
    asked.end();
  });
}

/** Before the proxy has answered. */
function troubleOf(code: string, reached: boolean): ProxyTrouble {
  if (!reached) return 'UNREACHABLE';
  return /CERT|SIGNATURE|ISSUER|^INVALID_CA$/.test(code) ? 'CERTIFICATE' : 'NO_PROXY';
}

function faultOf(answer: IncomingMessage, name: string, signedIn: boolean, early: number): ProxyFault | null {
  const status = answer.statusCode ?? 0;
  // Whoever speaks first in the tunnel is not the server: it waits for us.
  if (status >= 200 && status < 300) return early === 0 ? null : new ProxyFault('NO_PROXY', name);
  if (status === 407) {
    const ways = String(answer.headers['proxy-authenticate'] ?? '');
    if (!/(^|,)\s*basic\b/i.test(ways)) return new ProxyFault('SIGN_IN_UNKNOWN', name);
    return new ProxyFault(signedIn ? 'SIGN_IN_REFUSED' : 'SIGN_IN_WANTED', name);
  }
  return new ProxyFault(status >= 500 || status === 404 ? 'IN_VAIN' : 'REFUSES', name, String(status));
}

/** What the library's sentences mean; the first that fits. */
const socksWords: [RegExp, ProxyTrouble][] = [
  [/Authentication failed/, 'SIGN_IN_REFUSED'],
  [/no accepted authentication type/, 'SIGN_IN_WANTED'],
  [/NotAllowed/, 'REFUSES'],
  [/rejected connection/i, 'IN_VAIN'],
  [/Invalid|invalid|unknown|Socket closed/, 'NO_PROXY'],
];

async function bySocks(hop: Hop, target: Target, signIn: ProxySignIn | null, ms: number): Promise<Socket> {
  const { SocksClient } = await import('socks');
  const own = signIn && hop.kind === 'socks5' ? { userId: signIn.user, password: signIn.password } : {};
  try {
    const { socket } = await SocksClient.createConnection({
      proxy: { host: bare(hop.host), port: hop.port, type: hop.kind === 'socks5' ? 5 : 4, ...own },
      command: 'connect',
      destination: { host: bare(target.host), port: target.port },
      timeout: ms,
    });
    return socket;
  } catch (error) {
    const said = error instanceof Error ? error.message : '';
    const trouble = socksWords.find(([words]) => words.test(said))?.[1] ?? 'UNREACHABLE';
    const refused = trouble === 'SIGN_IN_WANTED' && signIn !== null;
    throw new ProxyFault(refused ? 'SIGN_IN_REFUSED' : trouble, proxyName(hop));
  }
}
