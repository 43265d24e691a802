import { createServer, type IncomingMessage, request } from 'node:http';
import { request as requestTls } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type * as Electron from 'electron';
import { preventable, theApp } from './app.ts';

interface RelayOptions {
  /** "http://proxy.example:8080", or https. */
  server: string;
  /** What the session knows by now: "user:password" by proxy. */
  known: Map<string, string>;
  /** Asks main's `login` listeners; null: nobody signs in. */
  signIn(url: string, info: Electron.AuthInfo): Promise<{ user: string; password: string } | null>;
}

/**
 * Stands between a window's Chromium and its proxy, and does what Chromium's network does in Electron when the proxy asks for a
 * sign-in: Playwright, which drives this Chromium, answers such questions itself and without main. For CONNECT only, as every
 * address that is not on this computer is https.
 */
export async function openRelay({ server, known, signIn }: RelayOptions) {
  const proxy = new URL(server);
  const port = Number(proxy.port || (proxy.protocol === 'https:' ? 443 : 80));
  const name = `${proxy.hostname}:${port}`;
  let asking: Promise<void> | null = null;
  const relay = createServer((_asked, answer) => answer.writeHead(501).end());

  /** The proxy's answer to one CONNECT, and the line that it came by. */
  const ask = (to: string, given: string | undefined): Promise<[IncomingMessage, Socket]> =>
    new Promise((done, fail) => {
      const open = proxy.protocol === 'https:' ? requestTls : request;
      const asked = open({
        host: proxy.hostname.replace(/^\[|\]$/g, ''),
        port,
        method: 'CONNECT',
        path: to,
        agent: false,
        headers: {
          host: to,
          ...(given ? { 'proxy-authorization': `Basic ${Buffer.from(given).toString('base64')}` } : {}),
        },
      });
      asked.on('connect', (answer: IncomingMessage, line: Socket) => done([answer, line]));
      asked.on('error', fail).end();
    });

  /** One that opens the way, or the last one that does not. */
  async function open(to: string): Promise<[IncomingMessage, Socket]> {
    for (;;) {
      // One question at a time: what it brings is good for all who wait.
      while (asking) await asking;
      const given = known.get(name);
      const answered = await ask(to, given);
      const [{ statusCode, headers }, line] = answered;
      if (statusCode !== 407) return answered;
      const [, scheme = '', realm = ''] =
        /^(\w+)(?:.*realm="([^"]*)")?/.exec(headers['proxy-authenticate'] ?? '') ?? [];
      const info = { isProxy: true, scheme: scheme.toLowerCase(), host: proxy.hostname, port, realm };
      while (asking) await asking;
      if (known.get(name) === given) {
        const question = signIn(`https://${to}/`, info);
        asking = question.then(() => {
          asking = null;
        });
        const answer = await question;
        if (!answer) return answered;
        known.set(name, `${answer.user}:${answer.password}`);
      }
      line.destroy();
    }
  }

  relay.on('connect', (asked: IncomingMessage, near: Socket, head: Buffer) => {
    near.on('error', () => {});
    open(asked.url ?? '').then(
      ([{ statusCode = 502 }, far]) => {
        far.on('error', () => near.destroy()).on('close', () => near.destroy());
        near.on('close', () => far.destroy());
        if (statusCode >= 300) {
          // One that nobody signed in to is told to Chromium as a way that did not open, as it would see it itself.
          near.end(`HTTP/1.1 ${statusCode === 407 ? 502 : statusCode} No\r\ncontent-length: 0\r\n\r\n`);
          far.destroy();
          return;
        }
        near.write('HTTP/1.1 200 OK\r\n\r\n');
        far.write(head);
        far.pipe(near).pipe(far);
      },
      () => near.end('HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n'),
    );
  });
  await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done));
  const own = relay.address() as AddressInfo;
  return {
    server: `http://127.0.0.1:${own.port}`,
    port: own.port,
    close() {
      relay.close();
      relay.closeAllConnections();
    },
  };
}

export type Relay = Awaited<ReturnType<typeof openRelay>>;

/** What a `login` listener of main's answers to a page's proxy; null: nothing, or there is none who cares. */
export function askMain(
  contents: object,
  url: string,
  info: Electron.AuthInfo,
): Promise<{ user: string; password: string } | null> {
  return new Promise((done) => {
    const answer = (user?: string, password = '') => done(user === undefined ? null : { user, password });
    if (!preventable(theApp, 'login', {}, contents, { url, pid: 0 }, info, answer)) answer();
  });
}
