import { numberIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import type { LedgerRow } from './chain.ts';
import { openLedgerRow, openPageText, perPage, type StoredRow, searchPage } from './ledger-rows.ts';

export type ShownRow = Omit<LedgerRow, 'previousHash'>;

export interface Filter {
  /** The seq of the last row already shown. */
  before?: number;
  limit: number;
  event?: string | undefined;
  /** Searched in all of a row without regard to case. */
  text?: string | undefined;
  /** Searched as text is, in who was signed in, who used the computer and whom it was done for. */
  person?: string | undefined;
  /** ms since 1970: not before the one and before the other. */
  from?: number | undefined;
  until?: number | undefined;
  /** Ids; a row of any of them is wanted. */
  accounts?: readonly string[] | undefined;
  sessionId?: string | undefined;
}

interface Wanted {
  /** Nothing is looked for: every row is wanted. */
  all: boolean;
  /** Whether a page or a line in small letters may hold what is looked for. */
  mayHold(lower: string): boolean;
  /** Whether a row is what is looked for. */
  fits(row: ShownRow): boolean;
}

/** Single rows are at most two pages and what is written until they are sealed together. */
const mostSeenRows = 4 * perPage;
/** About 30 MB of small letters: 130,000 rows, the newest that were searched; older ones are opened each time. */
const mostSeenPages = 512;
/** Rows or pages whose numbers are read at once. */
const atOnce = 64;

/**
 * Searches the ledger, a page or a few rows a step; returns the rows found, newest first. Rows may be written and sealed together
 * between two steps. Parts that can't be opened are left out; a lock that comes in between throws vault-locked.
 */
export function createSearch(
  store: Store,
  vault: Vault,
): (filter: Filter) => Generator<undefined, ShownRow[]> {
  /** What was opened for the screen: a row and a page never change. It goes with the keys. */
  const seen = { rows: new Map<number, StoredRow>(), pages: new Map<number, string>() };

  vault.onChange(({ state }) => {
    if (state !== 'locked') return;
    seen.rows.clear();
    seen.pages.clear();
  });

  function rowAt(seq: number): StoredRow | null {
    const known = seen.rows.get(seq);
    if (known) return known;
    const stored = store.get('SELECT * FROM ledger WHERE seq = ?', seq);
    const row = stored ? openLedgerRow(vault, stored, '') : null;
    if (seen.rows.size >= mostSeenRows) seen.rows.clear();
    if (row) seen.rows.set(seq, row);
    return row;
  }

  /** The lines of a page that may hold what is looked for; most pages are passed over by what was seen of them before. */
  function* rowsIn(first: number, wanted: Wanted): Iterable<StoredRow> {
    const known = seen.pages.get(first);
    if (known !== undefined && !wanted.mayHold(known)) return;
    const stored = store.get('SELECT * FROM ledger_pages WHERE first = ?', first);
    const text = stored ? openPageText(vault, stored) : null;
    if (text === null) return;
    if (wanted.all) return yield* searchPage(text, first, () => true);
    const lower = known ?? text.toLowerCase();
    if (seen.pages.size < mostSeenPages) seen.pages.set(first, lower);
    if (wanted.mayHold(lower)) yield* searchPage(text, first, (line) => wanted.mayHold(line.toLowerCase()));
  }

  /** Numbers of a table from the highest below `before` on down, read piece by piece. */
  function* numbers(sql: string, before: number): Iterable<number> {
    for (let next = before; ; ) {
      const piece = store.all(`${sql} LIMIT ${atOnce}`, next).map((row) => numberIn(row, 'number'));
      yield* piece;
      if (piece.length < atOnce) return;
      next = piece.at(-1)!;
    }
  }

  /** The whole ledger as it is now or what may hold the words, newest first; null after each step. */
  function* backwards(from: number, wanted: Wanted): Iterable<StoredRow | null> {
    const newest = store.get('SELECT max(seq) AS seq FROM ledger')?.seq;
    // What is written meanwhile may come into a page, too.
    const before = newest == null ? from : Math.min(from, Number(newest) + 1);
    /** A row that is sealed into a page meanwhile is met there again. */
    const single = new Set<number>();
    for (const seq of numbers('SELECT seq AS number FROM ledger WHERE seq < ? ORDER BY seq DESC', before)) {
      const row = rowAt(seq);
      if (row) single.add(seq);
      yield row;
    }
    const pages = 'SELECT first AS number FROM ledger_pages WHERE first < ? ORDER BY first DESC';
    for (const first of numbers(pages, before)) {
      for (const row of rowsIn(first, wanted)) if (row.seq < before && !single.has(row.seq)) yield row;
      yield null;
    }
  }

  return function* search({ before = Number.MAX_SAFE_INTEGER, limit, ...filter }) {
    const wanted = wantedBy(filter);
    const found: ShownRow[] = [];
    for (const one of backwards(before, wanted)) {
      if (one && wanted.fits(one)) {
        const { unproved: _, previousHash: __, ...row } = one;
        found.push(row);
        if (found.length === limit) break;
      }
      yield;
    }
    return found;
  };
}

function wantedBy(filter: Omit<Filter, 'before' | 'limit'>): Wanted {
  const { event, accounts, sessionId, from = -Infinity, until = Infinity } = filter;
  const text = filter.text?.trim().toLowerCase() ?? '';
  const person = filter.person?.trim().toLowerCase() ?? '';
  /** Of each group, one has to stand in a page or a line. */
  const needles: string[][] = [
    ...(event === undefined ? [] : [[quoted(event)]]),
    ...(accounts === undefined ? [] : [accounts.map(quoted)]),
    ...(sessionId === undefined ? [] : [[quoted(sessionId)]]),
    ...[text, person].filter((words) => words !== '').map((words) => [quoted(words).slice(1, -1)]),
  ];
  return {
    all: needles.length === 0,
    mayHold: (lower) => needles.every((group) => group.some((needle) => lower.includes(needle))),
    fits: (row) =>
      row.at >= from &&
      row.at < until &&
      (event === undefined || row.event === event) &&
      (accounts === undefined || (row.accountId !== null && accounts.includes(row.accountId))) &&
      (sessionId === undefined || row.sessionId === sessionId) &&
      (text === '' || lowerOf(textOf(row)).includes(text)) &&
      (person === '' || lowerOf(peopleOf(row)).includes(person)),
  };
}

/** As it stands in a page, in small letters. */
const quoted = (value: string): string => JSON.stringify(value).toLowerCase();

const lowerOf = (parts: (string | null)[]): string => parts.join('\n').toLowerCase();

const peopleOf = (row: ShownRow) => [row.signedInAs, row.osUser, row.subjectId, row.subjectName];

const textOf = (row: ShownRow) => [
  row.actor,
  row.event,
  row.accountLabel,
  row.vendor,
  row.realmName,
  row.detail,
  row.sessionId,
  row.accountId,
  row.machine,
  ...peopleOf(row),
];
