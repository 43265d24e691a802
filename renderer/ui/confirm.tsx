import { type ReactNode, useState } from 'react';
import { asFailure } from '../state/call.ts';
import type { Failure } from '../state/types.ts';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';

interface Props {
  title: string;
  children: ReactNode;
  /** The verb on the button. */
  action: string;
  danger?: boolean;
  /** Does it; a thrown CallFailed is shown in the dialog, which then stays. */
  onConfirm(): Promise<unknown>;
  onClose(): void;
}

/** Asks before something that can't be undone, and says what will happen. */
export function Confirm({ title, children, action, danger = true, onConfirm, onClose }: Props) {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [busy, setBusy] = useState(false);

  async function confirm() {
    setBusy(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  }

  return (
    <Dialog title={title} size="small" alert onClose={onClose} noClose>
      <div>{children}</div>
      {failure && <FailureNote failure={failure} />}
      <DialogActions
        end={
          <Button variant={danger ? 'danger' : 'main'} isPending={busy} onPress={() => void confirm()}>
            {action}
          </Button>
        }
      >
        <Button autoFocus onPress={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </Dialog>
  );
}
