import { type FormEvent, useState } from 'react';
import { errorsOf } from '../accounts/draft.ts';
import { asFailure, call } from '../state/call.ts';
import { goTo, markOnly } from '../state/navigation.ts';
import type { Failure, Shift } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatCount } from '../ui/format.ts';
import { TextField } from '../ui/text-field.tsx';
import { MemberPicker } from './member-picker.tsx';
import style from './shifts.module.css';

interface Props {
  shift: Omit<Shift, 'id'> & { id?: string };
  onClose(): void;
}

/** Makes a shift, or renames one and changes who is in it. */
export function EditShift({ shift, onClose }: Props) {
  const [name, setName] = useState(shift.name);
  const [members, setMembers] = useState(shift.members);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const errors = { ...errorsOf(failure), ...missing };

  async function submit(event: FormEvent) {
    event.preventDefault();
    const gaps = {
      ...(name.trim() ? {} : { name: 'Give the shift a name.' }),
      ...(members.length > 0 ? {} : { members: 'Choose at least one account.' }),
    };
    setMissing(gaps);
    if (busy || Object.keys(gaps).length > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      const saved = await call('shifts.save', { ...shift, name: name.trim(), members });
      markOnly([]);
      onClose();
      goTo({ at: 'shift', shiftId: saved.id });
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={shift.id ? 'Change shift' : 'New shift'}
      subtitle="A set of accounts that are opened together and ended together."
      onClose={onClose}
      keep
    >
      <form className={style.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          error={errors.name}
          placeholder="Morning desk"
          autoComplete="off"
          autoFocus
          maxLength={120}
        />
        <MemberPicker members={members} onChange={setMembers} error={errors.members} />
        {failure && !failure.fields && <FailureNote failure={failure} />}
        <DialogActions
          end={
            <Button variant="quiet" onPress={onClose}>
              Cancel
            </Button>
          }
        >
          <Button type="submit" variant="main" isPending={busy}>
            {shift.id ? 'Save' : `Make shift of ${formatCount(members.length, 'account')}`}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
