import { Eraser, Undo2 } from 'lucide-react';
import type { FormField } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { Select } from '../ui/select.tsx';
import { PasswordField, TextField } from '../ui/text-field.tsx';
import { addressWithEnd } from './form-values.ts';
import style from './forms.module.css';

interface Props {
  field: FormField;
  value: string;
  error?: string | undefined;
  /** For a secret: one is stored already. */
  stored: boolean;
  /** For a secret: it was typed or erased in this form. */
  touched: boolean;
  /** Undefined gives a stored secret back its place. */
  onChange(value: string | undefined): void;
}

/** One field of a vendor's form. */
export function VendorField({ field, value, error, stored, touched, onChange }: Props) {
  const common = {
    label: sanitizeText(field.label),
    error,
    help: field.help && sanitizeText(field.help, 500),
    optional: !field.required,
    name: field.name,
  };
  if (field.type === 'select')
    return <Select {...common} value={value} onChange={onChange} options={field.options ?? []} />;
  if (!field.secret && field.type !== 'password') {
    const whole = addressWithEnd(value, field.endsIn);
    const type = field.type === 'url' || field.type === 'email' ? field.type : 'text';
    return (
      <div className={field.type === 'url' || field.type === 'multiline' ? style.wide : undefined}>
        <TextField
          {...common}
          // "url" and "email" choose the keyboard; what is valid is main's word.
          inputMode={type}
          autoComplete="off"
          spellCheck="false"
          {...(field.type === 'multiline' ? { lines: 4 } : {})}
          placeholder={field.placeholder}
          value={value}
          onChange={onChange}
          end={
            whole && (
              <Button
                variant="link"
                size="small"
                aria-label={`Use ${sanitizeText(whole, 200)}`}
                onPress={() => onChange(whole)}
              >
                Use …{sanitizeText(field.endsIn ?? '', 20)}
              </Button>
            )
          }
        />
      </div>
    );
  }
  const erased = stored && touched && value === '';
  return (
    <div className={style.secret}>
      <PasswordField
        {...common}
        placeholder={
          erased ? 'Will be erased when you save' : stored ? 'Stored, leave empty to keep' : field.placeholder
        }
        value={value}
        onChange={(next) => onChange(next === '' && stored ? undefined : next)}
      />
      {stored && !erased && (
        <Button variant="link" size="small" icon={Eraser} onPress={() => onChange('')}>
          Erase
        </Button>
      )}
      {erased && (
        <Button variant="link" size="small" icon={Undo2} onPress={() => onChange(undefined)}>
          Keep
        </Button>
      )}
    </div>
  );
}
