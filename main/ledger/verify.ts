import { textIn } from '../store/columns.ts';
import type { Row, Store } from '../store/store.ts';
import { firstHash, hashOf, type LedgerRow, readRow } from './chain.ts';

export type Verdict = { ok: true; rows: number } | { ok: false; seq: number; why: string };

/** How long the ledger was when it was last written, kept apart from it: cutting off its end shows. */
export function anchorOf(store: Store): { rows: number; hash: string } | null {
  const row = store.get("SELECT value FROM meta WHERE key = 'ledger-head'");
  if (!row) return null;
  const [rows = '', hash = ''] = textIn(row, 'value').split(' ');
  return { rows: Number(rows), hash };
}

/** Walks the whole chain; names the first row that is not as it was written. */
export function verify(store: Store): Verdict {
  let rows = 0;
  let previous = firstHash;
  for (const found of store.iterate('SELECT * FROM ledger ORDER BY seq')) {
    const why = wrongWith(found, rows + 1, previous);
    if (why) return { ok: false, seq: Math.min(rows + 1, Number(found.seq)), why };
    rows += 1;
    previous = String(found.hash);
  }
  const anchor = anchorOf(store);
  if (!anchor && rows === 0) return { ok: true, rows };
  if (!anchor) return { ok: false, seq: rows, why: 'The mark of the last row is gone.' };
  if (anchor.rows > rows) {
    return { ok: false, seq: rows + 1, why: `Rows ${rows + 1} to ${anchor.rows} were removed from the end.` };
  }
  if (anchor.rows < rows) {
    return { ok: false, seq: anchor.rows + 1, why: 'Rows were added from outside of Gatehouse.' };
  }
  if (anchor.hash !== previous) {
    return { ok: false, seq: rows, why: 'The last row is not the one that Gatehouse wrote last.' };
  }
  return { ok: true, rows };
}

function wrongWith(found: Row, seq: number, previous: string): string | null {
  if (Number(found.seq) < seq) return `Row ${found.seq} was put in from outside of Gatehouse.`;
  if (found.seq !== seq) return `Row ${seq} was removed.`;
  let row: LedgerRow;
  try {
    row = readRow(found);
  } catch {
    return `Row ${seq} was changed: it holds values that Gatehouse does not write.`;
  }
  if (row.hash !== hashOf(row)) return `Row ${seq} was changed after it was written.`;
  if (row.previousHash !== previous) return `Row ${seq} does not follow the row before it.`;
  return null;
}
