import type { Receipt } from '#contract/shapes.ts';
import { csvLine } from '#lib/csv.ts';

/** A receipt as CSV, one line a session. */
export function* receiptLines(receipt: Receipt): Generator<string> {
  yield csvLine(['account', 'person', 'vendor', 'realm', 'opened', 'ordered', 'settled', 'how', 'words']);
  for (const line of receipt.lines) {
    yield csvLine([
      line.account,
      line.person ?? '',
      line.vendor,
      line.realm ?? '',
      line.openedAt === null ? '' : new Date(line.openedAt).toISOString(),
      new Date(receipt.orderedAt).toISOString(),
      line.at === null ? '' : new Date(line.at).toISOString(),
      line.how,
      line.words,
    ]);
  }
}
