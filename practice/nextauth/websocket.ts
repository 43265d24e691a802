import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { strangeness } from '../common/guard.ts';
import { logOut, provocable } from './log-in.ts';
import { push } from './provoke.ts';
import { base64url, type NextAuthState, type Signal, sameId, signal } from './state.ts';

const PATH = '/ws';

/**
 * The login-state socket at /ws: text frames `TYPE HSID SERVERID`, ids in base64url. When `on` is false every
 * handshake is refused with 503. Answers what ends it.
 */
export function addWebsocket(http: HttpServer, state: NextAuthState, on: boolean): () => Promise<void> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096 });
  const registered = new Map<WebSocket, Set<string>>();

  http.on('upgrade', (request, stream, head) => {
    const refused = refusalOf(request, on);
    if (refused) {
      stream.end(`HTTP/1.1 ${refused}\r\nconnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => {
      registered.set(socket, new Set());
      socket.on('message', (data, binary) => {
        if (!binary) receive(state, socket, registered.get(socket)!, String(data));
      });
      socket.on('close', () => registered.delete(socket));
      socket.on('error', () => socket.terminate());
    });
  });

  const tell = (what: Signal, hsid: string, serverid: string) => {
    const key = `${base64url(hsid)} ${base64url(serverid)}`;
    for (const [socket, keys] of registered) if (keys.has(key)) socket.send(`${what} ${key}`);
  };
  state.signals.on('signal', tell);

  return async () => {
    state.signals.off('signal', tell);
    for (const socket of sockets.clients) socket.terminate();
    await new Promise<void>((resolve) => sockets.close(() => resolve()));
  };
}

/** The status that refuses a handshake; null when it may go on. */
function refusalOf(request: IncomingMessage, on: boolean): string | null {
  if (strangeness(request)) return '403 Forbidden';
  if (!on) return '503 Service Unavailable';
  return request.url?.split('?')[0] === PATH ? null : '404 Not Found';
}

/** One frame of a client; what is not understood is passed over. */
function receive(state: NextAuthState, socket: WebSocket, keys: Set<string>, frame: string): void {
  const [type, hsid = '', serverid = ''] = frame.trim().split(/\s+/);
  // Only base64url: plain base64 ids are not what the socket takes.
  if (/[+/]/.test(hsid + serverid)) return;
  const server = state.servers.find((each) => sameId(each.serverid, serverid));
  const session = server && [...server.sessions.values()].find((each) => sameId(each.hsid, hsid));
  if (!server || !session) return;
  if (type === 'REGISTER') {
    const key = `${base64url(session.hsid)} ${base64url(server.serverid)}`;
    keys.add(key);
    socket.send(`${session.accountId === null ? 'LOGOUT' : 'LOGIN'} ${key}`);
    if (session.accountId === null && provocable(server, session)) socket.send(`CANPROVOKE ${key}`);
  } else if (type === 'PROVOKE') {
    const account = provocable(server, session);
    push(state, server, session, account ? [account] : [], session.context);
  } else if (type === 'LOGOUT') {
    const wasIn = session.accountId !== null;
    logOut(state, server, session);
    if (!wasIn) signal(state, server, session, 'LOGOUT');
  }
}
