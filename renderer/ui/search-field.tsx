import { Search, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components';
import style from './search-field.module.css';

interface Props {
  label: string;
  value: string;
  onChange(value: string): void;
  onSubmit?: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  end?: ReactNode;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

/** Filters what is under it; Escape empties it. The label is also the placeholder. */
export function SearchField({
  label,
  value,
  onChange,
  onSubmit,
  onKeyDown,
  end,
  autoFocus = false,
  inputRef,
}: Props) {
  return (
    <AriaSearchField
      aria-label={label}
      value={value}
      onChange={onChange}
      autoFocus={autoFocus}
      {...(onSubmit ? { onSubmit } : {})}
      className={style.search ?? ''}
    >
      <Search size={16} strokeWidth={1.75} aria-hidden />
      <Input
        className={style.input ?? ''}
        placeholder={label}
        {...(onKeyDown ? { onKeyDown } : {})}
        {...(inputRef ? { ref: inputRef } : {})}
      />
      {value === '' ? (
        end
      ) : (
        <Button className={style.clear ?? ''} aria-label="Clear">
          <X size={14} strokeWidth={2} aria-hidden />
        </Button>
      )}
    </AriaSearchField>
  );
}

/** For `onKeyDown`: Arrow Down leads on to what is under the field. */
export const downTo = (run: () => void) => (event: KeyboardEvent) => {
  if (event.key !== 'ArrowDown') return;
  event.preventDefault();
  run();
};
