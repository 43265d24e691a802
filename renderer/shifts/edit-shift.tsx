import { useState } from 'react';
import { call } from '../state/call.ts';
import { goTo, markOnly } from '../state/navigation.ts';
import type { Shift } from '../state/types.ts';
import { useSubmit } from '../state/use-submit.ts';
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
  const { busy, failure, errors, onSubmit } = useSubmit(
    async () => {
      const saved = await call('shifts.save', { ...shift, name: name.trim(), members });
      markOnly([]);
      onClose();
      goTo({ at: 'shift', shiftId: saved.id });
    },
    () => ({
      ...(name.trim() ? {} : { name: 'Give the shift a name.' }),
      ...(members.length > 0 ? {} : { members: 'Choose at least one account.' }),
    }),
  );

  return (
    <Dialog
      title={shift.id ? 'Change shift' : 'New shift'}
      subtitle="A set of accounts that are opened together and ended together."
      onClose={onClose}
      keep
    >
      <form className={style.form} onSubmit={onSubmit} noValidate>
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
