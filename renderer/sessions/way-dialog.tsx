import { type FormEvent, useState } from 'react';
import { errorsOf } from '../accounts/draft.ts';
import { VendorField } from '../accounts/form-field.tsx';
import { lacking } from '../people/form-values.ts';
import { asFailure, call } from '../state/call.ts';
import { showAccount } from '../state/navigation.ts';
import { useAccount, useVendor } from '../state/store.ts';
import type { Failure } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { own } from '../ui/own.ts';
import { plain } from '../ui/plain.ts';
import style from './sessions.module.css';

/** Another way in, with what it asks for at that moment (a pasted one-time link). */
export function WayDialog({
  accountId,
  way: wayId,
  onClose,
}: {
  accountId: string;
  way: string;
  onClose(): void;
}) {
  const account = useAccount(accountId);
  const way = useVendor(account?.vendor)?.ways.find(({ id }) => id === wayId);
  const [values, setValues] = useState<Record<string, string>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  if (!account || !way) return null;
  const errors = { ...errorsOf(failure), ...missing };

  async function submit(event: FormEvent) {
    event.preventDefault();
    const gaps = lacking(way?.fields ?? [], values);
    setMissing(gaps);
    if (Object.keys(gaps).length > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      const { sessionId } = await call('sessions.signIn', { accountId, way: wayId, values });
      showAccount(accountId, sessionId);
      onClose();
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={plain(way.label, 80)}
      subtitle={`${plain(account.label, 60)} · ${plain(account.identity, 60)}`}
      lead={<Avatar label={account.label} colour={account.colour} size={32} />}
      onClose={onClose}
      keep
      size="small"
    >
      <form className={style.form} onSubmit={(event) => void submit(event)} noValidate>
        {way.fields.map((field) => (
          <VendorField
            key={field.name}
            field={field}
            value={own(values, field.name) ?? field.initial ?? ''}
            error={own(errors, field.name)}
            stored={false}
            touched={false}
            onChange={(value) => setValues({ ...values, [field.name]: value ?? '' })}
          />
        ))}
        {failure && <FailureNote failure={failure} />}
        <DialogActions
          end={
            <Button variant="quiet" onPress={onClose}>
              Cancel
            </Button>
          }
        >
          <Button type="submit" variant="main" isPending={busy}>
            Sign in
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
