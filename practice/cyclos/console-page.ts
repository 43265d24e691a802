import type { FastifyInstance } from 'fastify';
import { escapeHtml, page } from '../common/page.ts';
import { channelRef } from './channels.ts';
import type { Session, User } from './model.ts';
import { type Place, userById } from './state.ts';

/**
 * The vendor's own front end, as far as a hand-over shows it: `<root>?sessionToken=<token>` signs in, and so do the header
 * Session-Token and the split cookie, which the real pages' calls to the API would carry. It says who is signed in.
 */
export function addConsolePage(app: FastifyInstance, place: Place): void {
  const { state, network } = place;
  app.get(
    network.path ? `/${network.path}` : '/',
    { config: { operation: 'console' } },
    async (request, reply) => {
      const { 'session-token': header, 'session-prefix': prefix } = request.headers;
      const split =
        typeof prefix === 'string' ? prefix + (request.cookies['Session-Token'] ?? '') : undefined;
      const token = (request.query as { sessionToken?: unknown }).sessionToken ?? header ?? split;
      const session = typeof token === 'string' ? state.sessions.get(token) : undefined;
      const alive = session && session.network === network.path && session.expiresAt > state.clock.now();
      const user = alive ? userById(place, session.userId) : null;
      const body = session && user ? whoIs(place, session, user) : '<p>Nobody is signed in</p>';
      return reply
        .type('text/html; charset=utf-8')
        .send(page(network.name, `<h1>${escapeHtml(network.name)}</h1>${body}`));
    },
  );
}

function whoIs(place: Place, session: Session, user: User): string {
  const rows: [string, string][] = [
    ['Login name', user.username],
    ['E-mail', user.email],
    ['Group', user.group.name],
    ['Channel', channelRef(place, session.channel).name ?? session.channel],
    ['Since', new Date(session.createdAt).toISOString()],
  ];
  const table = rows.map(([name, text]) => `<tr><th>${name}</th><td>${escapeHtml(text)}</td></tr>`);
  return `<p>Signed in as ${escapeHtml(user.name)}</p><table>${table.join('')}</table>`;
}
