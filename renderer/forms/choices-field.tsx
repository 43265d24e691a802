import { CheckboxGroup, FieldError, Label, Text } from 'react-aria-components';
import type { FormField } from '../state/types.ts';
import { Checkbox } from '../ui/choice.tsx';
import frame from '../ui/field.module.css';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './forms.module.css';

interface Props {
  field: FormField;
  /** The chosen options' values, joined with commas. */
  value: string;
  error: string | undefined;
  onChange(value: string): void;
}

/** Some of the options, a tick each. */
export function ChoicesField({ field, value, error, onChange }: Props) {
  const options = field.options ?? [];
  return (
    <CheckboxGroup
      className={frame.field ?? ''}
      value={value.split(',').filter(Boolean)}
      onChange={(chosen) =>
        onChange(
          options
            .map((option) => option.value)
            .filter((one) => chosen.includes(one))
            .join(','),
        )
      }
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <Label className={frame.label ?? ''}>
        {sanitizeText(field.label, 60)}
        {!field.required && <span className={frame.optional}>optional</span>}
      </Label>
      <div className={style.choices}>
        {options.map((option) => (
          <Checkbox key={option.value} value={option.value}>
            {sanitizeText(option.label, 60)}
          </Checkbox>
        ))}
      </div>
      {field.help && (
        <Text slot="description" className={frame.help ?? ''}>
          {sanitizeText(field.help, 500)}
        </Text>
      )}
      <FieldError className={frame.error ?? ''}>{error}</FieldError>
    </CheckboxGroup>
  );
}
