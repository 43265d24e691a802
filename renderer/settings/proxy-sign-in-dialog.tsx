import { KeyRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useRefusedFocus } from '../forms/use-refused-focus.ts';
import { call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { PasswordField, TextField } from '../ui/text-field.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import style from './settings.module.css';

/** Asks for the sign-in of a proxy while it wants one. */
export function ProxyQuestion() {
  const wanted = useApp((app) => app.appInfo.network.wanted);
  if (!wanted || wanted.later) return null;
  return (
    <ProxySignInDialog
      key={`${wanted.proxy} ${String(wanted.refused)}`}
      proxy={wanted.proxy}
      refused={wanted.refused}
      later="Not now"
      onClose={() => void call('network.notNow').catch(() => undefined)}
      onDone={() => undefined}
    />
  );
}

interface Props {
  proxy: string;
  /** What is stored for it was not right. */
  refused: boolean;
  later: string;
  onClose(): void;
  onDone(): void;
}

/** User name and password of a proxy; main tries again by itself what waited for them. */
export function ProxySignInDialog({ proxy, refused, later, onClose, onDone }: Props) {
  const known = useApp((app) => app.appInfo.network.signIns.find((one) => one.proxy === proxy)?.user);
  const [user, setUser] = useState(known ?? '');
  const [password, setPassword] = useState('');
  const { busy, failure, errors, run, clearError } = useSubmit(() =>
    call('network.signIn', { proxy, user, password }),
  );
  const form = useRefusedFocus(failure, busy);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!(await run())) return;
    showToast({ tone: 'ok', text: 'The proxy’s sign-in is stored. Try again what was refused.' });
    onDone();
  }
  return (
    <Dialog
      title="Sign in to the proxy"
      subtitle={<VendorText text={proxy} />}
      size="small"
      keep
      onClose={onClose}
    >
      <form className={style.form} onSubmit={(event) => void submit(event)} ref={form}>
        {refused && (
          <FailureNote
            failure={{
              kind: 'refused-credentials',
              message: 'The proxy does not accept the user name and password that are stored for it.',
            }}
          />
        )}
        <TextField
          label="User name"
          value={user}
          onChange={(value) => {
            setUser(value);
            clearError('user');
          }}
          isDisabled={busy}
          autoFocus={!known}
          autoComplete="off"
          spellCheck="false"
          maxLength={200}
          error={errors.user}
        />
        <PasswordField
          label="Password"
          value={password}
          onChange={(value) => {
            setPassword(value);
            clearError('password');
          }}
          isDisabled={busy}
          autoFocus={Boolean(known)}
          error={errors.password}
        />
        <Note icon={KeyRound}>Both are kept in the vault and go to this proxy alone.</Note>
        {failure && Object.keys(errors).length === 0 && <FailureNote failure={failure} />}
        <DialogActions end={<Button onPress={onClose}>{later}</Button>}>
          <Button variant="main" type="submit" isPending={busy} isDisabled={user === '' || password === ''}>
            Sign in
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
