import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dump } from 'js-yaml';
import { signList } from '../../../scripts/lib/sign-list.mjs';

/** How the server treats whoever asks for the file. */
export interface Manners {
  /** Bytes after which the connection is cut, once for each number. */
  cuts: number[];
  /** Answers a range with the whole file. */
  noRanges: boolean;
  /** Where it sends on to. */
  redirect: string | null;
  /** In place of the file. */
  instead: Buffer | null;
  /** Without a length, and with as much again after the end. */
  tooMuch: boolean;
  status: number | null;
  /** Answers the list only when this has come. */
  wait: Promise<unknown>;
}

export interface UpdateServer {
  address: string;
  /** The makers' keys (PEM). */
  publicKey: string;
  privateKey: string;
  manners: Manners;
  /** Path and range of each request. */
  asked: string[];
  /** Offers a version with one file; `change` may spoil the list after it was signed. */
  offer(version: string, file: { name: string; bytes: Buffer; notes?: string }, change?: Change): void;
  close(): Promise<void>;
}

interface Change {
  /** Of the list, before it is signed. */
  list?: Record<string, unknown>;
  listName?: string;
  signedAs?: string;
  key?: string;
  /** After it was signed. */
  spoil?(list: string): string;
  unsigned?: boolean;
}

export function makeKeys() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

export const sha512 = (bytes: Buffer) => createHash('sha512').update(bytes).digest('base64');

/** A real update server on loopback, as a company would run one: files, ranges, and the faults that such servers have. */
export async function startUpdateServer(): Promise<UpdateServer> {
  const keys = makeKeys();
  const files = new Map<string, Buffer>();
  const asked: string[] = [];
  const manners: Manners = {
    cuts: [],
    noRanges: false,
    redirect: null,
    instead: null,
    tooMuch: false,
    status: null,
    wait: Promise.resolve(),
  };
  const server = createServer(async (request, response) => {
    const name = (request.url ?? '').slice(1);
    asked.push([name, request.headers.range].filter(Boolean).join(' '));
    const known = files.get(name);
    if (/\.yml(\.sig)?$/.test(name)) await manners.wait;
    if (!known) response.writeHead(404, { 'content-type': 'text/plain' }).end('none');
    else if (/\.yml(\.sig)?$/.test(name))
      response.writeHead(200, { 'content-type': 'text/plain' }).end(known);
    else sendFile(response, manners.instead ?? known, request.headers.range);
  });

  function sendFile(response: ServerResponse, bytes: Buffer, range: string | undefined) {
    if (manners.redirect) return void response.writeHead(302, { location: manners.redirect }).end();
    if (manners.status) return void response.writeHead(manners.status).end();
    const from = manners.noRanges ? 0 : Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const rest = bytes.subarray(from);
    if (manners.tooMuch) return void response.writeHead(200).write(rest, () => response.end(rest));
    const place = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...(from > 0 ? place : {}) });
    const cut = manners.cuts.shift();
    if (cut === undefined) response.end(rest);
    else response.write(rest.subarray(0, cut), () => setTimeout(() => response.destroy(), 20));
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...keys,
    manners,
    asked,
    offer(version, { name, bytes, notes }, change = {}) {
      const listName = change.listName ?? 'latest-linux.yml';
      const list = dump({
        version,
        files: [{ url: name, sha512: sha512(bytes), size: bytes.length }],
        path: name,
        sha512: sha512(bytes),
        releaseDate: '2026-11-24T10:00:00.000Z',
        ...(notes ? { releaseNotes: notes } : {}),
        ...change.list,
      });
      const signature = signList(
        change.signedAs ?? listName,
        Buffer.from(list),
        change.key ?? keys.privateKey,
      );
      files.set(name, bytes);
      files.set(listName, Buffer.from(change.spoil?.(list) ?? list));
      if (change.unsigned) files.delete(`${listName}.sig`);
      else files.set(`${listName}.sig`, Buffer.from(`${signature}\n`));
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
