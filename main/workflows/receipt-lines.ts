import type { Receipt } from '#contract/shapes.ts';
import { csvLine } from '#lib/csv.ts';

/** A receipt as CSV, one line a session. */
export function* receiptLines(receipt: Receipt): Generator<string> {
  yield csvLine(['account', 'vendor', 'realm', 'ordered', 'settled', 'how', 'words']);
  for (const line of receipt.lines) {
    yield csvLine([
      line.account,
      line.vendor,
      line.realm ?? '',
      new Date(receipt.orderedAt).toISOString(),
      line.at === null ? '' : new Date(line.at).toISOString(),
      line.how,
      line.words,
    ]);
  }
}
