import { WebSocket } from 'ws';
import { isLoopback } from '../address.ts';
import { assumptions, base64url } from './assumptions.ts';

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
  hsid: string;
  serverId: string;
  signal: AbortSignal;
  onFrame(frame: Frame): void;
  /** Called once, after the socket had opened, for whatever reason it closed. */
  onClose(): void;
}

/** A websocket address that Gatehouse may speak to: wss, or ws on this computer, without credentials; else null. */
export function socketUrl(text: string | undefined): string | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.username || url.password) return null;
  return url.protocol === 'wss:' || (url.protocol === 'ws:' && isLoopback(url)) ? url.href : null;
}

/** Opens the websocket and registers one session on it. Rejects when it does not open; `close` is silent afterwards. */
export function openSocket(options: SocketOptions): Promise<{ close(): void }> {
  const ids = `${base64url(options.hsid)} ${base64url(options.serverId)}`;
  const socket = new WebSocket(options.url, {
    headers: { 'user-agent': options.userAgent },
    handshakeTimeout: assumptions.socketTimeout,
    followRedirects: false,
    maxPayload: 64 * 1024,
  });
  return new Promise((resolve, reject) => {
    let opened = false;
    let silent = false;
    const close = () => {
      silent = true;
      options.signal.removeEventListener('abort', close);
      socket.terminate();
    };
    options.signal.addEventListener('abort', close);
    socket.on('open', () => {
      opened = true;
      socket.send(`REGISTER ${ids}`);
      resolve({ close });
    });
    socket.on('message', (data, isBinary) => {
      if (isBinary || silent) return;
      const [type, ...rest] = String(data).trim().split(/\s+/);
      const frame = serverFrames.find((one) => one === type);
      if (frame && rest.map(base64url).join(' ') === ids) options.onFrame(frame);
    });
    // An error is always followed by a close.
    socket.on('error', () => {});
    socket.on('close', () => {
      options.signal.removeEventListener('abort', close);
      if (!opened) reject(new Error('the websocket did not open'));
      else if (!silent) options.onClose();
    });
  });
}
