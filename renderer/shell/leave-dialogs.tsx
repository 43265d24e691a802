import { useState } from 'react';
import { act } from '../state/call.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { formatCount } from '../ui/format.ts';

/** On quit, and before an update: end all, keep all, or stay. */
export function QuitDialog({
  activeSessions,
  update,
  onClose,
}: {
  activeSessions: number;
  update: boolean;
  onClose(): void;
}) {
  const [busy, setBusy] = useState(false);
  const quit = (endAll: boolean) => {
    setBusy(true);
    void act('app.quit', { endAll, ...(update ? { update } : {}) }).finally(() => setBusy(false));
  };
  return (
    <Dialog
      title={update ? 'Restart and update' : 'Quit Gatehouse'}
      size="small"
      alert
      noClose
      onClose={onClose}
    >
      <p>
        {formatCount(activeSessions, 'session is', 'sessions are')} active. Sessions that you keep stay open
        at the vendors and are checked at the next start.
      </p>
      <DialogActions end={<Button onPress={onClose}>Stay</Button>}>
        <Button variant="main" autoFocus isPending={busy} onPress={() => quit(true)}>
          End all and {update ? 'update' : 'quit'}
        </Button>
        <Button isDisabled={busy} onPress={() => quit(false)}>
          {update ? 'Keep and update' : 'Keep them and quit'}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
