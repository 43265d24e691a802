import { useApp } from '../state/store.ts';
import { BrokenScreen } from './broken-screen.tsx';
import { FirstRunVault } from './first-run-vault.tsx';
import { LockScreen } from './lock-screen.tsx';

/** What stands in the window until the vault is open: first run, lock, or what is wrong. */
export function VaultGate() {
  const state = useApp((app) => app.vault.state);
  if (state === 'new') return <FirstRunVault />;
  return state === 'broken' ? <BrokenScreen /> : <LockScreen />;
}
