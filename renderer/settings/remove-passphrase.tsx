import { type FormEvent, useState } from 'react';
import { call } from '../state/call.ts';
import { showToast } from '../state/toasts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PasswordField } from '../ui/text-field.tsx';
import { useSubmit } from '../vault/use-submit.ts';
import style from './settings.module.css';

/** Goes back to the keyring alone; asks for the passphrase once more. */
export function RemovePassphrase({ onClose }: { onClose(): void }) {
  const [current, setCurrent] = useState('');
  const { busy, failure, run } = useSubmit(() => call('vault.setPassphrase', { current, next: null }));
  const refused = failure?.kind === 'refused-credentials';

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!(await run())) return;
    showToast({ tone: 'ok', text: 'The passphrase is removed; the keyring opens the vault.' });
    onClose();
  }
  return (
    <Dialog title="Remove the passphrase" size="small" keep onClose={onClose}>
      <form className={style.form} onSubmit={(event) => void submit(event)}>
        <p>From then on the vault opens for anyone who uses this computer as you.</p>
        <PasswordField
          label="Present passphrase"
          value={current}
          onChange={setCurrent}
          isDisabled={busy}
          autoFocus
          error={refused ? failure.message : undefined}
        />
        {failure && !refused && <FailureNote failure={failure} />}
        <DialogActions end={<Button onPress={onClose}>Cancel</Button>}>
          <Button variant="danger" type="submit" isPending={busy} isDisabled={current === ''}>
            Remove passphrase
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
