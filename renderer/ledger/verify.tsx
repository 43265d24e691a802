import { CircleAlert, CircleCheck, Info, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import type { Failure, Output } from '../state/types.ts';
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
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<{ verdict: Verdict } | { failure: Failure } | null>(null);

  async function run() {
    setBusy(true);
    try {
      setResult({ verdict: await call('ledger.verify', {}) });
    } catch (error) {
      setResult({ failure: asFailure(error) });
    }
    setBusy(false);
  }

  return (
    <>
      <Button icon={ShieldCheck} isPending={busy} onPress={() => void run()}>
        Verify
      </Button>
      {result && (
        <Dialog title="The ledger was checked" onClose={() => setResult(null)}>
          {'failure' in result ? (
            <FailureNote failure={result.failure} />
          ) : result.verdict.ok ? (
            <>
              <Proved verdict={result.verdict} />
              {result.verdict.head && <LastHash hash={result.verdict.head} />}
              <CompareHash rows={result.verdict.rows} onBroken={(verdict) => setResult({ verdict })} />
            </>
          ) : (
            <div className={style.bad} role="alert">
              <CircleAlert size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
              <div>
                <p className={style.badTitle}>
                  Row {result.verdict.seq.toLocaleString('en-GB')} is the first that is not as it was written
                </p>
                <p>{sanitizeText(result.verdict.why, 300)}</p>
                <p>
                  Rows before it are intact. Export the ledger now and keep the copy for whoever looks into
                  this.
                </p>
              </div>
            </div>
          )}
          <DialogActions>
            <Button autoFocus onPress={() => setResult(null)}>
              Close
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
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
