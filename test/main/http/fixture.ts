import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { generate } from 'selfsigned';
import { type Failure, GatehouseError } from '#contract/failure.ts';

export interface TestServer {
  origin: string;
  port: number;
  close(): Promise<void>;
  onUpgrade(upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): void;
}

export async function readAll(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function listen(server: Server, scheme: string): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${scheme}://127.0.0.1:${port}`,
    port,
    onUpgrade: (upgrade) => server.on('upgrade', upgrade),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const serve = (listener: RequestListener) => listen(createServer(listener), 'http');

export const serveTls = (keys: { key: string; cert: string }, listener: RequestListener) =>
  listen(createTlsServer(keys, listener), 'https');

const subject = (name: string) => [{ name: 'commonName', value: name }];

/** A certificate authority of the test's own. */
export async function makeAuthority(name = 'Test authority', valid: { from?: Date; to?: Date } = {}) {
  return generate(subject(name), {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: valid.from,
    notAfterDate: valid.to,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
}

/** A server's certificate for `names`; signed by `authority`, or by itself. */
export async function makeCertificate(
  names: { dns?: string; ip?: string },
  authority?: { private: string; cert: string },
  valid: { from?: Date; to?: Date } = {},
) {
  const made = await generate(subject(names.dns ?? names.ip ?? ''), {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: valid.from,
    notAfterDate: valid.to,
    ...(authority ? { ca: { key: authority.private, cert: authority.cert } } : {}),
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          ...(names.dns ? [{ type: 2 as const, value: names.dns }] : []),
          ...(names.ip ? [{ type: 7 as const, ip: names.ip }] : []),
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}

/** The failure that this work ends in; an error of another class, or none, fails the test. */
export async function failureOf(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof GatehouseError) return error.failure;
    throw error;
  }
  throw new Error('This should have failed.');
}
