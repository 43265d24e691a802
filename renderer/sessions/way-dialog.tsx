import { useState } from 'react';
import { fieldsShown, fieldValue } from '#contract/form.ts';
import { lacking, valuesToSend } from '../forms/form-values.ts';
import { VendorField } from '../forms/vendor-field.tsx';
import { call } from '../state/call.ts';
import { showAccount } from '../state/navigation.ts';
import { useAccount, useVendor } from '../state/store.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ownValue } from '../ui/own-value.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
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
  const fields = way?.fields ?? [];
  const [values, setValues] = useState<Record<string, string>>({});
  const { busy, failure, errors, onSubmit } = useSubmit(
    async () => {
      const { sessionId } = await call('sessions.signIn', {
        accountId,
        way: wayId,
        again: true,
        values: valuesToSend(fields, values),
      });
      showAccount(accountId, sessionId);
      onClose();
    },
    () => lacking(fields, values),
  );
  if (!account || !way) return null;

  return (
    <Dialog
      title={sanitizeText(way.label, 80)}
      subtitle={`${sanitizeText(account.label, 60)} · ${sanitizeText(account.identity, 60)}`}
      lead={<Avatar label={account.label} colour={account.colour} size={32} />}
      onClose={onClose}
      keep
      size="small"
    >
      <form className={style.form} onSubmit={onSubmit} noValidate>
        {fieldsShown(fields, values).map((field) => (
          <VendorField
            key={field.name}
            field={field}
            value={fieldValue(field, values)}
            error={ownValue(errors, field.name)}
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
