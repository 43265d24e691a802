import { Check } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { fieldsShown } from '#contract/form.ts';
import { errorsOf } from '../accounts/draft.ts';
import { ActionField } from '../people/action-field.tsx';
import { initialValues, lacking, valuesToSend } from '../people/form-values.ts';
import { NewPassword } from '../people/new-password.tsx';
import { useAnswer } from '../people/use-answer.ts';
import { asFailure, call } from '../state/call.ts';
import { useAccount, useVendor } from '../state/store.ts';
import type { Account, Failure, RecoveryStep } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { own } from '../ui/own.ts';
import { plain } from '../ui/plain.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useFirstField } from '../ui/use-first-field.ts';
import style from './recovery.module.css';

type Props = { accountId: string; onClose(): void };

/** Leads a customer through the vendor's own recovery, step by step, while they are on the phone. */
export function RecoveryDialog({ accountId, onClose }: Props) {
  const account = useAccount(accountId);
  if (!account) return null;
  return <Shown account={account} onClose={onClose} />;
}

function Shown({ account, onClose }: { account: Account; onClose(): void }) {
  const vendor = useVendor(account.vendor);
  const first = useAnswer(account.id, () => call('recovery.start', { accountId: account.id }));
  const [passed, setPassed] = useState<readonly RecoveryStep[]>([]);
  const [later, setLater] = useState<RecoveryStep | null>(null);
  const step = later ?? first.value;

  return (
    <Dialog
      title="Recovery assistant"
      subtitle={`${plain(account.label, 60)} · ${plain(vendor?.name ?? '', 40)}`}
      lead={<Avatar label={account.label} colour={account.colour} size={32} />}
      onClose={onClose}
      keep
      size="normal"
    >
      {passed.length > 0 && (
        <ol className={style.passed} aria-label="Steps done">
          {passed.map((one, at) => (
            <li key={`${String(at)} ${one.id}`}>
              <Check size={14} strokeWidth={2} aria-hidden />
              {plain(one.title, 80)}
            </li>
          ))}
        </ol>
      )}
      {first.failure && !step && <FailureNote failure={first.failure} onRetry={first.again} />}
      {!step && !first.failure && <Skeleton rows={3} label="Loading the first step" />}
      {step && (
        <Step
          key={`${String(passed.length)} ${step.id}`}
          accountId={account.id}
          step={step}
          onClose={onClose}
          onNext={(next) => {
            setPassed([...passed, step]);
            setLater(next);
          }}
          onRestart={() => {
            setPassed([]);
            setLater(null);
            first.again();
          }}
        />
      )}
    </Dialog>
  );
}

type StepProps = {
  accountId: string;
  step: RecoveryStep;
  onClose(): void;
  onNext(step: RecoveryStep): void;
  onRestart(): void;
};

function Step({ accountId, step, onClose, onNext, onRestart }: StepProps) {
  const [values, setValues] = useState(() => initialValues(step.fields));
  const [failure, setFailure] = useState<Failure | null>(null);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const form = useFirstField();
  const fields = fieldsShown(step.fields, values);
  const errors = { ...errorsOf(failure), ...missing };
  const elsewhere = failure && !fields.some(({ name }) => own(errorsOf(failure), name));

  async function submit(event: FormEvent) {
    event.preventDefault();
    const gaps = lacking(step.fields, values);
    setMissing(gaps);
    if (busy || Object.keys(gaps).length > 0) return;
    setBusy(true);
    setFailure(null);
    try {
      onNext(
        await call('recovery.next', { accountId, step: step.id, values: valuesToSend(step.fields, values) }),
      );
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  }

  return (
    <form ref={form} className={style.step} onSubmit={(event) => void submit(event)} noValidate>
      <h3 className={style.title}>{plain(step.title, 120)}</h3>
      <p className={style.explain}>{plain(step.explain, 1200)}</p>
      {step.image?.startsWith('data:image/') && (
        <img className={style.image} src={step.image} alt="Characters to type into the field below" />
      )}
      {fields.map((field) => {
        const common = {
          field,
          value: own(values, field.name) ?? '',
          error: own(errors, field.name),
          onChange(value: string) {
            setValues({ ...values, [field.name]: value });
            setMissing({});
          },
        };
        return field.type === 'password' ? (
          <NewPassword key={field.name} {...common} />
        ) : (
          <ActionField key={field.name} {...common} />
        );
      })}
      {elsewhere && <FailureNote failure={failure} />}
      {step.done ? (
        <DialogActions
          end={
            <Button variant="quiet" onPress={onRestart}>
              Start again
            </Button>
          }
        >
          <Button variant="main" autoFocus onPress={onClose}>
            {plain(step.button, 40) || 'Done'}
          </Button>
        </DialogActions>
      ) : (
        <DialogActions
          end={
            <Button variant="quiet" onPress={onClose}>
              Cancel
            </Button>
          }
        >
          <Button type="submit" variant="main" isPending={busy}>
            {plain(step.button, 40)}
          </Button>
        </DialogActions>
      )}
    </form>
  );
}
