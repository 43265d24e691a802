import type { Store } from '../store/store.ts';
import { type ChainRow, fieldsOf, firstHash, hashOf, type LedgerRow, readRow } from './chain.ts';
import { csvLine } from './csv.ts';
import { anchorOf, type Verdict, verify } from './verify.ts';

export type { LedgerRow } from './chain.ts';
export type { Verdict } from './verify.ts';

export type Actor = 'window' | 'tray' | 'shift' | 'timer' | 'start';

export const ledgerEvents = [
  'opened',
  'prompted',
  'refused',
  'refreshed',
  'switched',
  'handed-over',
  'ending-ordered',
  'ended',
  'confirmed',
  'expired',
  'failed',
  'account-added',
  'account-changed',
  'account-removed',
  'vault-locked',
  'vault-unlocked',
  'copied',
  'admin',
  'possibly-alive',
] as const;
export type LedgerEvent = (typeof ledgerEvents)[number];

export function isLedgerEvent(word: string | undefined): word is LedgerEvent {
  return ledgerEvents.some((event) => event === word);
}

export interface LedgerEntry {
  actor: Actor;
  event: LedgerEvent;
  account?: { id: string; label: string; vendor: string };
  sessionId?: string;
  realmName?: string;
  /** A short word or sentence; never a secret. Longer than 200 characters is cut. */
  detail?: string;
}

export interface Ledger {
  /** Appends one row; throws store-broken when it can't be written. */
  write(entry: LedgerEntry): void;
  /** Newest first; `before` is the seq of the last row already shown, `text` is searched without regard to case. */
  page(filter: { before?: number; limit: number; event?: LedgerEvent; text?: string }): LedgerRow[];
  /** Walks the whole chain and names the first row that is not as it was written. */
  verify(): Verdict;
  /** RFC 4180, CRLF, with a header line; one chunk a row. */
  exportCsv(): Iterable<string>;
  /** One JSON object a line. */
  exportJsonLines(): Iterable<string>;
}

const batch = 500;

/** The record of who did what and when; every row carries the hash of the one before it. */
export function createLedger({ store, now }: { store: Store; now(): number }): Ledger {
  function* rows(): Iterable<LedgerRow> {
    const end = anchorOf(store)?.rows ?? Number.MAX_SAFE_INTEGER;
    for (let last = 0; ; ) {
      // In pieces, so that an export that is consumed slowly holds no read transaction open.
      const piece = store.all(
        'SELECT * FROM ledger WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
        last,
        end,
        batch,
      );
      for (const row of piece) yield readRow(row);
      if (piece.length < batch) return;
      last = Number(piece.at(-1)!.seq);
    }
  }

  return {
    write: (entry) => append(store, Math.round(now()), entry),
    page: (filter) => page(store, filter),
    verify: () => verify(store),
    *exportCsv() {
      yield csvLine(columns);
      for (const row of rows()) yield csvLine(columns.map((column) => cellOf(row, column)));
    },
    *exportJsonLines() {
      for (const row of rows()) yield `${JSON.stringify(row)}\n`;
    },
  };
}

const columns = [
  'seq',
  'at',
  'actor',
  'event',
  'accountId',
  'accountLabel',
  'vendor',
  'sessionId',
  'realmName',
  'detail',
  'previousHash',
  'hash',
] as const;

function cellOf(row: LedgerRow, column: (typeof columns)[number]): string {
  return column === 'at' ? new Date(row.at).toISOString() : String(row[column] ?? '');
}

function append(store: Store, at: number, entry: LedgerEntry): void {
  store.transaction(() => {
    const last = store.get('SELECT max(seq) AS seq FROM ledger');
    const row: ChainRow = {
      seq: Number(last?.seq ?? 0) + 1,
      at,
      actor: entry.actor,
      event: entry.event,
      accountId: entry.account?.id ?? null,
      accountLabel: plain(entry.account?.label),
      vendor: entry.account?.vendor ?? null,
      sessionId: entry.sessionId ?? null,
      realmName: plain(entry.realmName),
      detail: plain(entry.detail),
      // The anchor's and not the last row's: the next row then shows it when rows were cut off in between.
      previousHash: anchorOf(store)?.hash ?? firstHash,
    };
    const hash = hashOf(row);
    store.run(
      `INSERT INTO ledger (seq, at, actor, event, account_id, account_label, vendor, session_id, realm_name, detail,
       previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...fieldsOf(row),
      hash,
    );
    store.run(
      "INSERT INTO meta (key, value) VALUES ('ledger-head', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      `${row.seq} ${hash}`,
    );
  });
}

/** One line without control characters, well-formed, so that what is read back is what was hashed. */
function plain(text: string | undefined): string | null {
  if (text === undefined) return null;
  const line = text
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  if (line.length <= longest) return line;
  const letters = [...line];
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join('')}…`;
}

const longest = 200;

function page(
  store: Store,
  { before, limit, event, text }: { before?: number; limit: number; event?: LedgerEvent; text?: string },
): LedgerRow[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  if (before !== undefined) {
    conditions.push('seq < ?');
    values.push(before);
  }
  if (event !== undefined) {
    conditions.push('event = ?');
    values.push(event);
  }
  if (text?.trim()) {
    conditions.push(`${searched} LIKE ? ESCAPE '\\'`);
    values.push(`%${text.trim().replace(/[\\%_]/g, '\\$&')}%`);
  }
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return store.all(`SELECT * FROM ledger ${where} ORDER BY seq DESC LIMIT ?`, ...values, limit).map(readRow);
}

const searched =
  'concat_ws(char(10), actor, event, account_label, vendor, realm_name, detail, session_id, account_id)';
