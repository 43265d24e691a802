import { bytesIn, jsonIn, numberIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import type { Entry } from './entry.ts';
import { type Head, newLockKey } from './head.ts';
import { chained, entryShape, rowPlace, textOfRow } from './ledger-rows.ts';
import { isMark, keyAfter, markEnd, markRow } from './locked-rows.ts';

interface LockedTime {
  /** The end as the vault knows it. */
  known: Head;
  /** The last row that is there. */
  end: number;
  /** The last row that a locked time vouches for, and its mark. */
  lockedRows: number;
  mark: unknown;
  /** The entry with its account's name, where only the id was known. */
  named(entry: Entry): Entry;
}

/** Checks the rows that a locked time has left, and seals them with their place in the chain. Returns the end that follows. */
export function takeUp(
  store: Store,
  vault: Vault,
  { known, end, lockedRows, mark, named }: LockedTime,
): Head {
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
    if (seq === lockedRows && !isMark(mark, markEnd(key, lockedRows))) {
      wrong(seq, 'The mark of the last row was changed.');
    }
  }
  if (rows < lockedRows) wrong(rows + 1, `Rows ${rows + 1} to ${lockedRows} were removed from the end.`);
  return { rows, hash, fault, lockKey: newLockKey() };
}
