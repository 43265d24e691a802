import { Save } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { showReceipt } from '../state/navigation.ts';
import { useApp, useAppList } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { formatCount, formatTimeTitle } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { ReceiptLineList } from './receipt-line-list.tsx';
import { isSettled, openReceipts, settledOf } from './receipt-lines.ts';
import style from './receipts.module.css';

interface Props {
  receiptId: string;
  onClose(): void;
}

/** How each of the sessions that were ended together was confirmed; can be hidden, and is closed when every line has its end. */
export function ReceiptDialog({ receiptId, onClose }: Props) {
  // A thousand lines change while this is on the screen: only what says something else is drawn anew.
  const head = useAppList((app) => {
    const { title = null, orderedAt = 0, lines = [] } = app.receipts[receiptId] ?? {};
    return [title, orderedAt, lines.length] as const;
  });
  const [title, orderedAt, lines] = head;
  const ordered = useTimed((now) => formatTimeTitle(orderedAt, now));
  const wasThere = useRef(false);
  // The last line of it was undone. Before it was there, it is on its way.
  useEffect(() => {
    if (title !== null) wasThere.current = true;
    else if (wasThere.current) onClose();
  }, [title, onClose]);
  if (title === null) return null;
  return (
    <Dialog
      title={`Receipt: ${sanitizeText(title, 80)}`}
      subtitle={`${ordered} · ${formatCount(lines, 'session')}`}
      onClose={onClose}
      size="large"
      still
    >
      <OtherReceipts receiptId={receiptId} />
      <Progress receiptId={receiptId} />
      <ReceiptLineList receiptId={receiptId} />
      <Actions receiptId={receiptId} onClose={onClose} />
    </Dialog>
  );
}

const useSettled = (receiptId: string) =>
  useAppList((app) => {
    const receipt = app.receipts[receiptId];
    return receipt ? { settled: settledOf(receipt), all: receipt.lines.length } : { settled: 0, all: 0 };
  });

function OtherReceipts({ receiptId }: { receiptId: string }) {
  const several = useApp((app) => Object.keys(app.receipts).length > 1);
  return several && <ReceiptChoice receiptId={receiptId} />;
}

function ReceiptChoice({ receiptId }: { receiptId: string }) {
  const all = useAppList((app) => openReceipts(app.receipts));
  return (
    <CompactSelect
      label="Receipt"
      value={receiptId}
      onChange={showReceipt}
      options={all.map((one) => ({
        value: one.id,
        label: `${sanitizeText(one.title, 50)}, ${String(settledOf(one))} of ${String(one.lines.length)}`,
      }))}
    />
  );
}

function Progress({ receiptId }: { receiptId: string }) {
  const { settled, all } = useSettled(receiptId);
  const whole = settled === all;
  return (
    <div className={style.progress}>
      <ProgressBar
        label="Sessions with a stated end"
        value={all === 0 ? 1 : settled / all}
        tone={whole ? 'ok' : 'accent'}
      />
      <p role="status" className={style.words}>
        {whole
          ? 'Every session has a stated end.'
          : `${String(settled)} of ${String(all)} have a stated end. The others are tried until the vendor confirms.`}
      </p>
    </div>
  );
}

function Actions({ receiptId, onClose }: Props) {
  const whole = useApp((app) => {
    const receipt = app.receipts[receiptId];
    return !receipt || isSettled(receipt);
  });

  async function save() {
    const answer = await act('receipts.save', { id: receiptId });
    if (answer?.path)
      showToast({ tone: 'ok', text: `The receipt is written to ${sanitizeText(answer.path, 200)}` });
  }

  async function close() {
    await act('receipts.close', { id: receiptId });
    onClose();
  }

  return (
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
  );
}
