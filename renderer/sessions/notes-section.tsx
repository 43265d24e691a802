import { useState } from 'react';
import { mostNotes } from '#contract/limits.ts';
import { call } from '../state/call.ts';
import type { Account } from '../state/types.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Card, Section } from '../ui/page.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './sessions.module.css';

/** What the team should know of an account; sealed as the rest of it. */
export function NotesSection({ account }: { account: Account }) {
  const [typed, setTyped] = useState<string | null>(null);
  const notes = account.notes ?? '';
  return (
    <Section
      title="Notes"
      actions={
        typed === null && (
          <Button size="small" onPress={() => setTyped(notes)}>
            {notes ? 'Edit notes' : 'Add notes'}
          </Button>
        )
      }
    >
      {typed !== null ? (
        <NotesForm account={account} typed={typed} onType={setTyped} onClose={() => setTyped(null)} />
      ) : notes ? (
        <Card>
          <p className={style.notes} dir="auto">
            {notes}
          </p>
        </Card>
      ) : (
        <p className={style.lacks}>Nothing is noted.</p>
      )}
    </Section>
  );
}

interface FormProps {
  account: Account;
  typed: string;
  onType(text: string): void;
  onClose(): void;
}

function NotesForm({ account, typed, onType, onClose }: FormProps) {
  const { busy, failure, onSubmit } = useSubmit(async () => {
    await call('accounts.note', { id: account.id, notes: typed });
    onClose();
  });
  return (
    <form className={style.form} onSubmit={onSubmit} noValidate>
      <TextField
        label="Notes"
        lines={5}
        maxLength={mostNotes}
        autoFocus
        value={typed}
        onChange={onType}
        help="No passwords: notes can be read by whoever unlocks this vault."
      />
      {failure && <FailureNote failure={failure} />}
      <div className={style.otherRealmActions}>
        <Button type="submit" variant="main" size="small" isPending={busy}>
          Save notes
        </Button>
        <Button size="small" variant="quiet" onPress={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
