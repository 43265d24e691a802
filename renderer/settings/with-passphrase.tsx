import { type FormEvent, type ReactNode, useState } from 'react';
import { useRefusedFocus } from '../forms/use-refused-focus.ts';
import { showToast } from '../state/toasts.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { PasswordField } from '../ui/text-field.tsx';
import style from './settings.module.css';

interface Props {
  title: string;
  children: ReactNode;
  /** The verb on the button. */
  action: string;
  danger?: boolean;
  /** Does it with the present passphrase; throws CallFailed. */
  work(passphrase: string): Promise<unknown>;
  /** Said when it is done; absent where what comes next says it. */
  done?: string;
  onClose(): void;
}

/** Something that asks for the passphrase once more. */
export function WithPassphrase({ title, children, action, danger = false, work, done, onClose }: Props) {
  const [passphrase, setPassphrase] = useState('');
  const { busy, failure, run } = useSubmit(() => work(passphrase));
  const form = useRefusedFocus(failure, busy);
  const refused = failure?.kind === 'refused-credentials';

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!(await run())) return;
    if (done) showToast({ tone: 'ok', text: done });
    onClose();
  }
  return (
    <Dialog title={title} size="small" keep onClose={onClose}>
      <form className={style.form} onSubmit={(event) => void submit(event)} ref={form}>
        {children}
        <PasswordField
          label="Present passphrase"
          value={passphrase}
          onChange={setPassphrase}
          isDisabled={busy}
          autoFocus
          error={refused ? failure.message : undefined}
        />
        {failure && !refused && <FailureNote failure={failure} />}
        <DialogActions end={<Button onPress={onClose}>Cancel</Button>}>
          <Button
            variant={danger ? 'danger' : 'main'}
            type="submit"
            isPending={busy}
            isDisabled={passphrase === ''}
          >
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
