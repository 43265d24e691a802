import { Search, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { SearchField as AriaSearchField, Button, Input } from 'react-aria-components';
import style from './search-field.module.css';

interface Props {
  label: string;
  value: string;
  onChange(value: string): void;
  onSubmit?: (value: string) => void;
  /** Arrow Down: on to what is under it. */
  onDown?: () => void;
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
  onDown,
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
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || !onDown) return;
          event.preventDefault();
          onDown();
        }}
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
