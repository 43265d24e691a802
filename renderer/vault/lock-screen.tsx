import { LockOpen } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ByRecoveryCode } from './by-recovery-code.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { useKeyringAsked } from './use-keyring-asked.ts';
import { useWait } from './use-wait.ts';
import style from './vault.module.css';
import { VaultFrame } from './vault-frame.tsx';

/** The vault is locked: by passphrase, or by the keyring alone. Tells nothing of what is inside. */
export function LockScreen() {
  const { hasPassphrase, hasRecovery } = useApp((app) => app.vault);
  const asked = useKeyringAsked();
  const [forgotten, setForgotten] = useState(false);
  if (forgotten)
    return (
      <VaultFrame
        title="Open with the recovery code"
        lead="It opens the vault once. You set a new passphrase and get a new code."
      >
        <ByRecoveryCode onBack={() => setForgotten(false)} />
      </VaultFrame>
    );
  if (!hasPassphrase && asked === 'briefly') return <div className={style.gate} />;
  if (!hasPassphrase && asked === 'long') return <KeyringIsAsked />;
  return (
    <VaultFrame
      title="Gatehouse is locked"
      lead="Open sessions stay open. Their secrets are out of reach until you unlock."
    >
      {hasPassphrase ? (
        <ByPassphrase {...(hasRecovery ? { onForgotten: () => setForgotten(true) } : {})} />
      ) : (
        <ByKeyring />
      )}
    </VaultFrame>
  );
}

/** The vault opens by itself when the keyring answers. */
function KeyringIsAsked() {
  return (
    <VaultFrame
      title="Asking this computer’s keyring"
      lead="The vault opens when it answers. If it wants its password or your consent, it asks in a window of its own, which may lie behind this one."
    >
      <p className={style.small} role="status">
        Gatehouse waits for it as long as it takes. You can quit and start again at any time.
      </p>
    </VaultFrame>
  );
}

export function ByPassphrase({ onForgotten }: { onForgotten?: () => void }) {
  const [passphrase, setPassphrase] = useState('');
  const { busy, failure, onSubmit } = useSubmit(() => call('vault.unlock', { passphrase }));
  const wait = useWait(failure);
  const form = useRef<HTMLFormElement>(null);

  // After a refusal the whole passphrase is selected, so that typing replaces it.
  useEffect(() => {
    if (failure && !busy) form.current?.querySelector('input')?.select();
  }, [failure, busy]);

  const wrong = failure?.kind === 'refused-credentials' || failure?.kind === 'invalid';
  const error = wrong ? (failure.fields?.passphrase ?? failure.message) : undefined;
  return (
    <form className={style.form} onSubmit={onSubmit} ref={form}>
      <PassphraseField
        label="Passphrase"
        value={passphrase}
        onChange={setPassphrase}
        autoFocus
        error={error}
      />
      {/* The focus never left the field, so its description is not read out again. */}
      <p className="screen-reader-only" role="alert">
        {error}
      </p>
      {failure && !wrong && <FailureNote failure={failure} />}
      <div className={style.actions}>
        <Button
          variant="main"
          type="submit"
          icon={LockOpen}
          isPending={busy}
          isDisabled={passphrase === '' || wait !== null}
        >
          {busy ? 'Unlocking' : wait === null ? 'Unlock' : `Unlock in ${wait}`}
        </Button>
        {onForgotten && (
          <Button variant="link" onPress={onForgotten}>
            Forgot the passphrase?
          </Button>
        )}
      </div>
    </form>
  );
}

export function ByKeyring({ label = 'Unlock' }: { label?: string }) {
  const known = useApp((app) => app.vault.failure);
  const { busy, failure, onSubmit } = useSubmit(() => call('vault.unlock', { passphrase: null }));
  const shown = failure ?? known;
  return (
    <form className={style.form} onSubmit={onSubmit}>
      {shown && <FailureNote failure={shown} announce={failure !== null} />}
      <Button variant="main" type="submit" icon={LockOpen} autoFocus isPending={busy}>
        {busy ? 'Asking the keyring' : shown ? 'Try again' : label}
      </Button>
    </form>
  );
}
