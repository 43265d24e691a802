import { useState } from 'react';
import { call } from '../state/call.ts';
import type { FormField, Organisation } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SearchChoice } from '../ui/search-choice.tsx';
import { ChoicesField } from './choices-field.tsx';
import { VendorField } from './vendor-field.tsx';

interface Props {
  field: FormField;
  value: string;
  error: string | undefined;
  onChange(value: string): void;
  /** Whose organisations are searched; absent where no session is (recovery). */
  sessionId?: string | undefined;
  /** The organisation that is chosen already. */
  organisation?: Organisation | undefined;
}

/** One field of an action's form. */
export function ActionField({ field, value, error, onChange, sessionId, organisation }: Props) {
  const [chosen, setChosen] = useState<Organisation | null>(organisation ?? null);
  if (field.type === 'choices')
    return <ChoicesField field={field} value={value} error={error} onChange={onChange} />;
  if (field.type === 'organisation' && sessionId)
    return (
      <SearchChoice
        label={sanitizeText(field.label, 60)}
        help={field.help && sanitizeText(field.help, 500)}
        error={error}
        optional={!field.required}
        value={chosen?.id === value ? chosen : null}
        onChange={(found) => {
          setChosen(found);
          onChange(found?.id ?? '');
        }}
        find={(search) => call('people.organisations', { sessionId, search })}
      />
    );
  return (
    <VendorField
      field={field}
      value={value}
      error={error}
      stored={false}
      touched={false}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}
