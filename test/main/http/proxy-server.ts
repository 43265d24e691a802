import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';

export interface TestProxy {
  host: string;
  port: number;
  /** "127.0.0.1:8080" */
  name: string;
  /** "CONNECT panel.example:443", or for SOCKS "SOCKS5 panel.example:443": each request, whatever became of it. */
  asked: string[];
  /** Every byte that the proxy was sent before its way was open, and every byte that it passed on afterwards. */
  heard: Buffer[];
  passed: Buffer[];
  /** What came with each request as a sign-in: "user:password". */
  signIns: string[];
  /** How many connections to it are open. */
  open(): number;
  /** Closes the tunnels that are open. */
  cut(): void;
  close(): Promise<void>;
}

export interface ProxyOptions {
  /** "user:password" without which no way is opened. */
  signIn?: string;
  /** The sign-in that it offers. */
  scheme?: string;
  /** Answers every request like this instead of opening a way. */
  status?: number;
  /** Speaks TLS with this certificate. */
  keys?: { key: string; cert: string };
  /** Where a name leads: "panel.example" to a port of this computer. */
  names?: Record<string, number>;
  /** Sent behind the words that open the way. */
  early?: string;
}

async function listening(server: Server, sockets: Set<Socket>, parts: object) {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket.on('error', () => {}));
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    ...{ host: '127.0.0.1', port, name: `127.0.0.1:${port}`, cut, open: () => sockets.size },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        cut();
      }),
    ...parts,
  };
}

/** Joins both ends; what passes is kept. */
function join(near: Socket, to: string, names: Record<string, number>, passed: Buffer[], opened: () => void) {
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(to) ?? [];
  const named = names[host];
  const far = connect(named ?? Number(port), named === undefined ? host : '127.0.0.1', () => {
    opened();
    near.on('data', (chunk: Buffer) => passed.push(chunk));
    far.on('data', (chunk: Buffer) => passed.push(chunk));
    near.pipe(far).pipe(near);
  });
  far.on('error', () => near.destroy());
  near.on('error', () => far.destroy()).on('close', () => far.destroy());
}

/** A real proxy on loopback that opens ways by CONNECT, and passes plain requests for other addresses on to nobody. */
export async function openProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const { signIn, scheme = 'Basic realm="desk"', status, keys, names = {}, early = '' } = options;
  const asked: string[] = [];
  const heard: Buffer[] = [];
  const passed: Buffer[] = [];
  const signIns: string[] = [];
  const server = keys ? createTlsServer(keys) : createServer();
  const refusal = (request: IncomingMessage): string | null => {
    const { method, url, headers } = request;
    asked.push(`${method} ${url}`);
    heard.push(Buffer.from(JSON.stringify([method, url, request.rawHeaders])));
    const given = Buffer.from(
      (headers['proxy-authorization'] ?? '').replace(/^Basic /, ''),
      'base64',
    ).toString();
    if (given) signIns.push(given);
    if (signIn && given !== signIn)
      return `HTTP/1.1 407 No\r\nproxy-authenticate: ${scheme}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
    return status === undefined
      ? null
      : `HTTP/1.1 ${status} No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
  };
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    const no = refusal(request);
    if (no) {
      socket.end(no);
      return;
    }
    join(socket, request.url ?? '', names, passed, () =>
      socket.write(`HTTP/1.1 200 Connection established\r\n\r\n${early}`),
    );
  });
  server.on('request', (request, response) => {
    refusal(request);
    response.writeHead(502).end();
  });
  return listening(server, new Set(), { asked, heard, passed, signIns }) as Promise<TestProxy>;
}

/** A real SOCKS5 proxy on loopback (RFC 1928, with user and password as in RFC 1929 where `signIn` is given). */
export async function openSocks({ signIn, names = {}, status }: ProxyOptions = {}): Promise<TestProxy> {
  const asked: string[] = [];
  const heard: Buffer[] = [];
  const passed: Buffer[] = [];
  const signIns: string[] = [];
  const server = createTcpServer(async (socket) => {
    const read = reader(socket, heard);
    try {
      const [, count = 0] = await read(2);
      const ways = await read(count);
      const way = signIn ? 2 : 0;
      if (!ways.includes(way)) return socket.end(Buffer.of(5, 255));
      socket.write(Buffer.of(5, way));
      if (signIn) {
        const [, userLength = 0] = await read(2);
        const user = (await read(userLength)).toString();
        const [passwordLength = 0] = await read(1);
        const given = `${user}:${(await read(passwordLength)).toString()}`;
        signIns.push(given);
        socket.write(Buffer.of(1, given === signIn ? 0 : 1));
        if (given !== signIn) return socket.end();
      }
      const [, , , kind] = await read(4);
      const host = kind === 1 ? (await read(4)).join('.') : (await read((await read(1))[0] ?? 0)).toString();
      const to = `${host}:${(await read(2)).readUInt16BE()}`;
      asked.push(`SOCKS5 ${to}`);
      read.stop();
      const answer = (code: number) => Buffer.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0);
      if (status !== undefined) return socket.end(answer(status));
      join(socket, to, names, passed, () => socket.write(answer(0)));
    } catch {
      socket.destroy();
    }
  });
  return listening(server, new Set(), { asked, heard, passed, signIns }) as Promise<TestProxy>;
}

/** Reads a stream by pieces of a known length. */
function reader(socket: Socket, heard: Buffer[]) {
  let held = Buffer.alloc(0);
  let wake = () => {};
  const hear = (chunk: Buffer) => {
    heard.push(chunk);
    held = Buffer.concat([held, chunk]);
    wake();
  };
  socket.on('data', hear).on('close', () => wake());
  const read = async (length: number): Promise<Buffer> => {
    while (held.length < length) {
      if (socket.destroyed) throw new Error('The other side is gone.');
      await new Promise<void>((done) => {
        wake = done;
      });
    }
    const piece = held.subarray(0, length);
    held = held.subarray(length);
    return piece;
  };
  return Object.assign(read, { stop: () => socket.off('data', hear) });
}
