import { CircleAlert, CircleCheck, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import type { Failure, Output } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { plain } from '../ui/plain.ts';
import style from './verify.module.css';

type Verdict = Output<'ledger.verify'>;

/** Checks the whole chain and says how many rows are intact, or which row is the first that is not. */
export function Verify() {
  const [busy, setBusy] = useState(false);
  const [result, setResult] = useState<{ verdict: Verdict } | { failure: Failure } | null>(null);

  async function run() {
    setBusy(true);
    try {
      setResult({ verdict: await call('ledger.verify') });
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
        <Dialog title="The ledger was checked" size="small" onClose={() => setResult(null)}>
          {'failure' in result ? (
            <FailureNote failure={result.failure} />
          ) : result.verdict.ok ? (
            <Note tone="ok" icon={CircleCheck}>
              <p className={style.strong}>
                {result.verdict.rows.toLocaleString('en-GB')}{' '}
                {result.verdict.rows === 1 ? 'row is' : 'rows are'} intact
              </p>
              <p>Each is as it was written, in its order, and none is missing.</p>
            </Note>
          ) : (
            <div className={style.bad} role="alert">
              <CircleAlert size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
              <div>
                <p className={style.badTitle}>
                  Row {result.verdict.seq.toLocaleString('en-GB')} is the first that is not as it was written
                </p>
                <p>{plain(result.verdict.why, 300)}</p>
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
