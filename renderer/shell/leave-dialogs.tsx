import { useState } from 'react';
import { isOpen } from '#contract/session-states.ts';
import { act, call } from '../state/call.ts';
import { showReceipt } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { formatCount } from '../ui/format.ts';

/** Asks before every session is ended. */
export function SignOutEverywhere({ onClose }: { onClose(): void }) {
  const open = useApp((app) => Object.values(app.sessions).filter(({ state }) => isOpen(state)).length);
  return (
    <Confirm
      title="Sign out everywhere"
      action="Sign out everywhere"
      onClose={onClose}
      onConfirm={async () => {
        const { receiptId } = await call('sessions.signOutEverywhere');
        // The dialog that asks is closed first; the receipt takes its place.
        if (receiptId) window.setTimeout(() => showReceipt(receiptId));
        else showToast({ tone: 'plain', text: 'No session was open.' });
      }}
    >
      <p>
        {open === 0
          ? 'No session is open here.'
          : `Ends ${formatCount(open, 'session')} at the vendors. What a vendor does not confirm is tried again and stays in sight.`}
      </p>
    </Confirm>
  );
}

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
