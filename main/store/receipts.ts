import { type Receipt, receipt as shape } from '../../preload/contract/shapes.ts';
import type { Store } from './store.ts';

type Line = Receipt['lines'][number];

const lineShape = shape.shape.lines.element;

/** Typed access to the tables of receipts. */
export function createReceiptRecords(store: Store) {
  const linesOf = (id: string): Line[] =>
    store
      .all('SELECT line_json FROM receipt_lines WHERE receipt_id = ?', id)
      .map((row) => lineShape.parse(JSON.parse(String(row.line_json))));

  return {
    all: (): Receipt[] =>
      store.all('SELECT id, title, ordered_at FROM receipts ORDER BY ordered_at').map((row) => ({
        id: String(row.id),
        title: String(row.title),
        orderedAt: Number(row.ordered_at),
        lines: linesOf(String(row.id)),
      })),

    insert({ id, title, orderedAt, lines }: Receipt): void {
      store.transaction(() => {
        store.run('INSERT INTO receipts (id, title, ordered_at) VALUES (?, ?, ?)', id, title, orderedAt);
        for (const line of lines) {
          store.run(
            'INSERT INTO receipt_lines (receipt_id, session_id, line_json) VALUES (?, ?, ?)',
            id,
            line.sessionId,
            JSON.stringify(line),
          );
        }
      });
    },

    putLine(receiptId: string, line: Line): void {
      store.run(
        'UPDATE receipt_lines SET line_json = ? WHERE receipt_id = ? AND session_id = ?',
        JSON.stringify(line),
        receiptId,
        line.sessionId,
      );
    },

    remove: (id: string): void => void store.run('DELETE FROM receipts WHERE id = ?', id),
  };
}
