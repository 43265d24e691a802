import type { FastifyInstance } from 'fastify';
import { type Place, userById } from './state.ts';

/**
 * The vendor's own front end, as far as a hand-over shows it: `<root>?sessionToken=<token>` signs in, and so does the header
 * Session-Token, which the real pages' calls to the API would carry.
 */
export function addConsolePage(app: FastifyInstance, place: Place): void {
  const { state, network } = place;
  app.get(
    network.path ? `/${network.path}` : '/',
    { config: { operation: 'console' } },
    async (request, reply) => {
      const asked = (request.query as { sessionToken?: unknown }).sessionToken;
      const token = asked ?? request.headers['session-token'];
      const session = typeof token === 'string' ? state.sessions.get(token) : undefined;
      const alive = session && session.network === network.path && session.expiresAt > state.clock.now();
      const user = alive ? userById(place, session.userId) : null;
      const line = user ? `Signed in as ${user.name}` : 'Nobody is signed in';
      return reply.type('text/html; charset=utf-8').send(page(network.name, line));
    },
  );
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

function page(title: string, line: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;margin:4rem auto;max-width:40rem;padding:0 1rem}</style>
<main><h1>${escaped(title)}</h1><p>${escaped(line)}</p></main></html>`;
}
