import { CircleAlert, CircleCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import type { Failure, Output } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './verify.module.css';

type Verdict = Output<'ledger.verify'>;
type Answer = { kept: { seq: number } | 'unknown' } | { failure: Failure };

/** Looks a hash that was kept elsewhere up in the ledger; `onBroken` hears that it is no longer sound. */
export function CompareHash({ rows, onBroken }: { rows: number; onBroken(verdict: Verdict): void }) {
  const [typed, setTyped] = useState('');
  const [error, setError] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);

  async function compare(event: FormEvent) {
    event.preventDefault();
    setAnswer(null);
    const kept = typed.replace(/\s/g, '').toLowerCase();
    if (!/^[0-9a-f]{64}$/.test(kept))
      return setError('A hash has 64 characters: digits and the letters a to f.');
    setBusy(true);
    try {
      const verdict = await call('ledger.verify', { kept });
      if (!verdict.ok) onBroken(verdict);
      else if (verdict.kept) setAnswer({ kept: verdict.kept });
    } catch (thrown) {
      setAnswer({ failure: asFailure(thrown) });
    }
    setBusy(false);
  }

  return (
    <form className={style.compare} onSubmit={(event) => void compare(event)}>
      <TextField
        label="Compare with a hash that you kept"
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setError(undefined);
          setAnswer(null);
        }}
        maxLength={200}
        autoComplete="off"
        spellCheck="false"
        error={error}
      />
      <Button type="submit" isPending={busy} isDisabled={typed.trim() === ''}>
        Compare
      </Button>
      <div className={style.answer} role="status">
        {answer &&
          ('failure' in answer ? (
            <FailureNote failure={answer.failure} />
          ) : (
            <Found kept={answer.kept} rows={rows} />
          ))}
      </div>
    </form>
  );
}

function Found({ kept, rows }: { kept: { seq: number } | 'unknown'; rows: number }) {
  if (kept === 'unknown')
    return (
      <div className={style.bad}>
        <CircleAlert size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
        <div>
          <p className={style.badTitle}>No row of this ledger has this hash</p>
          <p>If the hash is whole, this ledger is an older copy, or another one.</p>
        </div>
      </div>
    );
  const { seq } = kept;
  return (
    <Note tone="ok" icon={CircleCheck}>
      <p className={style.strong}>That is row {seq.toLocaleString('en-GB')} of this ledger</p>
      <p>
        {seq === rows
          ? 'It is the last one.'
          : `${(rows - seq).toLocaleString('en-GB')} were written after it.`}{' '}
        Nothing up to it was changed or removed since you kept the hash.
      </p>
    </Note>
  );
}
