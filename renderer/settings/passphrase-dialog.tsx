import { RefreshCw, TriangleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { PasswordField } from '../ui/text-field.tsx';
import { useNewPassphrase } from '../vault/new-passphrase.ts';
import { NewPassphraseFields } from '../vault/new-passphrase-fields.tsx';
import { RecoveryChoice } from '../vault/recovery-choice.tsx';
import { showCode } from '../vault/recovery-code.ts';
import { useRefusedFocus } from '../vault/use-refused-focus.ts';
import { useSubmit } from '../vault/use-submit.ts';
import style from './settings.module.css';

/** Sets the first passphrase, or another in place of the present one. */
export function PassphraseDialog({ onClose }: { onClose(): void }) {
  // As it was when the dialog opened: the words must not change under the person when main has answered.
  const [{ hasPassphrase: had, hasRecovery: hadRecovery }] = useState(useApp((app) => app.vault));
  const [current, setCurrent] = useState('');
  const [recovery, setRecovery] = useState(hadRecovery);
  const passphrase = useNewPassphrase();
  const { busy, failure, run } = useSubmit(async () => {
    const { recoveryCode } = await call('vault.setPassphrase', {
      current: had ? current : null,
      next: passphrase.next,
      recovery,
    });
    showCode(recoveryCode);
  });
  const form = useRefusedFocus(failure, busy);
  const refused = failure?.kind === 'refused-credentials';

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!(await run())) return;
    showToast({ tone: 'ok', text: had ? 'The passphrase is changed.' : 'The passphrase is set.' });
    onClose();
  }
  return (
    <Dialog title={had ? 'Change the passphrase' : 'Set a passphrase'} size="small" keep onClose={onClose}>
      <form className={style.form} onSubmit={(event) => void submit(event)} ref={form}>
        {had && (
          <PasswordField
            label="Present passphrase"
            value={current}
            onChange={setCurrent}
            isDisabled={busy}
            autoFocus
            error={refused ? failure.message : undefined}
          />
        )}
        <NewPassphraseFields
          label={had ? 'New passphrase' : 'Passphrase'}
          passphrase={passphrase}
          isDisabled={busy}
          autoFocus={!had}
          error={failure && !refused ? failure.fields?.passphrase : undefined}
        />
        <RecoveryChoice isSelected={recovery} onChange={setRecovery} isDisabled={busy} />
        <Note icon={RefreshCw}>
          Everything is encrypted anew with a new key. Old copies of the data folder don’t open what is stored
          from now on.
          {hadRecovery && ' The present recovery code stops working.'}
        </Note>
        {!recovery && (
          <Note tone="wait" icon={TriangleAlert}>
            A forgotten passphrase can’t be recovered by anyone.
          </Note>
        )}
        {failure && !refused && !failure.fields?.passphrase && <FailureNote failure={failure} />}
        <DialogActions end={<Button onPress={onClose}>Cancel</Button>}>
          <Button
            variant="main"
            type="submit"
            isPending={busy}
            isDisabled={!passphrase.complete || (had && current === '')}
          >
            {had ? 'Change passphrase' : 'Set passphrase'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
