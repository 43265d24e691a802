import { type FormEvent, useState } from 'react';
import { fieldsShown } from '#contract/form.ts';
import { errorsOf } from '../accounts/draft.ts';
import { asFailure, call } from '../state/call.ts';
import type { Action, Failure, Organisation, Outcome } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { own } from '../ui/own.ts';
import { plain } from '../ui/plain.ts';
import { useFirstField } from '../ui/use-first-field.ts';
import type { ActChannel } from './action-dialog.tsx';
import { ActionField } from './action-field.tsx';
import style from './actions.module.css';
import { initialValues, lacking, newPasswordField, valuesToSend } from './form-values.ts';
import { ImageField } from './image-field.tsx';
import { NewPassword } from './new-password.tsx';

type Props = {
  action: Action;
  channel: ActChannel;
  sessionId: string;
  target?: string | undefined;
  organisation?: Organisation | undefined;
  onCancel(): void;
  onDone(outcome: Outcome): void;
};

/** The form of one action; what main refuses is shown at its field and nothing typed is lost. */
export function ActionForm({ action, channel, sessionId, target, organisation, onCancel, onDone }: Props) {
  const [values, setValues] = useState(() => {
    const first = initialValues(action.fields);
    for (const field of action.fields)
      if (field.type === 'organisation' && !own(first, field.name) && organisation)
        first[field.name] = organisation.id;
    return first;
  });
  const [image, setImage] = useState<Uint8Array<ArrayBuffer> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [missing, setMissing] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const form = useFirstField();
  const secret = newPasswordField(action);
  const fields = fieldsShown(action.fields, values);
  const errors = { ...errorsOf(failure), ...missing };
  const elsewhere = failure && !fields.some(({ name }) => own(errorsOf(failure), name));
  const needsImage = action.special === 'image';

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const gaps = lacking(action.fields, values);
    setMissing(gaps);
    if (Object.keys(gaps).length > 0 || (needsImage && !image)) return;
    setBusy(true);
    setFailure(null);
    try {
      const outcome = await call(channel, {
        sessionId,
        action: action.id,
        values: valuesToSend(action.fields, values),
        ...(target === undefined ? {} : { target }),
        ...(image ? { image } : {}),
      });
      setBusy(false);
      onDone(outcome);
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  }

  const change = (name: string) => (value: string) => {
    setValues({ ...values, [name]: value });
    setMissing({});
  };

  return (
    <form ref={form} className={style.form} onSubmit={(event) => void submit(event)} noValidate>
      {action.confirm && <p>{plain(action.confirm, 500)}</p>}
      {fields.map((field) => {
        const common = {
          field,
          value: own(values, field.name) ?? '',
          error: own(errors, field.name),
          onChange: change(field.name),
        };
        return field === secret ? (
          <NewPassword key={field.name} {...common} />
        ) : (
          <ActionField key={field.name} {...common} sessionId={sessionId} organisation={organisation} />
        );
      })}
      {needsImage && <ImageField sessionId={sessionId} busy={busy} onImage={setImage} />}
      {action.effect && <p className={style.effect}>{plain(action.effect, 400)}</p>}
      {elsewhere && <FailureNote failure={failure} />}
      <DialogActions
        end={
          <Button variant="quiet" onPress={onCancel} autoFocus={fields.length === 0 && action.danger}>
            Cancel
          </Button>
        }
      >
        <Button
          type="submit"
          variant={action.danger ? 'danger' : 'main'}
          isPending={busy}
          isDisabled={needsImage && !image}
          autoFocus={fields.length === 0 && !action.danger && !needsImage}
        >
          {plain(action.label, 60)}
        </Button>
      </DialogActions>
    </form>
  );
}
