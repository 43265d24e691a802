import { ReceiptText } from 'lucide-react';
import { showReceipt } from '../state/navigation.ts';
import { useAppList } from '../state/store.ts';
import { formatCount } from '../ui/format.ts';
import { StatusItem } from '../ui/status-item.tsx';
import { isSettled, openReceipts, settledOf } from './receipt-lines.ts';

/** In the bottom bar while a receipt is open: how far it is; brings it back. */
export function ReceiptBadge() {
  const receipts = useAppList((app) => openReceipts(app.receipts));
  const first = receipts.find((receipt) => !isSettled(receipt)) ?? receipts[0];
  if (!first) return null;
  const all = receipts.flatMap(({ lines }) => lines).length;
  const settled = receipts.reduce((sum, receipt) => sum + settledOf(receipt), 0);
  return (
    <StatusItem
      icon={ReceiptText}
      tone={settled < all ? 'wait' : undefined}
      onPress={() => showReceipt(first.id)}
    >
      {receipts.length === 1 ? 'Receipt' : formatCount(receipts.length, 'receipt')}: {settled} of {all}
    </StatusItem>
  );
}
