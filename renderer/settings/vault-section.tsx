import { useState } from 'react';
import { useDesk } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { Card, Section } from '../ui/page.tsx';
import { keyringName } from '../vault/keyring-words.ts';
import { PassphraseDialog } from './passphrase-dialog.tsx';
import { RemovePassphrase } from './remove-passphrase.tsx';
import { FactRow } from './setting-row.tsx';

/** What opens the vault, and how to change it. */
export function VaultSection() {
  const { hasPassphrase, keyring } = useDesk((desk) => desk.vault);
  const [dialog, setDialog] = useState<'set' | 'remove' | null>(null);
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
      </Card>
      {dialog === 'set' && <PassphraseDialog onClose={close} />}
      {dialog === 'remove' && <RemovePassphrase onClose={close} />}
    </Section>
  );
}
