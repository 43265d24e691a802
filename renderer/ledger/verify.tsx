import { CircleAlert, CircleCheck, Info, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { call } from '../state/call.ts';
import type { Output } from '../state/types.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { CompareHash } from './compare-hash.tsx';
import { LastHash } from './last-hash.tsx';
import style from './verify.module.css';

type Verdict = Output<'ledger.verify'>;
type Sound = Extract<Verdict, { ok: true }>;

/** Checks the whole chain and says what that proves and what it doesn't, or which row is the first that is wrong. */
export function Verify() {
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const { busy, failure, run, reset } = useSubmit(async () => setVerdict(await call('ledger.verify', {})));
  const close = () => {
    setVerdict(null);
    reset();
  };
  return (
    <>
      <Button icon={ShieldCheck} isPending={busy} onPress={() => void run()}>
        Verify
      </Button>
      {(verdict || failure) && (
        <Dialog title="The ledger was checked" onClose={close}>
          {failure && <FailureNote failure={failure} />}
          {verdict?.ok && (
            <>
              <Proved verdict={verdict} />
              {verdict.head && <LastHash hash={verdict.head} />}
              <CompareHash rows={verdict.rows} onBroken={setVerdict} />
            </>
          )}
          {verdict?.ok === false && <Broken seq={verdict.seq} why={verdict.why} />}
          <DialogActions>
            <Button autoFocus onPress={close}>
              Close
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}

function Broken({ seq, why }: { seq: number; why: string }) {
  return (
    <div className={style.bad} role="alert">
      <CircleAlert size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
      <div>
        <p className={style.badTitle}>
          Row {seq.toLocaleString('en-GB')} is the first that is not as it was written
        </p>
        <p>{sanitizeText(why, 300)}</p>
        <p>Rows before it are intact. Export the ledger now and keep the copy for whoever looks into this.</p>
      </div>
    </div>
  );
}

function Proved({ verdict: { rows, unproved } }: { verdict: Sound }) {
  return (
    <>
      {(rows === 0 || rows > unproved) && (
        <Note tone="ok" icon={CircleCheck}>
          <p>{provedWords(rows, unproved)}</p>
        </Note>
      )}
      {unproved > 0 && (
        <Note tone="wait" icon={Info}>
          <p>
            {unproved === 1
              ? '1 row was written before the vault was opened; it can’t be proved.'
              : `${unproved.toLocaleString('en-GB')} rows were written before the vault was opened; they can’t be proved.`}
          </p>
        </Note>
      )}
      <p>
        An older copy of the whole data folder put in its place can’t be told from inside. Compare the hash of
        the last row with one that you kept.
      </p>
    </>
  );
}

function provedWords(rows: number, unproved: number): string {
  if (rows === 0) return 'The ledger has no row yet, and this vault knows of none.';
  const proved = rows - unproved;
  const subject =
    unproved > 0
      ? `${proved.toLocaleString('en-GB')} of the ${rows.toLocaleString('en-GB')} rows ${proved === 1 ? 'is' : 'are'}`
      : rows === 1
        ? 'The one row is'
        : `Every one of the ${rows.toLocaleString('en-GB')} rows is`;
  return `${subject} as Gatehouse wrote ${proved > 1 && unproved > 0 ? 'them, in their' : 'it, in its'} order, up to the last one that this vault knows of.`;
}
