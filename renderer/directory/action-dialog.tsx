import { CircleCheck } from 'lucide-react';
import { useState } from 'react';
import { copyForAWhile } from '../state/copy.ts';
import { showToast } from '../state/toasts.ts';
import type { Action, Organisation, Outcome } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { Note } from '../ui/note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type ActChannel, ActionForm } from './action-form.tsx';
import style from './actions.module.css';
import { PasswordOnce } from './password-once.tsx';
import { ScanOnce } from './scan-once.tsx';

interface Props {
  action: Action;
  channel: ActChannel;
  sessionId: string;
  /** A person, a row of a person's table; absent for a table as a whole and one's own login. */
  target?: string | undefined;
  /** Whom it is about, under the title. */
  about?: string | undefined;
  organisation?: Organisation | undefined;
  onClose(): void;
  /** It is done, the last of a chain included. */
  onDone(outcome: Outcome): void;
}

/** Does an action that the vendor offers: its form, what it will do, what came of it, and what completes it. */
export function ActionDialog({ action, onClose, onDone, about, ...where }: Props) {
  /** What came of the step before, while something is still to be seen or done. */
  const [step, setStep] = useState<{ action: Action | null; before: Outcome; password?: string } | null>(
    null,
  );
  const now = step ? step.action : action;

  function done(outcome: Outcome, password?: string) {
    onDone(outcome);
    if (password) {
      void copyForAWhile('New password', password);
      return setStep({ action: null, before: outcome, password });
    }
    if (outcome.next || outcome.qr) return setStep({ action: outcome.next ?? null, before: outcome });
    showToast({ tone: 'ok', text: outcome.message });
    onClose();
  }

  return (
    <Dialog
      title={sanitizeText((now ?? action).label, 80)}
      {...(about ? { subtitle: sanitizeText(about, 120) } : {})}
      onClose={onClose}
      keep
      size="normal"
    >
      {step && (
        <Note tone="ok" icon={CircleCheck}>
          {sanitizeText(step.before.message, 400)}
        </Note>
      )}
      {step?.password && <PasswordOnce password={step.password} />}
      {step?.before.qr && <ScanOnce payload={step.before.qr} />}
      {now ? (
        <ActionForm key={now.id} action={now} {...where} onCancel={onClose} onDone={done} />
      ) : (
        <DialogActions>
          <Button variant="main" autoFocus onPress={onClose}>
            Done
          </Button>
        </DialogActions>
      )}
      {!step && now?.missingRight && (
        <p className={style.missing}>Missing right: {sanitizeText(now.missingRight, 200)}</p>
      )}
    </Dialog>
  );
}
