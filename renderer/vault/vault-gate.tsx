import { QuitDialog } from '../app/leave-dialogs.tsx';
import { openDialog, useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { BrokenScreen } from './broken-screen.tsx';
import { FirstRunVault } from './first-run-vault.tsx';
import { LockScreen } from './lock-screen.tsx';

/** What stands in the window until the vault is open: first run, lock, or what is wrong. */
export function VaultGate() {
  const state = useApp((app) => app.vault.state);
  const dialog = useNavigation((navigation) => navigation.dialog);
  return (
    <>
      {state === 'new' ? <FirstRunVault /> : state === 'broken' ? <BrokenScreen /> : <LockScreen />}
      {dialog?.what === 'quit' && (
        <QuitDialog activeSessions={dialog.activeSessions} onClose={() => openDialog(null)} />
      )}
    </>
  );
}
