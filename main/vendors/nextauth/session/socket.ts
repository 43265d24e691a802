import type { Agent } from 'node:http';
import { WebSocket } from 'ws';
import { mayReach } from '#http/base-url.ts';
import { assumptions, base64url } from '../assumptions.ts';

/** What the server says of one session (nextAuth manual, "Websocket"). */
const serverFrames = [
  'LOGIN',
  'LOGOUT',
  'CANPROVOKE',
  'CONFIRMSCAN',
  'CONFIRMPROVOKE',
  'CANCEL',
  'NOACCOUNTS',
] as const;
export type Frame = (typeof serverFrames)[number];

export interface SocketOptions {
  url: string;
  userAgent: string;
  agentFor(url: URL): Promise<Agent>;
  hsid: string;
  serverId: string;
  onOpen(): void;
  onFrame(frame: Frame): void;
  /** Called once, for whatever reason it closed or did not open; not after `close`. */
  onClose(): void;
}

/** The websocket address that the server at `baseUrl` names, if Gatehouse may speak to it; else null. */
export function socketUrl(text: string | undefined, baseUrl: string): string | null {
  if (!text || text.length > 2_048 || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isSocket = (url.protocol === 'wss:' || url.protocol === 'ws:') && !url.hash;
  return isSocket && mayReach(url, new URL(baseUrl)) ? url.href : null;
}

/** Opens the websocket and registers one session on it. A server that says more than a person can do loses it. */
export function openSocket(options: SocketOptions): { close(): void } {
  const ids = `${base64url(options.hsid)} ${base64url(options.serverId)}`;
  let socket: WebSocket | null = null;
  let silent = false;
  let heard = 0;
  let since = 0;
  /** Counts whatever the server sends; false when it is too much. */
  function bearable(): boolean {
    if (silent) return false;
    const { frames, within } = assumptions.socketRate;
    const now = performance.now();
    if (now - since >= within) {
      since = now;
      heard = 0;
    }
    heard += 1;
    if (heard > frames) socket?.terminate();
    return heard <= frames;
  }

  function over() {
    clearTimeout(late);
    if (!silent) options.onClose();
    silent = true;
  }

  function connect(agent: Agent) {
    // Nobody waits for it any more.
    if (silent) return;
    const opened = new WebSocket(options.url, {
      agent,
      headers: { 'user-agent': options.userAgent },
      rejectUnauthorized: true,
      followRedirects: false,
      perMessageDeflate: false,
      handshakeTimeout: assumptions.socketTimeout,
      maxPayload: 64 * 1024,
      maxFragments: 64,
    });
    socket = opened;
    opened.on('open', () => {
      clearTimeout(late);
      opened.send(`REGISTER ${ids}`);
      options.onOpen();
    });
    opened.on('message', (data, isBinary) => {
      if (!bearable() || isBinary || !Buffer.isBuffer(data) || data.length > assumptions.frameSize) return;
      const [type, ...rest] = String(data).trim().split(/\s+/);
      const frame = serverFrames.find((one) => one === type);
      if (frame && rest.map(base64url).join(' ') === ids) options.onFrame(frame);
    });
    opened.on('ping', bearable);
    opened.on('pong', bearable);
    // An error is always followed by a close.
    opened.on('error', () => {});
    opened.on('close', over);
  }

  // The handshake's own limit is on silence: a server may go on byte by byte, and so may whoever knows the way to it.
  const late = setTimeout(() => {
    if (socket) socket.terminate();
    else over();
  }, assumptions.socketTimeout);
  options.agentFor(new URL(options.url)).then(connect).catch(over);
  return {
    close() {
      silent = true;
      clearTimeout(late);
      socket?.terminate();
    },
  };
}
