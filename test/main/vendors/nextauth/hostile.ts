import { createServer, type IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

/** A nextAuth server that says what a test tells it to: one virtual server, nobody ever signed in unless `loggedin` is set. */
export async function openHostile() {
  const polledAt: number[] = [];
  const sockets: { socket: WebSocket; at: number; request: IncomingMessage }[] = [];
  const told = {
    /** What the QR code says, before base64. */
    payload: 'hostile:first',
    hsid: 'aHNpZA==',
    loggedin: false,
    userid: 'mallory',
    serverName: 'Hostile',
    /** Devices that a push could go to. */
    accounts: [] as { id: number; description: string; userid: string }[],
    wsurl: '',
    /** Called for each websocket once the client has registered. */
    onSocket: (_socket: WebSocket, _ids: string): void => {},
  };
  const http = createServer((request, response) => {
    const path = request.url?.split('?')[0] ?? '';
    const json = (body: unknown) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    if (/^\/servers\/[^/]+\/$/.test(path))
      json({ serverid: 'AAAA', serverName: told.serverName, wsurl: told.wsurl });
    else if (path.endsWith('/accounts/')) json({ accounts: told.accounts });
    else if (path.endsWith('/sessions/logout')) response.end();
    else if (path.endsWith('/sessions/')) {
      polledAt.push(performance.now());
      const loginqrdata = Buffer.from(told.payload).toString('base64');
      json({ loggedin: told.loggedin, userid: told.userid, hsid: told.hsid, canprovoke: false, loginqrdata });
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  const server = new WebSocketServer({ server: http });
  server.on('connection', (socket, request) => {
    sockets.push({ socket, at: performance.now(), request });
    socket.on('error', () => {});
    socket.once('message', (data) => told.onSocket(socket, String(data).replace('REGISTER ', '')));
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  told.wsurl = `ws://127.0.0.1:${port}/`;
  return {
    url: `http://127.0.0.1:${port}`,
    values: { baseUrl: `http://127.0.0.1:${port}`, serverId: 'AAAA', apiKey: 'key-of-the-test' },
    told,
    /** When the session was asked for, ms. */
    polledAt,
    sockets,
    async close() {
      for (const { socket } of sockets) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
