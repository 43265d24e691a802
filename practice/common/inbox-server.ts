import Fastify from 'fastify';
import { addGuard } from './guard.ts';
import type { Inbox, Letter } from './inbox.ts';
import { escapeHtml, page } from './page.ts';
import type { PracticeServer } from './types.ts';

/** Looks every second for new letters and shows them without a reload, so that nobody loses their place. */
const REFRESH = `
let shown = document.getElementById('letters').innerHTML;
setInterval(async () => {
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    const now = page.getElementById('letters').innerHTML;
    if (now !== shown) document.getElementById('letters').innerHTML = shown = now;
  } catch {
    // The servers were stopped; what is shown stays.
  }
}, 1000);
`;

/** The inbox's own small server: a home page, `/inbox` for people, `/inbox.json?to=` for tests. */
export async function openInboxServer(
  inbox: Inbox,
  servers: () => PracticeServer[],
  port = 0,
): Promise<{ origin: string; close(): Promise<void> }> {
  const app = Fastify({ forceCloseConnections: true });
  addGuard(app);
  app.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store');
  });
  app.get('/', (_request, reply) => {
    reply.type('text/html; charset=utf-8').send(page('Practice servers', home(servers())));
  });
  app.get<{ Querystring: { to?: string } }>('/inbox', (request, reply) => {
    const letters = inbox.list(request.query.to).reverse();
    reply
      .type('text/html; charset=utf-8')
      .send(page('Practice inbox', list(letters, request.query.to), '/inbox.js'));
  });
  app.get('/inbox.js', (_request, reply) => {
    reply.type('text/javascript; charset=utf-8').send(REFRESH);
  });
  app.get<{ Querystring: { to?: string } }>('/inbox.json', async (request) => inbox.list(request.query.to));
  const origin = await app.listen({ host: '127.0.0.1', port });
  return { origin, close: () => app.close() };
}

function home(servers: PracticeServer[]): string {
  const parts = servers.map((server) => {
    const rows = server.people.map((person) => {
      const ways = [
        person.password && `password <code>${escapeHtml(person.password)}</code>`,
        person.apiKey && `key <code>${escapeHtml(person.apiKey)}</code>`,
        person.totpSecret && `authenticator <code>${escapeHtml(person.totpSecret)}</code>`,
      ].filter(Boolean);
      return `<tr><th scope="row">${escapeHtml(person.label)}<br><code>${escapeHtml(person.identity)}</code></th>
<td>${ways.join('<br>')}</td><td>${escapeHtml(person.note)}</td></tr>`;
    });
    const phone = server.phoneUrl
      ? `<p><a href="${escapeHtml(server.phoneUrl)}">Open the practice phone</a></p>`
      : '';
    const devices = server.devicesUrl
      ? `<p><a href="${escapeHtml(server.devicesUrl)}">Open the trusted devices</a></p>`
      : '';
    return `<h2>${escapeHtml(server.vendor)}</h2><p><code>${escapeHtml(server.url)}</code></p>${phone}${devices}
<div class="card scroll" tabindex="0" role="region" aria-label="People of ${escapeHtml(server.vendor)}"><table>
<thead><tr><th scope="col">Person</th><th scope="col">Way in</th><th scope="col">Note</th></tr></thead>
<tbody>${rows.join('')}</tbody></table></div>`;
  });
  return `<h1>Practice servers</h1><p class="soft">For training and tests. Nothing here leaves this machine, and nobody here is real.</p>
<p><a href="/inbox">Open the practice inbox</a></p>${parts.join('')}`;
}

function list(letters: Letter[], to: string | undefined): string {
  const cards = letters.map((letter) => {
    const long = (letter.code?.length ?? 0) > 10 ? ' long' : '';
    const code = letter.code ? `<p class="code${long}">${escapeHtml(letter.code)}</p>` : '';
    return `<article class="card"><header><strong>${escapeHtml(letter.subject)}</strong>
<span class="soft">${letter.medium === 'sms' ? 'SMS' : 'Mail'} · <time>${new Date(letter.at).toLocaleTimeString('en-GB')}</time></span></header>
<p class="soft">To ${escapeHtml(letter.to)} · from ${escapeHtml(letter.from)}</p>${code}<p>${escapeHtml(letter.text)}</p></article>`;
  });
  const empty = '<p>Nothing has arrived yet. PINs and recovery mails appear here by themselves.</p>';
  return `<h1>Practice inbox</h1><p class="soft">${to ? `Only to ${escapeHtml(to)}. ` : ''}<a href="/">All servers and people</a></p>
<div id="letters" aria-live="polite">${cards.join('') || empty}</div>`;
}
