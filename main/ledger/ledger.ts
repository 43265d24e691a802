import { csvLine } from '#lib/csv.ts';
import { inSlices } from '#lib/slices.ts';
import { bytesIn, jsonIn, numberIn } from '../store/columns.ts';
import type { Row, Store } from '../store/store.ts';
import { sealedColumns } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';
import { firstHash, hashOf, type LedgerRow } from './chain.ts';
import { type Head, newLockKey, noRows, readHead, writeHead, writeLockedEnd } from './head.ts';
import {
  chained,
  type Entry,
  entryShape,
  openLedgerPage,
  openLedgerRow,
  pagePlace,
  perPage,
  rowPlace,
  type StoredRow,
  storedFrom,
  textOfPage,
  textOfRow,
} from './ledger-rows.ts';
import { isMark, keyAfter, markEnd, markRow } from './locked-rows.ts';
import { createSearch, type Filter, type ShownRow } from './search.ts';
import { type Verdict, verify } from './verify.ts';

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

/** While locked only `write` works; everything else throws vault-locked. */
export interface Ledger {
  /** Appends one row; throws store-broken when it can't be written. */
  write(entry: LedgerEntry): void;
  /** Newest first. Others have their turn while a long ledger is searched, and may write. */
  page(filter: Filter): Promise<ShownRow[]>;
  /** Walks the whole chain, with others in between, and names the first row that is not as it was written; `kept`: a hash to look for. */
  verify(kept?: string): Promise<Verdict>;
  /** How many rows there are, and the hash of the last one. */
  head(): { rows: number; hash: string };
  /** RFC 4180, CRLF, with a header line; one chunk a row. */
  exportCsv(): Iterable<string>;
  /** One JSON object a line. */
  exportJsonLines(): Iterable<string>;
}

interface LedgerOptions {
  store: Store;
  vault: Vault;
  /** ms since 1970. */
  now(): number;
  /** Names an account for rows that were written before the vault was open. */
  account?(id: string): { label: string; vendor: string } | null;
}

