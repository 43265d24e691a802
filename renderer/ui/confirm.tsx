import type { ReactNode } from 'react';
import { useSubmit } from '../state/use-submit.ts';
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
  const { busy, failure, run } = useSubmit(async () => {
    await onConfirm();
    onClose();
  });

  return (
    <Dialog title={title} size="small" alert onClose={onClose} noClose>
      <div>{children}</div>
      {failure && <FailureNote failure={failure} />}
      <DialogActions
        end={
          <Button autoFocus onPress={onClose}>
            Cancel
          </Button>
        }
      >
        <Button variant={danger ? 'danger' : 'main'} isPending={busy} onPress={() => void run()}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
