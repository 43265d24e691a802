import { z } from 'zod';
import { type Receipt, receipt as shape } from '#contract/shapes.ts';
import type { Row } from '../store/columns.ts';
import { bytesIn, jsonIn, numberIn, numberOrNull, textIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';

type Line = Receipt['lines'][number];

const owed = shape.shape.lines.element.pick({
  sessionId: true,
  account: true,
  vendor: true,
  realm: true,
  person: true,
  openedAt: true,
});
const sealedShape = shape.pick({ title: true, doneAt: true }).extend({ lines: z.array(owed) });
const howShape = shape.shape.lines.element.shape.how.exclude(['ending']);

/** How a session ended, for a person; only words of its own are stored with a line. */
export const usualWords: Record<Line['how'], string> = {
  ending: 'Ordered, not confirmed yet',
  vendor: 'Confirmed by the vendor',
  here: 'Ended here; the token stays valid until it runs out',
  expired: 'The token ran out by itself',
  'possibly-alive': 'Nobody can tell; a session may be alive at the vendor',
};

const place = (id: string) => ['receipts.sealed', id] as const;
const wordsPlace = (id: string, sessionId: string) => ['receipt_lines.words', id, sessionId] as const;

/** Typed access to the tables of receipts: the list as it was ordered is sealed once, a settled line adds how and when. */
export function createReceiptRecords(store: Store, vault: Vault) {
  function settledOf(id: string): Map<string, Row> {
    const rows = store.all('SELECT session_id, how, at, words FROM receipt_lines WHERE receipt_id = ?', id);
    return new Map(rows.map((row) => [textIn(row, 'session_id'), row]));
  }

  function wordsIn(row: Row, id: string, how: Line['how']): string {
    if (row.words === null) return usualWords[how];
    const text = vault.openRow(wordsPlace(id, textIn(row, 'session_id')), bytesIn(row, 'words'), 'deposits');
    return text ?? usualWords[how];
  }

  function read(row: Row): Receipt[] {
    const id = textIn(row, 'id');
    const text = vault.openRow(place(id), bytesIn(row, 'sealed'), 'deposits');
    // Anybody can make a deposit, of any text.
    const parsed = text === null ? null : jsonIn(text, sealedShape);
    if (!parsed) return [];
    const settled = settledOf(id);
    const lines = parsed.lines.map((line): Line => {
      const found = settled.get(line.sessionId);
      const how = howShape.safeParse(found?.how).data;
      if (!found || !how) return { ...line, how: 'ending', words: usualWords.ending, at: null };
      return { ...line, how, words: wordsIn(found, id, how), at: numberOrNull(found, 'at') };
    });
    const { title, doneAt } = parsed;
    return [{ id, title, doneAt, orderedAt: numberIn(row, 'ordered_at'), lines }];
  }

  return {
    /** Needs an open vault; a receipt that can't be read is left out and stays as it is stored. */
    all: (): Receipt[] =>
      store.all('SELECT id, sealed, ordered_at FROM receipts ORDER BY ordered_at').flatMap(read),

    /** Adds the receipt, or replaces what was ordered with it. */
    put({ id, title, orderedAt, doneAt, lines }: Receipt): void {
      const sealed = { title, doneAt, lines: lines.map((line) => owed.parse(line)) };
      store.run(
        `INSERT INTO receipts (id, sealed, ordered_at) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`,
        id,
        vault.depositRow(place(id), JSON.stringify(sealed)),
        orderedAt,
      );
    },

    settle(receiptId: string, { sessionId, how, words, at }: Line): void {
      const own =
        words === usualWords[how] ? null : vault.depositRow(wordsPlace(receiptId, sessionId), words);
      store.run(
        'INSERT OR REPLACE INTO receipt_lines (receipt_id, session_id, how, at, words) VALUES (?, ?, ?, ?, ?)',
        receiptId,
        sessionId,
        how,
        at,
        own,
      );
    },

    remove: (id: string): void => void store.run('DELETE FROM receipts WHERE id = ?', id),
  };
}
