import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sealedColumns } from '../../main/vault/sealed-columns.ts';

export const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const farthest = 8.64e15;

interface Kind {
  is: string;
  fits(value: unknown): boolean;
  words?: readonly string[];
}

const id: Kind = { is: 'random id', fits: (value) => uuid.test(String(value)) };
const moment: Kind = {
  is: 'time',
  fits: (value) => value === null || (typeof value === 'number' && Math.abs(value) <= farthest),
};
const count: Kind = { is: 'count', fits: (value) => Number.isInteger(value) };
const mark: Kind = {
  is: 'random bytes to whoever has no key (HMAC)',
  fits: (value) => value === null || (value instanceof Uint8Array && value.length === 32),
};
const word = (is: string, ...words: string[]): Kind => ({
  is,
  words,
  fits: (value) => value === null || words.includes(String(value)),
});
const how = ['here', 'vendor', 'expired', 'possibly-alive'];
const base64 = /^[A-Za-z0-9+/]*=*$/;

/** The cost, the salts and the wrapped keys: numbers, random bytes, and the name of the keyring. */
function isWrapping(value: unknown): boolean {
  const leaves = (part: unknown): unknown[] =>
    part !== null && typeof part === 'object' ? Object.values(part).flatMap(leaves) : [part];
  const { vaultId, keyring, ...others } = JSON.parse(String(value));
  const rest = leaves([others, { ...keyring, backend: 0 }]);
  return (
    uuid.test(vaultId) &&
    rest.every((leaf) => leaf === null || typeof leaf === 'number' || base64.test(String(leaf)))
  );
}

/** Every column that can be read without the vault, and what it is; docs/security.md lists the same. */
export const readable: Record<string, Kind> = {
  'meta.key': word('which of two', 'install-id', 'opened-at'),
  'meta.value': {
    is: 'random id of this installation; time of the last start',
    fits: (value) => uuid.test(String(value)) || /^\d{1,16}$/.test(String(value)),
  },
  'vault.id': count,
  'vault.wrappings_json': {
    is: 'random id of the vault, cost of scrypt, salts, wrapped keys, name of the keyring',
    fits: isWrapping,
  },
  'account_pages.page': count,
  'secrets.record_id': {
    is: 'random id, `network` or `sidebar`',
    words: ['network', 'sidebar'],
    fits: (value) => value === 'network' || value === 'sidebar' || id.fits(value),
  },
  'secrets.field': word('kind of the secret', 'form', 'grant', 'pending'),
  'sessions.id': id,
  'sessions.account_id': id,
  'sessions.state': word(
    'state',
    ...['signing-in', 'waiting', 'active', 'expired', 'ending', 'ended', 'failed'],
  ),
  'sessions.started_at': moment,
  'sessions.opened_at': moment,
  'sessions.granted_at': moment,
  'sessions.expires_at': moment,
  'sessions.checked_at': moment,
  'sessions.ended_at': moment,
  'sessions.ended_how': word('state', ...how),
  'sessions.refresh_at': moment,
  'sessions.unanswered_at': moment,
  'endings.session_id': id,
  'endings.ordered_at': moment,
  'endings.attempts': count,
  'endings.next_try_at': moment,
  'endings.token_valid_until': moment,
  'ledger.seq': count,
  'ledger.at': moment,
  'ledger.mac': mark,
  'ledger_pages.first': count,
  'ledger_pages.last': count,
  'ledger_head.id': count,
  'ledger_head.locked_rows': { is: 'count', fits: (value) => value === null || count.fits(value) },
  'ledger_head.locked_mac': mark,
  'shifts.id': id,
  'shifts.created_at': moment,
  'realms_used.account_id': id,
  'receipts.id': id,
  'receipts.ordered_at': moment,
  'receipt_lines.receipt_id': id,
  'receipt_lines.session_id': id,
  'receipt_lines.how': word('state', ...how),
  'receipt_lines.at': moment,
};

export const isSealed = (name: string): boolean =>
  sealedColumns.some(({ table, column }) => `${table}.${column}` === name);

/** A server that keeps what it was sent, head and body, and hands it on to another; without one it answers 404. */
export async function recorder(target?: string) {
  const seen: string[] = [];
  const state = { refuses: false };
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      seen.push([incoming.method, incoming.url, ...incoming.rawHeaders, body.toString('latin1')].join('\n'));
      if (!target || state.refuses) return void answer.writeHead(target ? 503 : 404).end();
      const { host: _, ...headers } = incoming.headers;
      const onward = ask(
        new URL(incoming.url ?? '/', target),
        { method: incoming.method, headers },
        (found) => {
          answer.writeHead(found.statusCode ?? 502, found.headers);
          found.pipe(answer);
        },
      );
      onward.on('error', () => answer.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    seen,
    state,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Every text in it that is not an id or a state. */
export function textsIn(part: unknown, found = new Set<string>()): Set<string> {
  if (typeof part === 'string') {
    const open = uuid.test(part) || Object.values(readable).some(({ words }) => words?.includes(part));
    if (part.length >= 6 && !open) found.add(part);
  } else if (part !== null && typeof part === 'object') {
    for (const one of Object.values(part)) textsIn(one, found);
  }
  return found;
}
