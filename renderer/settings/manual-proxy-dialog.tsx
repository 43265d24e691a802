import { type FormEvent, useState } from 'react';
import { useRefusedFocus } from '../forms/use-refused-focus.ts';
import { call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './settings.module.css';

/** The address of a proxy, and what is reached without it. */
export function ManualProxyDialog({ onClose }: { onClose(): void }) {
  const proxy = useApp((app) => app.settings.proxy);
  const [address, setAddress] = useState(proxy.address);
  const [exceptions, setExceptions] = useState(proxy.exceptions);
  const { busy, failure, errors, run, clearError } = useSubmit(() =>
    call('network.setProxy', { mode: 'manual', address, exceptions }),
  );
  const form = useRefusedFocus(failure, busy);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await run()) onClose();
  }
  return (
    <Dialog title="A proxy of your own choice" size="small" keep onClose={onClose}>
      <form className={style.form} onSubmit={(event) => void submit(event)} ref={form}>
        <TextField
          label="Address and port"
          help="https, socks4 and socks5 have to be named: socks5://proxy.example.com:1080."
          placeholder="proxy.example.com:8080"
          value={address}
          onChange={(value) => {
            setAddress(value);
            clearError('address');
          }}
          isDisabled={busy}
          autoFocus
          spellCheck="false"
          maxLength={300}
          error={errors.address}
        />
        <TextField
          label="Reached without it"
          optional
          help="Hosts, separated by commas: intranet.example.com, *.example.com. This computer itself always is."
          lines={3}
          value={exceptions}
          onChange={(value) => {
            setExceptions(value);
            clearError('exceptions');
          }}
          isDisabled={busy}
          spellCheck="false"
          maxLength={4_000}
          error={errors.exceptions}
        />
        {failure && Object.keys(errors).length === 0 && <FailureNote failure={failure} />}
        <DialogActions end={<Button onPress={onClose}>Cancel</Button>}>
          <Button variant="main" type="submit" isPending={busy} isDisabled={address.trim() === ''}>
            Use this proxy
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