/** The record of who did what and when: sealed rows, each with the hash of the one before it, and a sealed end. */
export function createLedger({ store, vault, now, account = () => null }: LedgerOptions): Ledger {
  /** While the vault is open and what a locked time has left is taken up. */
  let head: Head | null = null;
  /** That head as it stands on disk: another one there was undone with its transaction, or put there by somebody. */
  let headSealed: Uint8Array = Buffer.of();
  /** How many rows there were when that was last known. */
  let base = 0;
  /** Hashes and lock keys of rows that the running transaction may still undo, and of the last one before it. */
  const hashes = new Map<number, string>();
  const keys = new Map<number, Buffer>();

  const search = createSearch(store, vault);

  vault.whenOpen(() => {
    head = null;
    if (!store.get('SELECT 1 FROM ledger_head')) opened();
  });
  vault.onChange(({ state }) => {
    if (state !== 'locked') return;
    if (!head) return;
    keys.clear();
    keys.set(head.rows, Buffer.from(head.lockKey, 'base64'));
    base = head.rows;
    head = null;
  });

  function lastSeq(): number {
    const last = store.get('SELECT max(seq) AS seq FROM ledger WHERE seq <= ?', reach())?.seq;
    const inPages = () =>
      store.get('SELECT max(last) AS seq FROM ledger_pages WHERE last <= ?', reach())?.seq;
    return Number(last ?? inPages() ?? 0);
  }

  /** A row that lies further is not ours: counting on from it would leave no numbers. */
  function reach(): number {
    return (head?.rows ?? base) + 2 ** 40;
  }

  /** Before anything was written, there is no end of the ledger to be missed. */
  function nothingStored(): boolean {
    return sealedColumns.every(
      ({ table }) => table === 'ledger_head' || !store.get(`SELECT 1 FROM ${table} LIMIT 1`),
    );
  }

  function isOnDisk(): boolean {
    const row = store.get('SELECT sealed FROM ledger_head WHERE id = 1');
    return row !== undefined && Buffer.compare(bytesIn(row, 'sealed'), headSealed) === 0;
  }

  /** The end of the ledger as the vault knows it. */
  function opened(): Head {
    if (head && isOnDisk()) return head;
    base = head?.rows ?? base;
    head = null;
    store.transaction(() => {
      head = takeUp();
    });
    hashes.clear();
    hashes.set(head!.rows, head!.hash);
    return head!;
  }

  /** Checks the rows that a locked time has left, and seals them with their place in the chain. */
  function takeUp(): Head {
    const { head: known, row } = readHead(store, vault);
    if (known === 'none' && nothingStored()) return settled(noRows());
    if (known !== 'none' && known !== null) base = known.rows;
    const end = lastSeq();
    if (known === 'none' || known === null) {
      return settled({
        ...noRows(),
        rows: end,
        fault: { seq: end, why: 'The mark of the last row is gone.' },
      });
    }
    const lockedRows = row?.locked_rows === null ? known.rows : Number(row?.locked_rows);
    if (end === known.rows && lockedRows === known.rows) {
      headSealed = bytesIn(row!, 'sealed');
      return known;
    }

    let { fault, rows, hash } = known;
    let key: Buffer = Buffer.from(known.lockKey, 'base64');
    const wrong = (seq: number, why: string) => {
      fault ??= { seq, why };
    };
    const after = 'SELECT * FROM ledger WHERE seq > ? AND seq <= ? ORDER BY seq';
    for (const found of store.all(after, known.rows, end)) {
      const seq = numberIn(found, 'seq');
      const at = numberIn(found, 'at');
      if (seq !== rows + 1) wrong(rows + 1, `Row ${rows + 1} was removed.`);
      const text = vault.openRow(rowPlace(seq, at), bytesIn(found, 'sealed'), 'deposits');
      const proved = seq <= lockedRows;
      const entry = text === null ? null : jsonIn(text, entryShape);
      if (!entry || (proved && !isMark(found.mac, markRow(key, seq, at, text ?? '')))) {
        wrong(seq, `Row ${seq} was changed after it was written.`);
      } else {
        const whole = chained(named(entry), { seq, at, previousHash: hash }, !proved);
        store.run(
          'UPDATE ledger SET sealed = ?, mac = NULL WHERE seq = ?',
          vault.sealRow(rowPlace(seq, at), textOfRow(whole)),
          seq,
        );
        hash = whole.hash;
      }
      if (proved) key = keyAfter(key);
      rows = seq;
      if (seq === lockedRows && !isMark(row?.locked_mac, markEnd(key, lockedRows))) {
        wrong(seq, 'The mark of the last row was changed.');
      }
    }
    if (rows < lockedRows) wrong(rows + 1, `Rows ${rows + 1} to ${lockedRows} were removed from the end.`);
    return settled({ rows, hash, fault, lockKey: newLockKey() });
  }

  function settled(next: Head): Head {
    headSealed = writeHead(store, vault, next);
    return next;
  }

  function named(entry: Entry): Entry {
    if (entry.accountLabel || !entry.accountId) return entry;
    const found = account(entry.accountId);
    return found ? { ...entry, accountLabel: plain(found.label), vendor: found.vendor } : entry;
  }

  function append(entry: Entry, at: number): void {
    const known = opened();
    const last = lastSeq();
    // The head's and not the last row's: the next row then shows it when rows were cut off in between.
    const row = chained(entry, { seq: last + 1, at, previousHash: hashes.get(last) ?? known.hash });
    insert(row.seq, at, vault.sealRow(rowPlace(row.seq, at), textOfRow(row)), null);
    hashes.set(row.seq, row.hash);
    if (row.seq % perPage === 0) pack();
    store.atCommit(finishOpen);
  }

  function finishOpen(): void {
    const rows = lastSeq();
    const hash = hashes.get(rows);
    if (!head || hash === undefined) return;
    head = settled({ ...head, rows, hash });
    for (const seq of hashes.keys()) if (seq !== rows) hashes.delete(seq);
  }

  /** What can't be marked (the vault was not open since the start) is taken up as unproved. */
  function appendLocked(entry: Entry, at: number): void {
    const last = lastSeq();
    const seq = last + 1;
    const text = JSON.stringify(entry);
    const key = keys.get(last);
    insert(seq, at, vault.depositRow(rowPlace(seq, at), text), key ? markRow(key, seq, at, text) : null);
    if (!key) return;
    keys.set(seq, keyAfter(key));
    store.atCommit(finishLocked);
  }

  function finishLocked(): void {
    const rows = lastSeq();
    const key = keys.get(rows);
    if (!key) return;
    writeLockedEnd(store, rows, markEnd(key, rows));
    for (const [seq, former] of keys) {
      if (seq === rows) continue;
      former.fill(0);
      keys.delete(seq);
    }
  }

  function insert(seq: number, at: number, sealed: Uint8Array, mac: Uint8Array | null): void {
    store.run('INSERT INTO ledger (seq, at, sealed, mac) VALUES (?, ?, ?, ?)', seq, at, sealed, mac);
  }

  /** Seals the oldest rows together once there are two pages of them; rows that are not sound stay as they are. */
  function pack(): void {
    const found = store.all('SELECT * FROM ledger ORDER BY seq LIMIT ?', 2 * perPage);
    if (found.length < 2 * perPage) return;
    // A page that somebody has put there is kept for verify to name.
    if (store.get('SELECT 1 FROM ledger_pages WHERE first = ?', numberIn(found[0]!, 'seq'))) return;
    const rows: StoredRow[] = [];
    let previousHash = hashBefore(numberIn(found[0]!, 'seq'));
    for (const one of found.slice(0, perPage)) {
      const row = openLedgerRow(vault, one, previousHash);
      if (!row || row.seq !== numberIn(found[0]!, 'seq') + rows.length || row.hash !== hashOf(row)) return;
      rows.push(row);
      previousHash = row.hash;
    }
    putPage(store, vault, rows);
    store.run('DELETE FROM ledger WHERE seq <= ?', rows.at(-1)!.seq);
  }

  /** The hash of the last row in pages before `seq`. */
  function hashBefore(seq: number): string {
    const page = store.get('SELECT * FROM ledger_pages WHERE last = ?', seq - 1);
    return (page && openLedgerPage(vault, page)?.at(-1)?.hash) ?? firstHash;
  }

  /** Oldest first, up to the end as it is now; in pieces, so that an export that is read slowly holds no transaction open. */
  function* rows(): Iterable<LedgerRow> {
    const end = opened().rows;
    let previousHash = firstHash;
    for (let next = 1; next <= end; ) {
      const { page, rows: single = [] } = storedFrom(store, next);
      const last = page
        ? numberIn(page, 'last')
        : single.length === 0
          ? end
          : numberIn(single.at(-1)!, 'seq');
      const sound = page ? openLedgerPage(vault, page) : openEach(single, previousHash);
      for (const { unproved: _, ...row } of sound ?? []) {
        previousHash = row.hash;
        if (row.seq >= next && row.seq <= end) yield row;
      }
      next = last + 1;
    }
  }

  /** Rows that follow each other; those that can't be opened are left out. */
  function openEach(found: Row[], previousHash: string): StoredRow[] {
    let previous = previousHash;
    return found.flatMap((one) => {
      const row = openLedgerRow(vault, one, previous);
      if (!row) return [];
      previous = row.hash;
      return row;
    });
  }

  return {
    write(entry) {
      const at = Math.round(now());
      const own = entryOf(entry);
      store.transaction(() => (vault.isOpen() ? append(own, at) : appendLocked(own, at)));
    },
    async page(filter) {
      opened();
      return inSlices(search(filter));
    },
    async verify(kept) {
      // Before anything is read: what a locked time has left is taken up.
      opened();
      return inSlices(verify(store, vault, opened, kept));
    },
    head() {
      const { rows: count, hash } = opened();
      return { rows: count, hash: count === 0 ? '' : hash };
    },
    *exportCsv() {
      yield csvLine(columns);
      for (const row of rows()) yield csvLine(columns.map((column) => cellOf(row, column)));
    },
    *exportJsonLines() {
      for (const row of rows()) yield `${JSON.stringify(row)}\n`;
    },
  };
}

/** Stores rows that follow each other as one page. */
export function putPage(store: Store, vault: Pick<Vault, 'sealRow'>, rows: StoredRow[]): void {
  const first = rows[0]!.seq;
  const last = rows.at(-1)!.seq;
  const sealed = vault.sealRow(pagePlace(first, last), textOfPage(rows));
  store.run('INSERT INTO ledger_pages (first, last, sealed) VALUES (?, ?, ?)', first, last, sealed);
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

function entryOf(entry: LedgerEntry): Entry {
  return {
    actor: entry.actor,
    event: entry.event,
    accountId: entry.account?.id ?? null,
    accountLabel: plain(entry.account?.label),
    vendor: entry.account?.vendor ?? null,
    sessionId: entry.sessionId ?? null,
    realmName: plain(entry.realmName),
    detail: plain(entry.detail),
  };
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
