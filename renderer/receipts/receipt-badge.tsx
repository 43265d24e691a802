import { ReceiptText } from 'lucide-react';
import style from '../app/status-bar.module.css';
import { showReceipt } from '../state/navigation.ts';
import { useAppList } from '../state/store.ts';
import { count } from '../ui/words.ts';
import { isSettled, openReceipts, settledOf } from './lines.ts';

/** In the bottom bar while a receipt is open: how far it is; brings it back. */
export function ReceiptBadge() {
  const receipts = useAppList((app) => openReceipts(app.receipts));
  const first = receipts.find((receipt) => !isSettled(receipt)) ?? receipts[0];
  if (!first) return null;
  const all = receipts.flatMap(({ lines }) => lines).length;
  const settled = receipts.reduce((sum, receipt) => sum + settledOf(receipt), 0);
  return (
    <button
      type="button"
      className={`${style.item} ${style.button} ${settled < all ? style.wait : ''}`}
      onClick={() => showReceipt(first.id)}
    >
      <ReceiptText size={14} strokeWidth={1.75} aria-hidden />
      {receipts.length === 1 ? 'Receipt' : count(receipts.length, 'receipt')}: {settled} of {all}
    </button>
  );
}
