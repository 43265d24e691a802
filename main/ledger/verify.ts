import { numberIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { firstHash, hashOf } from './chain.ts';
import type { Head } from './head.ts';
import { openLedgerPage, openLedgerRow, type StoredRow, storedFrom } from './ledger-rows.ts';

/**
 * `unproved`: rows that were written before the vault was open. `head`: the hash of the last row, '' when there is none. `kept`:
 * where the hash is that was asked about; null when none was.
 */
export type Verdict =
  | { ok: true; rows: number; unproved: number; head: string; kept: { seq: number } | 'unknown' | null }
  | { ok: false; seq: number; why: string };

/**
 * Walks the whole chain up to the sealed end, a piece a step; names the first row that is not as it was written. Rows may be
 * written and sealed together between the steps.
 */
export function* verify(
  store: Store,
  vault: Vault,
  head: () => Head,
  kept?: string,
): Generator<undefined, Verdict> {
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

  function walk(row: StoredRow): Verdict | null {
    const why = wrongWith(row);
    if (why) return { ok: false, seq: Math.min(rows + 1, row.seq), why };
    rows += 1;
    previous = row.hash;
    if (row.unproved) unproved += 1;
    if (row.hash === wanted) keptAt = row.seq;
    return null;
  }

  function notThere(seq: number): Verdict {
    if (seq > rows + 1) return { ok: false, seq: rows + 1, why: `Row ${rows + 1} was removed.` };
    const why =
      seq < rows + 1
        ? `Row ${seq} was put in from outside of Gatehouse.`
        : `Row ${seq} was changed after it was written, or is not Gatehouse’s.`;
    return { ok: false, seq, why };
  }

  /** The first thing wrong in one piece; null when it is sound. */
  function checkPiece({ page, rows: single = [] }: ReturnType<typeof storedFrom>): Verdict | null {
    if (page) {
      const found = openLedgerPage(vault, page);
      if (!found) return notThere(numberIn(page, 'first'));
      // Rows that were checked one by one may have been sealed together since.
      const left = found.filter((row) => row.seq > rows);
      return left.reduce<Verdict | null>((bad, row) => bad ?? walk(row), null);
    }
    for (const one of single) {
      const seq = numberIn(one, 'seq');
      if (rows === head().rows && seq === rows + 1 && !head().fault) {
        return { ok: false, seq, why: 'Rows were added from outside of Gatehouse.' };
      }
      const row = openLedgerRow(vault, one, previous);
      const bad = row ? walk(row) : notThere(seq);
      if (bad) return bad;
    }
    return null;
  }

  const withFault = (bad: Verdict): Verdict => {
    const { fault } = head();
    return fault && !bad.ok && fault.seq <= bad.seq ? { ok: false, ...fault } : bad;
  };

  const outside = rowBeforeItsPage(store);
  if (outside !== null) return withFault(notThere(outside));
  for (;;) {
    const piece = storedFrom(store, rows + 1);
    if (piece.rows?.length === 0) break;
    const bad = checkPiece(piece);
    if (bad) return withFault(bad);
    yield;
  }
  const { rows: count, hash, fault } = head();
  if (fault) return { ok: false, ...fault };
  if (count > rows) {
    return { ok: false, seq: rows + 1, why: `Rows ${rows + 1} to ${count} were removed from the end.` };
  }
  if (hash !== previous) {
    return { ok: false, seq: rows, why: 'The last row is not the one that Gatehouse wrote last.' };
  }
  const where = keptAt === null ? 'unknown' : { seq: keptAt };
  return { ok: true, rows, unproved, head: rows === 0 ? '' : previous, kept: wanted === '' ? null : where };
}

/** A single row where there can't be one: before the first, or within the pages; null when there is none. */
function rowBeforeItsPage(store: Store): number | null {
  const row = store.get(
    'SELECT min(seq) AS seq FROM ledger WHERE seq < 1 OR seq <= (SELECT max(last) FROM ledger_pages)',
  );
  return row?.seq == null ? null : numberIn(row, 'seq');
}
