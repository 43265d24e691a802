import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { vendors } from '../../main/vendors/registry.ts';
import { type Exchange, exchanges } from './exchange.ts';
import { hold } from './hold.ts';
import { quirks } from './quirks.ts';
import { held, missing, readDocument } from './read-document.ts';

/** Every exchange between Gatehouse and the practice servers that the unit tests caused, held to the vendors' own documents. */

const absent = missing();
if (absent) process.stdout.write(`${absent}\n`);

function recorded(): Exchange[] {
  const files = existsSync(exchanges) ? readdirSync(exchanges) : [];
  const lines = files.flatMap((file) => readFileSync(join(exchanges, file), 'utf8').trim().split('\n'));
  return lines.map((line): Exchange => JSON.parse(line)).map(madeUp);
}

/** What generated messages ask for is made up, its ids and choices too; of them only the server's side is held. */
function madeUp(exchange: Exchange): Exchange {
  return exchange.by.endsWith('test/main/ipc/messages.test.ts') ? { ...exchange, ours: false } : exchange;
}

test.skipIf(absent)(
  'every operation that Gatehouse uses and its vendor will drop is named where an account is made',
  async () => {
    const named: string[] = [];
    for (const one of held) {
      const document = await readDocument(one.file);
      const notice = vendors.find(({ id }) => id === one.api.split(' ')[0])?.view.notice ?? '';
      const going = new Set<string>();
      for (const { method, path, api, ours } of recorded()) {
        if (api !== one.api || !ours) continue;
        const operation = document.matchOperation({
          method,
          path: path.replace(one.prefix, '').split('?')[0] ?? '',
          headers: {},
        });
        const words = `${operation?.summary} ${operation?.description}`;
        if (operation?.operationId && words.includes('will be dropped soon'))
          going.add(operation.operationId);
      }
      for (const id of going) named.push(`${one.file} ${id}${notice.includes(id) ? '' : ': not named'}`);
    }
    expect(named.sort()).toEqual(
      [
        ...['Login', 'LoginMethod', 'Logout', 'NewSession', 'RefreshToken', 'ResetPassword'],
        ...['SwitchOrganization', 'UpdatePassword'],
      ].map((id) => `koyeb-2026-07.json ${id}`),
    );
  },
);

test.skipIf(absent).each(held)('$file', async (one) => {
  const mine = recorded().filter(({ api, ours }) => api === one.api && (ours || !one.requestsOnly));
  expect(mine.length, 'no exchanges: run the unit tests before, as npm test does').toBeGreaterThan(0);
  const document = await readDocument(one.file);
  const excused = quirks.filter(({ file }) => file === one.file);
  const found = new Map<string, Set<string>>();
  let violations = 0;
  for (const exchange of mine) {
    const says = hold(document, one, exchange).filter(
      (what) => !excused.some((quirk) => quirk.says.test(what)),
    );
    violations += says.length;
    for (const what of says)
      found.set(what, (found.get(what) ?? new Set()).add(exchange.by.replace(/^.*\/test\//, '')));
  }
  process.stdout.write(`documents: ${mine.length} exchanges, ${violations} violations (${one.file})\n`);
  expect([...found].map(([what, by]) => `${what} (${[...by].sort().join(', ')})`)).toEqual([]);
});
