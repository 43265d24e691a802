import { numberIn } from '../store/columns.ts';
import type { Row, Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { firstHash, hashOf } from './chain.ts';
import type { Head } from './head.ts';
import { openLedgerPage, openLedgerRow, type StoredRow } from './ledger-rows.ts';

/**
 * `unproved`: rows that were written before the vault was open. `head`: the hash of the last row, '' when there is none. `kept`:
 * where the hash is that was asked about; null when none was.
 */
export type Verdict =
  | { ok: true; rows: number; unproved: number; head: string; kept: { seq: number } | 'unknown' | null }
  | { ok: false; seq: number; why: string };

/** Walks the whole chain up to the sealed end; names the first row that is not as it was written. */
export function verify(store: Store, vault: Vault, head: Head, kept?: string): Verdict {
  let rows = 0;
  let previous = firstHash;
  let unproved = 0;
  let keptAt: number | null = null;
  const wanted = kept?.trim().toLowerCase() ?? '';

  function wrongWith(row: StoredRow): string | null {
    if (row.seq < rows + 1) return `Row ${row.seq} was put in from outside of Gatehouse.`;
    if (row.seq !== rows + 1) return `Row ${rows + 1} was removed.`;
    if (row.hash !== hashOf(row)) return `Row ${row.seq} was changed after it was written.`;
    if (row.previousHash !== previous) return `Row ${row.seq} does not follow the row before it.`;
    return null;
  }

  function walk(found: StoredRow[]): Verdict | null {
    for (const row of found) {
      const why = wrongWith(row);
      if (why) return { ok: false, seq: Math.min(rows + 1, row.seq), why };
      rows += 1;
      previous = row.hash;
      if (row.unproved) unproved += 1;
      if (row.hash === wanted) keptAt = row.seq;
    }
    return null;
  }

  function notThere(seq: number): Verdict {
    if (seq < rows + 1) {
      return { ok: false, seq, why: `Row ${seq} was put in from outside of Gatehouse.` };
    }
    if (seq > rows + 1) return { ok: false, seq: rows + 1, why: `Row ${rows + 1} was removed.` };
    const why = `Row ${seq} was changed after it was written, or is not Gatehouse’s.`;
    return { ok: false, seq, why };
  }

  const withFault = (bad: Verdict): Verdict =>
    head.fault && !bad.ok && head.fault.seq <= bad.seq ? { ok: false, ...head.fault } : bad;

  for (const one of eachOf(store, 'ledger_pages', 'first')) {
    const page = openLedgerPage(vault, one);
    const bad = page ? walk(page) : notThere(numberIn(one, 'first'));
    if (bad) return withFault(bad);
  }
  for (const one of eachOf(store, 'ledger', 'seq')) {
    if (rows === head.rows && numberIn(one, 'seq') === rows + 1 && !head.fault) {
      return { ok: false, seq: rows + 1, why: 'Rows were added from outside of Gatehouse.' };
    }
    const row = openLedgerRow(vault, one, previous);
    const bad = row ? walk([row]) : notThere(numberIn(one, 'seq'));
    if (bad) return withFault(bad);
  }
  if (head.fault) return { ok: false, ...head.fault };
  if (head.rows > rows) {
    return { ok: false, seq: rows + 1, why: `Rows ${rows + 1} to ${head.rows} were removed from the end.` };
  }
  if (head.hash !== previous) {
    return { ok: false, seq: rows, why: 'The last row is not the one that Gatehouse wrote last.' };
  }
  const where = keptAt === null ? 'unknown' : { seq: keptAt };
  return { ok: true, rows, unproved, head: rows === 0 ? '' : previous, kept: wanted === '' ? null : where };
}

function* eachOf(store: Store, table: 'ledger_pages' | 'ledger', key: 'first' | 'seq'): Iterable<Row> {
  for (let last = Number.MIN_SAFE_INTEGER; ; ) {
    const piece = store.all(`SELECT * FROM ${table} WHERE ${key} > ? ORDER BY ${key} LIMIT 64`, last);
    yield* piece;
    if (piece.length < 64) return;
    last = numberIn(piece.at(-1)!, key);
  }
}
