import { FileCheck } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Note } from '../ui/note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { LastHash } from './last-hash.tsx';

interface Props {
  path: string;
  rows: number;
  head: string;
  onClose(): void;
}

/** What was exported, and the hash that shows later whether this ledger is still the one it came from. */
export function Exported({ path, rows, head, onClose }: Props) {
  return (
    <Dialog title="The ledger is written" onClose={onClose}>
      <Note tone="ok" icon={FileCheck}>
        <p>
          {rows.toLocaleString('en-GB')} {rows === 1 ? 'row' : 'rows'} in {sanitizeText(path, 300)}
        </p>
      </Note>
      {head && (
        <>
          <LastHash hash={head} />
          <p>
            Keep this hash somewhere else. Verify compares it with the ledger, and so tells an older copy that
            was put in its place.
          </p>
        </>
      )}
      <DialogActions>
        <Button autoFocus onPress={onClose}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}
