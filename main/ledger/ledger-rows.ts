import { z } from 'zod';
import type { Row } from '../store/columns.ts';
import { bytesIn, numberIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Place } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';
import { type ChainRow, firstHash, hashOf, type LedgerRow, whoOf } from './chain.ts';
import type { Entry } from './entry.ts';

/** `unproved` rows were written before the vault was open, so that anybody could have put them in. */
export interface StoredRow extends LedgerRow {
  unproved: boolean;
}

const nullable = z.string().nullable();
/** Earlier versions had none. */
const later = nullable.default(null);
export const entryShape = z.object({
  actor: z.string(),
  event: z.string(),
  accountId: nullable,
  accountLabel: nullable,
  vendor: nullable,
  sessionId: nullable,
  realmName: nullable,
  detail: nullable,
  signedInAs: later,
  osUser: later,
  machine: later,
  subjectId: later,
  subjectName: later,
}) satisfies z.ZodType<Entry>;
/**
 * [actor, event, accountId, accountLabel, vendor, sessionId, realmName, detail, hash, unproved 0/1], and behind it whoOf: five
 * texts or, of earlier versions, nothing.
 */
type SealedRow = [
  string,
  string,
  string | null,
  string | null,
  string | null,
  string | null,
  string | null,
  string | null,
  string,
  number,
  ...(string | null)[],
];

/** Rows that are sealed together: searching a page costs as much as opening one row. */
export const perPage = 256;

export const rowPlace = (seq: number, at: number): Place => ['ledger.sealed', seq, at];
export const pagePlace = (first: number, last: number): Place => ['ledger_pages.sealed', first, last];

export const textOfRow = (row: StoredRow): string =>
  JSON.stringify([
    row.actor,
    row.event,
    row.accountId,
    row.accountLabel,
    row.vendor,
    row.sessionId,
    row.realmName,
    row.detail,
    row.hash,
    row.unproved ? 1 : 0,
    ...whoOf(row),
  ] satisfies SealedRow);

/** By hand, as every row that a search or a check reads comes by here. */
const isSealedRow = (value: unknown): value is SealedRow =>
  Array.isArray(value) &&
  (value.length === 10 || value.length === 15) &&
  value.every((part, index) =>
    index === 9
      ? typeof part === 'number'
      : typeof part === 'string' || (part === null && index > 1 && index !== 8),
  );

/** Throws when the text is none that textOfRow made. */
export function rowOfText(text: string, seq: number, at: number, previousHash: string): StoredRow {
  const parts: unknown = JSON.parse(text);
  if (!isSealedRow(parts)) throw new TypeError('This is no row of the ledger.');
  const [
    actor,
    event,
    accountId,
    accountLabel,
    vendor,
    sessionId,
    realmName,
    detail,
    hash,
    unproved,
    ...rest
  ] = parts;
  const [signedInAs = null, osUser = null, machine = null, subjectId = null, subjectName = null] = rest;
  const own = { actor, event, accountId, accountLabel, vendor, sessionId, realmName, detail };
  const who = { signedInAs, osUser, machine, subjectId, subjectName };
  return { seq, at, ...own, ...who, previousHash, hash, unproved: unproved === 1 };
}

/** A row with its place in the chain. */
export function chained(
  entry: Entry,
  { seq, at, previousHash }: Pick<ChainRow, 'seq' | 'at' | 'previousHash'>,
  unproved = false,
): StoredRow {
  const row = { seq, at, ...entry, previousHash };
  return { ...row, hash: hashOf(row), unproved };
}

/** A page as text: the hash before its first row, then a line a row: its time and what is sealed of it. */
export function textOfPage(rows: StoredRow[]): string {
  const lines = rows.map((row) => `${row.at} ${textOfRow(row)}`);
  return [rows[0]?.previousHash ?? firstHash, ...lines].join('\n');
}

function rowsOfPage(text: string, first: number): StoredRow[] {
  const [start = firstHash, ...lines] = text.split('\n');
  let previousHash = start;
  return lines.map((line, index) => {
    const row = rowOfLine(line, first + index, previousHash);
    previousHash = row.hash;
    return row;
  });
}

function rowOfLine(line: string, seq: number, previousHash: string): StoredRow {
  const space = line.indexOf(' ');
  return rowOfText(line.slice(space + 1), seq, Number(line.slice(0, space)), previousHash);
}

/** What is stored of one row: null when it can't be opened. `previousHash` is for the caller to know. */
export function openLedgerRow(vault: Vault, row: Row, previousHash: string): StoredRow | null {
  const seq = numberIn(row, 'seq');
  const at = numberIn(row, 'at');
  return parsed(vault.openRow(rowPlace(seq, at), bytesIn(row, 'sealed')), (text) =>
    rowOfText(text, seq, at, previousHash),
  );
}

/** The rows of a stored page: null when it can't be opened, or does not hold as many as it says. */
export function openLedgerPage(vault: Vault, row: Row): StoredRow[] | null {
  const first = numberIn(row, 'first');
  const rows = parsed(openPageText(vault, row), (page) => rowsOfPage(page, first));
  return rows?.length === numberIn(row, 'last') - first + 1 ? rows : null;
}

/** The text of a stored page; null when it can't be opened. */
export function openPageText(vault: Vault, row: Row): string | null {
  return vault.openRow(pagePlace(numberIn(row, 'first'), numberIn(row, 'last')), bytesIn(row, 'sealed'));
}

/** Rows of a page's text without the hashes before them, newest first; only lines that may hold what is looked for are parsed. */
export function* searchPage(
  text: string,
  first: number,
  mayHold: (line: string) => boolean,
): Iterable<StoredRow> {
  const [, ...lines] = text.split('\n');
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index]!;
    const found = mayHold(line) ? parsed(line, () => rowOfLine(line, first + index, '')) : null;
    if (found) yield found;
  }
}

/** Rows that are read at once. */
const atOnce = 64;

/** What is stored from `seq` on: the page that holds it or the next one, else single rows; rows may be sealed together meanwhile. */
export function storedFrom(
  store: Store,
  seq: number,
): { page: Row; rows?: undefined } | { page?: undefined; rows: Row[] } {
  const holding = store.get('SELECT * FROM ledger_pages WHERE first <= ? ORDER BY first DESC LIMIT 1', seq);
  if (holding && numberIn(holding, 'last') >= seq) return { page: holding };
  const page = store.get('SELECT * FROM ledger_pages WHERE first > ? ORDER BY first LIMIT 1', seq);
  if (page) return { page };
  return { rows: store.all('SELECT * FROM ledger WHERE seq >= ? ORDER BY seq LIMIT ?', seq, atOnce) };
}

function parsed<T>(text: string | null, read: (text: string) => T): T | null {
  if (text === null) return null;
  try {
    return read(text);
  } catch {
    return null;
  }
}
