import { useEffect, useLayoutEffect } from 'react';
import { forgetTypedSecrets } from '../accounts/drafts.ts';
import { forgetPages } from '../directory/held-pages.ts';
import { openDialog, useNavigation } from '../state/navigation.ts';
import { useStore } from '../state/store.ts';
import { clearToasts, useToasts } from '../state/toasts.ts';
import { forgetReads } from '../state/use-read.ts';
import { Boundary } from '../ui/boundary.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Toasts } from '../ui/toasts.tsx';
import { ShownRecoveryCode } from '../vault/recovery-code-dialog.tsx';
import { VaultGate } from '../vault/vault-gate.tsx';
import style from './app.module.css';
import { QuitDialog } from './leave-dialogs.tsx';
import { Shell } from './shell.tsx';
import { loadLater, useAllLoaded } from './use-later.ts';

/** The window: nothing until the first snapshot, then the vault's gate or the frame. */
export function App() {
  const known = useStore((store) => store.app !== null);
  const failure = useStore((store) => store.failure);
  const vault = useStore((store) => store.app?.vault.state);
  const toasts = useToasts((state) => state.toasts);
  const theme = useStore((store) => store.app?.settings.theme);
  const complete = useAllLoaded();

  useEffect(() => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);

  useLayoutEffect(() => {
    if (vault === 'unlocked') return;
    forgetTypedSecrets(useStore.getState().app?.vendors ?? []);
    clearToasts();
    forgetReads();
    forgetPages();
  }, [vault]);

  useEffect(() => {
    if (known) return afterPaint(() => void loadLater());
  }, [known]);

  useEffect(() => {
    if (!complete) return;
    return afterPaint(() => {
      document.documentElement.dataset.ready = 'true';
    });
  }, [complete]);

  if (!known)
    return failure ? (
      <main className={style.alone}>
        <FailureNote failure={failure} onRetry={() => window.location.reload()} retryLabel="Read again" />
      </main>
    ) : null;

  return (
    <>
      {vault === 'unlocked' ? <Shell /> : <BeforeUnlock />}
      <ShownRecoveryCode />
      <Boundary what="A message" instead={() => null} renewOn={toasts}>
        <Toasts />
      </Boundary>
    </>
  );
}

/** Runs its argument once what was just drawn is painted; returns what calls it off. */
function afterPaint(run: () => void): () => void {
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(run);
  });
  return () => cancelAnimationFrame(frame);
}

/** While nothing is open: the vault's page, and the one question that main may ask then. */
function BeforeUnlock() {
  const dialog = useNavigation((state) => state.dialog);
  return (
    <>
      <VaultGate />
      {dialog?.what === 'quit' && (
        <QuitDialog
          activeSessions={dialog.activeSessions}
          update={dialog.update}
          onClose={() => openDialog(null)}
        />
      )}
    </>
  );
}
