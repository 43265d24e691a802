import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

const names = ['127.0.0.1', 'localhost', '[::1]'];

/** What a page may do in a browser that shows it: nothing comes from elsewhere, and nobody frames it. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Why a request is none of this server's callers', or null. Programs on this computer may call; in a browser only the
 * server's own pages may, and a person who follows a link. A name that was made to lead here (DNS rebinding) is no name of ours.
 */
export function strangeness(request: IncomingMessage): string | null {
  const { host = '', origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = request.headers;
  const port = request.socket.localPort;
  const own = names.flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  if (!own.includes(host.toLowerCase())) return 'This server answers to 127.0.0.1 and localhost only.';
  if (origin !== undefined && origin !== `http://${host}`)
    return 'Pages of other sites may not call this server.';
  const follows = mode === 'navigate' && request.method === 'GET';
  if (site === undefined || site === 'none' || site === 'same-origin' || follows) return null;
  return 'Pages of other sites may not call this server.';
}

/** Refuses what other sites' pages send, and keeps pages out of their frames. Call before any route is registered. */
export function addGuard(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const reason = strangeness(request.raw);
    if (reason) return reply.code(403).type('text/plain; charset=utf-8').send(reason);
    const isDoor = request.routeOptions.url?.startsWith('/__practice/') && request.method === 'POST';
    if (isDoor && !/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? ''))
      return reply.code(415).type('text/plain; charset=utf-8').send('This takes JSON only.');
  });
  app.addHook('onSend', async (_request, reply) => {
    reply.header('x-frame-options', 'DENY');
    reply.header('content-security-policy', policy);
  });
}
