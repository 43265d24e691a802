import { Check } from 'lucide-react';
import { useState } from 'react';
import { fieldsShown } from '#contract/form.ts';
import { ActionField } from '../forms/action-field.tsx';
import { initialValues, lacking, valuesToSend } from '../forms/form-values.ts';
import { NewPasswordField } from '../forms/new-password-field.tsx';
import { useFirstField } from '../forms/use-first-field.ts';
import { call, fieldErrors } from '../state/call.ts';
import { useAccount, useVendor } from '../state/store.ts';
import type { Account, RecoveryStep } from '../state/types.ts';
import { useRead } from '../state/use-read.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ownValue } from '../ui/own-value.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import style from './recovery.module.css';

interface Props {
  accountId: string;
  onClose(): void;
}

/** Leads a customer through the vendor's own recovery, step by step, while they are on the phone. */
export function RecoveryDialog({ accountId, onClose }: Props) {
  const account = useAccount(accountId);
  if (!account) return null;
  return <RecoverySteps account={account} onClose={onClose} />;
}

function RecoverySteps({ account, onClose }: { account: Account; onClose(): void }) {
  const vendor = useVendor(account.vendor);
  const first = useRead('recovery.start', { accountId: account.id });
  const [passed, setPassed] = useState<readonly RecoveryStep[]>([]);
  const [later, setLater] = useState<RecoveryStep | null>(null);
  const step = later ?? first.value;

  return (
    <Dialog
      title="Recovery assistant"
      subtitle={`${sanitizeText(account.label, 60)} · ${sanitizeText(vendor?.name ?? '', 40)}`}
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
              {sanitizeText(one.title, 80)}
            </li>
          ))}
        </ol>
      )}
      {first.failure && !step && <FailureNote failure={first.failure} onRetry={first.reload} />}
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
            first.reload();
          }}
        />
      )}
    </Dialog>
  );
}

interface StepProps {
  accountId: string;
  step: RecoveryStep;
  onClose(): void;
  onNext(step: RecoveryStep): void;
  onRestart(): void;
}

function Step({ accountId, step, onClose, onNext, onRestart }: StepProps) {
  const [values, setValues] = useState(() => initialValues(step.fields));
  const { busy, failure, errors, onSubmit, clearError } = useSubmit(
    async () =>
      onNext(
        await call('recovery.next', { accountId, step: step.id, values: valuesToSend(step.fields, values) }),
      ),
    () => lacking(step.fields, values),
  );
  const form = useFirstField();
  const fields = fieldsShown(step.fields, values);
  const isAtField = fields.some(({ name }) => ownValue(fieldErrors(failure), name));

  return (
    <form ref={form} className={style.step} onSubmit={onSubmit} noValidate>
      <h3 className={style.title}>{sanitizeText(step.title, 120)}</h3>
      <p className={style.explain}>{sanitizeText(step.explain, 1200)}</p>
      {step.image?.startsWith('data:image/') && (
        <img className={style.image} src={step.image} alt="Characters to type into the field below" />
      )}
      {fields.map((field) => {
        const common = {
          field,
          value: ownValue(values, field.name) ?? '',
          error: ownValue(errors, field.name),
          onChange(value: string) {
            setValues({ ...values, [field.name]: value });
            clearError(field.name);
          },
        };
        return field.type === 'password' ? (
          <NewPasswordField key={field.name} {...common} />
        ) : (
          <ActionField key={field.name} {...common} />
        );
      })}
      {failure && !isAtField && <FailureNote failure={failure} />}
      {step.done ? (
        <DialogActions
          end={
            <Button variant="quiet" onPress={onRestart}>
              Start again
            </Button>
          }
        >
          <Button variant="main" autoFocus onPress={onClose}>
            {sanitizeText(step.button, 40) || 'Done'}
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
            {sanitizeText(step.button, 40)}
          </Button>
        </DialogActions>
      )}
    </form>
  );
}
