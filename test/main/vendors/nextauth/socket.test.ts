import { execFile } from 'node:child_process';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAgents } from '#http/agents.ts';
import { assumptions } from '../../../../main/vendors/nextauth/assumptions.ts';
import { nextauth } from '../../../../main/vendors/nextauth/index.ts';
import { openSocket, socketUrl } from '../../../../main/vendors/nextauth/session/socket.ts';
import { contextFor, newNetwork, promptOf } from '../practice-context.ts';
import { openHostile } from './hostile.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** How Gatehouse's websocket to this address ends: open, or closed before. */
function outcome(url: string): Promise<'open' | 'closed'> {
  return new Promise((resolve) => {
    const socket = openSocket({
      ...{ url, userAgent: 'test', hsid: 'aHNpZA==', serverId: 'AAAA' },
      agentFor: createAgents({ connectTimeout: 10_000 }).for,
      onOpen: () => resolve('open'),
      onFrame: () => {},
      onClose: () => resolve('closed'),
    });
    closing.push(socket.close);
  });
}

describe('the websocket', () => {
  test('refuses a certificate that nobody vouches for, whatever the environment says', async () => {
    const child = fileURLToPath(new URL('./self-signed-child.ts', import.meta.url));
    const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' };
    const { stdout } = await promisify(execFile)(process.execPath, [child], { env });
    expect(stdout.trim()).toBe('plain client open, Gatehouse closed');
  });

  test('follows no redirect', async () => {
    const hostile = await openHostile();
    closing.push(hostile.close);
    const asked = vi.fn();
    const redirecting = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => {
        asked();
        socket.end(`HTTP/1.1 302 Found\r\nlocation: ${hostile.told.wsurl}\r\ncontent-length: 0\r\n\r\n`);
      });
    });
    await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
    closing.push(() => redirecting.close());
    const address = redirecting.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await outcome(`ws://127.0.0.1:${port}/`)).toBe('closed');
    expect(asked).toHaveBeenCalledOnce();
    expect(hostile.sockets).toHaveLength(0);
  });

  test('offers no compression, so that a small frame can’t become a large one', async () => {
    const hostile = await openHostile();
    closing.push(hostile.close);
    expect(await outcome(hostile.told.wsurl)).toBe('open');
    expect(hostile.sockets[0]!.request.headers).not.toHaveProperty('sec-websocket-extensions');
  });

  test('gives up a handshake that a server draws out byte by byte', async () => {
    const { socketTimeout } = assumptions;
    Object.assign(assumptions, { socketTimeout: 300 });
    closing.push(() => Object.assign(assumptions, { socketTimeout }));
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => {}));
      socket.write('HTTP/1.1 101 Switching Protocols\r\nx: ');
      const timer = setInterval(() => socket.write('y'), 50);
      socket.on('close', () => clearInterval(timer));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = server.address();
    const began = performance.now();
    expect(await outcome(`ws://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`)).toBe(
      'closed',
    );
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  test('is not opened to this computer for a server that is elsewhere', async () => {
    const hostile = await openHostile();
    const network = newNetwork();
    closing.push(hostile.close, network.close);
    const here = contextFor({ network, values: hostile.values });
    const wsUrlOf = async (baseUrl: string) => {
      const { resume } = promptOf(await nextauth.begin({ ...here, baseUrl }, null, {}));
      return (resume as { wsUrl: string | null }).wsUrl;
    };
    expect(await wsUrlOf(hostile.url)).toBe(hostile.told.wsurl);
    // The same answer, from an account whose address is not on this computer.
    expect(await wsUrlOf('https://api.nextauth.example')).toBeNull();
    hostile.told.wsurl = 'wss://127.0.0.1:9/';
    expect(await wsUrlOf('https://api.nextauth.example')).toBeNull();
  });

  test('goes to safe addresses only', () => {
    const remote = 'https://api.example.com';
    expect(socketUrl('wss://ws.example.com/', remote)).toBe('wss://ws.example.com/');
    expect(socketUrl('ws://127.0.0.1:9/ws', 'http://127.0.0.1:4100')).toBe('ws://127.0.0.1:9/ws');
    for (const bad of [
      'ws://ws.example.com/',
      'https://ws.example.com/',
      'wss://a:b@ws.example.com',
      'wss://ws.example.com/#part',
      `wss://ws.example.com/${'x'.repeat(3_000)}`,
      'ws://127.0.0.1:9/ws',
      'wss://localhost/ws',
      'wss://[::ffff:127.0.0.1]/',
      '',
      undefined,
    ])
      expect(socketUrl(bad, remote)).toBeNull();
  });
});
