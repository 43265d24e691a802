import { readFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { offer } from './offer.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** Online means: some network address that is not loopback. */
const isOnline = (): boolean =>
  Object.values(networkInterfaces()).some((list) => list?.some((address) => !address.internal));

export const net = offer('net', {
  isOnline,
  get online() {
    return isOnline();
  },
  /** For files only (the app scheme's handler); the network has its own way out in main. */
  async fetch(url: string): Promise<Response> {
    if (!url.startsWith('file:')) throw new Error('host: net.fetch is offered for file: addresses only');
    const path = fileURLToPath(url);
    const type = types[extname(path)] ?? 'application/octet-stream';
    return new Response(await readFile(path), { headers: { 'content-type': type } });
  },
});
