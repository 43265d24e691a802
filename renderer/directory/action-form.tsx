import { useState } from 'react';
import { fieldsShown } from '#contract/form.ts';
import { ActionField } from '../forms/action-field.tsx';
import { initialValues, lacking, newPasswordField, resetField, valuesToSend } from '../forms/form-values.ts';
import { generatePassword } from '../forms/generate-password.ts';
import { NewPasswordField } from '../forms/new-password-field.tsx';
import { useFirstField } from '../forms/use-first-field.ts';
import { call, fieldErrors } from '../state/call.ts';
import type { Action, Organisation, Outcome } from '../state/types.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Button } from '../ui/button.tsx';
import { DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ownValue } from '../ui/own-value.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './actions.module.css';
import { ImageField } from './image-field.tsx';

export type ActChannel = 'people.act' | 'login.act';

interface Props {
  action: Action;
  channel: ActChannel;
  sessionId: string;
  target?: string | undefined;
  organisation?: Organisation | undefined;
  onCancel(): void;
  /** `password` is a new one that was generated here, set and copied. */
  onDone(outcome: Outcome, password?: string): void;
}

/** The form of one action; what main refuses is shown at its field and nothing typed is lost. */
export function ActionForm({ action, channel, sessionId, target, organisation, onCancel, onDone }: Props) {
  const reset = resetField(action);
  const [values, setValues] = useState(() => {
    const first = initialValues(action.fields);
    if (reset) first[reset.name] = generatePassword({});
    for (const field of action.fields)
      if (field.type === 'organisation' && !ownValue(first, field.name) && organisation)
        first[field.name] = organisation.id;
    return first;
  });
  const [image, setImage] = useState<Uint8Array<ArrayBuffer> | null>(null);
  const needsImage = action.special === 'image';
  const { busy, failure, errors, onSubmit, clearError } = useSubmit(
    async () => {
      const outcome = await call(channel, {
        sessionId,
        action: action.id,
        values: valuesToSend(action.fields, values),
        ...(target === undefined ? {} : { target }),
        ...(image ? { image } : {}),
      });
      onDone(outcome, reset && ownValue(values, reset.name));
    },
    () => ({
      ...lacking(action.fields, values),
      ...(needsImage && !image ? { image: 'Choose a picture.' } : {}),
    }),
  );
  const form = useFirstField();
  const secret = newPasswordField(action);
  const fields = fieldsShown(action.fields, values);
  const isAtField = fields.some(({ name }) => ownValue(fieldErrors(failure), name));

  const change = (name: string) => (value: string) => {
    setValues({ ...values, [name]: value });
    clearError(name);
  };

  return (
    <form
      ref={form}
      className={style.form}
      onSubmit={onSubmit}
      onKeyDown={(event) => {
        // A key that is held since before the form was there sends nothing.
        if (event.key === 'Enter' && event.repeat) event.preventDefault();
      }}
      noValidate
    >
      {action.confirm && <p>{sanitizeText(action.confirm, 500)}</p>}
      {fields.map((field) => {
        const common = {
          field,
          value: ownValue(values, field.name) ?? '',
          error: ownValue(errors, field.name),
          onChange: change(field.name),
        };
        return field === secret ? (
          <NewPasswordField key={field.name} {...common} generated={reset !== undefined} />
        ) : (
          <ActionField key={field.name} {...common} sessionId={sessionId} organisation={organisation} />
        );
      })}
      {needsImage && <ImageField sessionId={sessionId} busy={busy} onImage={setImage} />}
      {action.effect && <p className={style.effect}>{sanitizeText(action.effect, 400)}</p>}
      {failure && !isAtField && <FailureNote failure={failure} />}
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
          {reset ? 'Set and copy' : sanitizeText(action.label, 60)}
        </Button>
      </DialogActions>
    </form>
  );
}
