import { type IncomingMessage, request } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';

/**
 * Speaks TLS with this certificate in front of a practice server of this computer, under whatever name it is asked; answers its
 * port.
 */
export async function openTlsFront(
  behind: number,
  keys: { key: string; cert: string },
): Promise<{ port: number; close(): Promise<void> }> {
  const server: Server = createServer(keys, (asked, answer) => {
    const passed = request({
      host: '127.0.0.1',
      port: behind,
      method: asked.method,
      path: asked.url,
      headers: { ...asked.headers, host: `127.0.0.1:${behind}` },
    });
    passed.on('response', (response: IncomingMessage) => {
      answer.writeHead(response.statusCode ?? 502, response.headers);
      response.pipe(answer);
    });
    passed.on('error', () => answer.destroy());
    asked.pipe(passed);
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
