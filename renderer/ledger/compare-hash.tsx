import { CircleAlert, CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { call } from '../state/call.ts';
import type { Output } from '../state/types.ts';
import { type FieldErrors, useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './verify.module.css';

type Verdict = Output<'ledger.verify'>;
type Kept = { seq: number } | 'unknown';

/** Looks a hash that was kept elsewhere up in the ledger; `onBroken` hears that it is no longer sound. */
export function CompareHash({ rows, onBroken }: { rows: number; onBroken(verdict: Verdict): void }) {
  const [typed, setTyped] = useState('');
  const [kept, setKept] = useState<Kept | null>(null);
  const hash = typed.replace(/\s/g, '').toLowerCase();
  const { busy, failure, errors, onSubmit, reset } = useSubmit(
    async () => {
      setKept(null);
      const verdict = await call('ledger.verify', { kept: hash });
      if (!verdict.ok) onBroken(verdict);
      else if (verdict.kept) setKept(verdict.kept);
    },
    (): FieldErrors =>
      /^[0-9a-f]{64}$/.test(hash) ? {} : { hash: 'A hash has 64 characters: digits and the letters a to f.' },
  );

  return (
    <form className={style.compare} onSubmit={onSubmit}>
      <TextField
        label="Compare with a hash that you kept"
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setKept(null);
          reset();
        }}
        maxLength={200}
        autoComplete="off"
        spellCheck="false"
        error={errors.hash}
      />
      <Button type="submit" isPending={busy} isDisabled={typed.trim() === ''}>
        Compare
      </Button>
      <div className={style.answer} role="status">
        {failure && <FailureNote failure={failure} />}
        {kept && <Found kept={kept} rows={rows} />}
      </div>
    </form>
  );
}

function Found({ kept, rows }: { kept: Kept; rows: number }) {
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
