import { KeyRound, Lock, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useRefusedFocus } from '../forms/use-refused-focus.ts';
import { call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { RadioCards } from '../ui/radio-cards.tsx';
import { keyringName } from './keyring-name.ts';
import { useNewPassphrase } from './new-passphrase.ts';
import { NewPassphraseFields } from './new-passphrase-fields.tsx';
import { RecoveryChoice } from './recovery-choice.tsx';
import { showCode } from './recovery-code.ts';
import { useKeyringAsked } from './use-keyring-asked.ts';
import style from './vault.module.css';
import { VaultFrame } from './vault-frame.tsx';

/** The first start: what will open the vault from now on. A keyring that is long in answering keeps nobody from a passphrase. */
export function FirstRunVault() {
  const asked = useKeyringAsked();
  if (asked === 'briefly') return <div className={style.gate} />;
  return <WhatOpens />;
}

function WhatOpens() {
  const keyring = useApp((app) => app.vault.keyring);
  const [way, setWay] = useState(keyring.available ? 'keyring' : 'passphrase');
  const passphrase = useNewPassphrase();
  const [recovery, setRecovery] = useState(false);
  const byPassphrase = way === 'passphrase' || !keyring.available;
  const { busy, failure, onSubmit } = useSubmit(async () => {
    const { recoveryCode } = await call('vault.create', {
      passphrase: byPassphrase ? passphrase.next : null,
      recovery: byPassphrase && recovery,
    });
    showCode(recoveryCode);
  });
  const form = useRefusedFocus(failure, busy);
  const name = keyringName(keyring.backend);
  return (
    <VaultFrame
      wide
      title="Welcome to Gatehouse"
      lead="Passwords, tokens and open sessions are kept encrypted on this computer. Choose what opens them."
    >
      <form className={style.form} onSubmit={onSubmit} ref={form}>
        {keyring.available ? (
          <RadioCards
            label="What opens the vault"
            hideLabel
            value={way}
            onChange={setWay}
            isDisabled={busy}
            options={[
              {
                value: 'keyring',
                label: name ? `This computer’s keyring (${name})` : 'This computer’s keyring',
                help: 'Nothing to type: the vault opens while you are signed in to this computer.',
              },
              {
                value: 'passphrase',
                label: 'A passphrase',
                help: 'Typed at each start and after each lock. Also keeps out others who use this computer as you.',
              },
            ]}
          />
        ) : keyring.available === null ? (
          <Note icon={KeyRound}>
            This computer’s keyring is still being asked. If it wants its password or your consent, it asks in
            a window of its own. A passphrase can be set meanwhile.
          </Note>
        ) : (
          <Note icon={KeyRound}>
            This computer has no keyring that protects secrets{name ? ` (${name} does not)` : ''}, so a
            passphrase opens the vault.
          </Note>
        )}
        {byPassphrase && (
          <>
            <NewPassphraseFields
              passphrase={passphrase}
              isDisabled={busy}
              error={failure?.fields?.passphrase}
              autoFocus={!keyring.available}
            />
            <RecoveryChoice isSelected={recovery} onChange={setRecovery} isDisabled={busy} />
            {!recovery && (
              <Note tone="wait" icon={TriangleAlert}>
                A forgotten passphrase can’t be recovered by anyone. The accounts would have to be entered
                again.
              </Note>
            )}
          </>
        )}
        {failure && !failure.fields?.passphrase && <FailureNote failure={failure} />}
        <Button
          variant="main"
          type="submit"
          icon={Lock}
          autoFocus={keyring.available === true}
          isPending={busy}
          isDisabled={byPassphrase && !passphrase.complete}
        >
          {busy ? 'Setting up' : byPassphrase ? 'Set the passphrase' : 'Use the keyring'}
        </Button>
        <p className={style.small}>
          Everything is stored encrypted, labels, addresses and the ledger included. Counts, sizes, times,
          states and random ids stay readable in the file. What opens the vault can be changed in the
          settings.
        </p>
      </form>
    </VaultFrame>
  );
}
