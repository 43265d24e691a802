import { RemoveAccount } from '../accounts/remove-account.tsx';
import { EndingsDialog } from '../sessions/endings-dialog.tsx';
import { SwitchRealmDialog } from '../sessions/switch-realm-dialog.tsx';
import { WayDialog } from '../sessions/way-dialog.tsx';
import { openDialog, useNavigation } from '../state/navigation.ts';
import { QuitDialog, SignOutEverywhere } from './leave-dialogs.tsx';
import { QuickOpen } from './quick-open.tsx';

const close = () => openDialog(null);

/** The one dialog that the frame has open, if any. */
export function FrameDialogs() {
  const dialog = useNavigation((state) => state.dialog);
  switch (dialog?.what) {
    case 'quick-open':
      return <QuickOpen onClose={close} />;
    case 'endings':
      return <EndingsDialog onClose={close} />;
    case 'remove-account':
      return <RemoveAccount accountId={dialog.accountId} onClose={close} />;
    case 'sign-out-everywhere':
      return <SignOutEverywhere onClose={close} />;
    case 'quit':
      return <QuitDialog activeSessions={dialog.activeSessions} onClose={close} />;
    case 'way':
      return <WayDialog accountId={dialog.accountId} way={dialog.way} onClose={close} />;
    case 'switch-realm':
      return <SwitchRealmDialog sessionId={dialog.sessionId} onClose={close} />;
    case undefined:
      return null;
  }
}
