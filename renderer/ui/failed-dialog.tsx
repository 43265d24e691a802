import type { Failure } from '../state/types.ts';
import { Button } from './button.tsx';
import { Dialog, DialogActions } from './dialog.tsx';
import { FailureNote } from './failure-note.tsx';

interface Props {
  failure: Failure;
  onAgain(): void;
  onClose(): void;
}

/** In place of a dialog that can't be drawn. */
export function FailedDialog({ failure, onAgain, onClose }: Props) {
  return (
    <Dialog title="This can’t be shown" size="small" alert onClose={onClose}>
      <FailureNote failure={failure} announce={false} />
      <DialogActions
        end={
          <Button variant="quiet" onPress={onClose}>
            Close
          </Button>
        }
      >
        <Button variant="main" autoFocus onPress={onAgain}>
          Try again
        </Button>
      </DialogActions>
    </Dialog>
  );
}
