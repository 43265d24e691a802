import { Save } from 'lucide-react';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { showReceipt } from '../state/navigation.ts';
import { useDesk, useDeskList } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import type { Receipt } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { plain } from '../ui/plain.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { count, momentTitle } from '../ui/words.ts';
import { isSettled, openReceipts, settledOf } from './lines.ts';
import { ReceiptLines } from './receipt-lines.tsx';
import style from './receipts.module.css';

type Props = { receiptId: string; onClose(): void };

/** How each of the sessions that were ended together was confirmed; can be hidden, and is closed when every line has its end. */
export function ReceiptDialog({ receiptId, onClose }: Props) {
  const receipt = useDesk((desk) => desk.receipts[receiptId]);
  if (!receipt) return null;
  return <Shown receipt={receipt} onClose={onClose} />;
}

function Shown({ receipt, onClose }: { receipt: Receipt; onClose(): void }) {
  const all = useDeskList((desk) => openReceipts(desk.receipts));
  const ordered = useTimed((now) => momentTitle(receipt.orderedAt, now));
  const settled = settledOf(receipt);
  const whole = isSettled(receipt);
  const lines = receipt.lines.length;

  async function save() {
    const answer = await act('receipts.save', { id: receipt.id });
    if (answer?.path) showToast({ tone: 'ok', text: `The receipt is written to ${plain(answer.path, 200)}` });
  }

  async function close() {
    await act('receipts.close', { id: receipt.id });
    onClose();
  }

  return (
    <Dialog
      title={`Receipt: ${plain(receipt.title, 80)}`}
      subtitle={`${ordered} · ${count(lines, 'session')}`}
      onClose={onClose}
      size="large"
    >
      {all.length > 1 && (
        <CompactSelect
          label="Receipt"
          value={receipt.id}
          onChange={showReceipt}
          options={all.map((one) => ({
            value: one.id,
            label: `${plain(one.title, 50)}, ${String(settledOf(one))} of ${String(one.lines.length)}`,
          }))}
        />
      )}
      <div className={style.progress}>
        <ProgressBar
          label="Sessions with a stated end"
          value={lines === 0 ? 1 : settled / lines}
          tone={whole ? 'ok' : 'accent'}
        />
        <p role="status" className={style.words}>
          {whole
            ? 'Every session has a stated end.'
            : `${String(settled)} of ${String(lines)} have a stated end. The others are tried until the vendor confirms.`}
        </p>
      </div>
      <ReceiptLines receipt={receipt} />
      <DialogActions
        end={
          whole ? null : (
            <Button variant="quiet" onPress={onClose}>
              Hide
            </Button>
          )
        }
      >
        {whole && (
          <Button variant="main" onPress={() => void close()}>
            Close the receipt
          </Button>
        )}
        <Button icon={Save} onPress={() => void save()}>
          Save…
        </Button>
        {!whole && (
          <span className={style.stays}>
            It stays open at the bottom of the window until every line has its end.
          </span>
        )}
      </DialogActions>
    </Dialog>
  );
}
