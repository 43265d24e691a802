import { useState } from 'react';
import { call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { Card, Section } from '../ui/page.tsx';
import { keyringName } from '../vault/keyring-name.ts';
import { showCode } from '../vault/recovery-code.ts';
import { PassphraseDialog } from './passphrase-dialog.tsx';
import { FactRow } from './setting-row.tsx';
import { WithPassphrase } from './with-passphrase.tsx';

type Open = 'set' | 'remove' | 'make-code' | 'remove-code';

/** What opens the vault, and how to change it. */
export function VaultSection() {
  const { hasPassphrase, hasRecovery, keyring } = useApp((app) => app.vault);
  const [dialog, setDialog] = useState<Open | null>(null);
  const name = keyringName(keyring.backend);
  const close = () => setDialog(null);
  return (
    <Section title="Vault">
      <Card>
        {hasPassphrase ? (
          <FactRow
            label="Opened by your passphrase"
            help={
              keyring.available
                ? 'Without it the keyring would open the vault.'
                : keyring.available === null
                  ? 'Asking this computer’s keyring, without which the passphrase can be changed but not removed.'
                  : 'This computer has no keyring that protects secrets, so the passphrase can be changed but not removed.'
            }
          >
            {keyring.available && (
              <Button variant="danger" onPress={() => setDialog('remove')}>
                Remove…
              </Button>
            )}
            <Button onPress={() => setDialog('set')}>Change passphrase…</Button>
          </FactRow>
        ) : (
          <FactRow
            label={name ? `Opened by this computer’s keyring (${name})` : 'Opened by this computer’s keyring'}
            help="With a passphrase a lock also keeps out others who use this computer as you."
          >
            <Button onPress={() => setDialog('set')}>Set a passphrase…</Button>
          </FactRow>
        )}
        {hasPassphrase && (
          <FactRow
            label={hasRecovery ? 'There is a recovery code' : 'No recovery code'}
            help={
              hasRecovery
                ? 'Whoever holds it can open the vault and set a new passphrase.'
                : 'A forgotten passphrase can’t be recovered by anyone.'
            }
          >
            {hasRecovery && (
              <Button variant="danger" onPress={() => setDialog('remove-code')}>
                Remove code…
              </Button>
            )}
            <Button onPress={() => setDialog('make-code')}>
              {hasRecovery ? 'Make a new code…' : 'Make a recovery code…'}
            </Button>
          </FactRow>
        )}
      </Card>
      {dialog === 'set' && <PassphraseDialog onClose={close} />}
      {dialog === 'remove' && <RemovePassphrase onClose={close} />}
      {dialog === 'make-code' && <MakeCode onClose={close} />}
      {dialog === 'remove-code' && <RemoveCode onClose={close} />}
    </Section>
  );
}

/** Goes back to the keyring alone. */
function RemovePassphrase({ onClose }: { onClose(): void }) {
  const [hadRecovery] = useState(useApp((app) => app.vault.hasRecovery));
  return (
    <WithPassphrase
      title="Remove the passphrase"
      action="Remove passphrase"
      danger
      work={(current) => call('vault.setPassphrase', { current, next: null, recovery: false })}
      done="The passphrase is removed; the keyring opens the vault."
      onClose={onClose}
    >
      <p>
        From then on the vault opens for anyone who uses this computer as you.
        {hadRecovery && ' The recovery code stops working.'}
      </p>
    </WithPassphrase>
  );
}

function MakeCode({ onClose }: { onClose(): void }) {
  const [hadRecovery] = useState(useApp((app) => app.vault.hasRecovery));
  return (
    <WithPassphrase
      title={hadRecovery ? 'Make a new recovery code' : 'Make a recovery code'}
      action="Make the code"
      work={async (passphrase) => {
        const { recoveryCode } = await call('vault.setRecovery', { passphrase, on: true });
        showCode(recoveryCode);
      }}
      onClose={onClose}
    >
      <p>
        It opens the vault on the day the passphrase is forgotten. Whoever holds it can open the vault.
        {hadRecovery && ' The present code stops working.'}
      </p>
      {hadRecovery && <SeenByOthers />}
    </WithPassphrase>
  );
}

function RemoveCode({ onClose }: { onClose(): void }) {
  return (
    <WithPassphrase
      title="Remove the recovery code"
      action="Remove code"
      danger
      work={(passphrase) => call('vault.setRecovery', { passphrase, on: false })}
      done="The recovery code is removed."
      onClose={onClose}
    >
      <p>From then on a forgotten passphrase can’t be recovered by anyone.</p>
      <SeenByOthers />
    </WithPassphrase>
  );
}

/** Another code wraps the same key, which an old copy of the data folder still gives to whoever knows the earlier code. */
function SeenByOthers() {
  return (
    <p>If someone else may have seen the code, change the passphrase instead: only that makes a new key.</p>
  );
}
