import { RemoveAccount } from '../accounts/remove-account.tsx';
import { CopyDialog } from '../console/copy-dialog.tsx';
import { CommandPalette } from '../palette/command-palette.tsx';
import { ReceiptDialog } from '../receipts/receipt-dialog.tsx';
import { RecoveryDialog } from '../recovery/recovery-dialog.tsx';
import { EndingsDialog } from '../sessions/endings-dialog.tsx';
import { OpenAlreadyDialog } from '../sessions/open-already-dialog.tsx';
import { SwitchRealmDialog } from '../sessions/switch-realm-dialog.tsx';
import { WayDialog } from '../sessions/way-dialog.tsx';
import { EditShift } from '../shifts/edit-shift.tsx';
import { RemoveShift } from '../shifts/remove-shift.tsx';
import { type AppDialog, openDialog, useNavigation } from '../state/navigation.ts';
import { Boundary } from '../ui/boundary.tsx';
import { FailedDialog } from '../ui/failed-dialog.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { QuitDialog } from './leave-dialogs.tsx';

const close = () => openDialog(null);

/** The one dialog that the frame has open, if any. */
export function AppDialogs() {
  const dialog = useNavigation((state) => state.dialog);
  return (
    <Boundary
      what="This dialog"
      renewOn={dialog}
      instead={(failure, again) => <FailedDialog failure={failure} onAgain={again} onClose={close} />}
    >
      <OpenDialog dialog={dialog} />
    </Boundary>
  );
}

function OpenDialog({ dialog }: { dialog: AppDialog | null }) {
  switch (dialog?.what) {
    case 'palette':
      return <CommandPalette onClose={close} />;
    case 'keys':
      return <KeysDialog onClose={close} />;
    case 'endings':
      return <EndingsDialog onClose={close} />;
    case 'remove-account':
      return <RemoveAccount accountId={dialog.accountId} onClose={close} />;
    case 'quit':
      return <QuitDialog activeSessions={dialog.activeSessions} update={dialog.update} onClose={close} />;
    case 'way':
      return <WayDialog accountId={dialog.accountId} way={dialog.way} onClose={close} />;
    case 'switch-realm':
      return <SwitchRealmDialog sessionId={dialog.sessionId} onClose={close} />;
    case 'open-already':
      return <OpenAlreadyDialog sessionId={dialog.sessionId} from={dialog.from} onClose={close} />;
    case 'receipt':
      return <ReceiptDialog key={dialog.receiptId} receiptId={dialog.receiptId} onClose={close} />;
    case 'edit-shift':
      return <EditShift shift={dialog.shift} onClose={close} />;
    case 'remove-shift':
      return <RemoveShift shiftId={dialog.shiftId} onClose={close} />;
    case 'recovery':
      return <RecoveryDialog accountId={dialog.accountId} onClose={close} />;
    case 'copy':
      return <CopyDialog sessionId={dialog.sessionId} copyable={dialog.copyable} onClose={close} />;
    case undefined:
      return null;
  }
}
