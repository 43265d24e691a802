import { useState } from 'react';
import { StrengthMeter } from '../ui/strength-meter.tsx';
import { PasswordField } from '../ui/text-field.tsx';
import { passphraseErrors } from './new-passphrase.ts';
import { PassphraseField } from './passphrase-field.tsx';
import style from './vault.module.css';

type Props = {
  next: string;
  again: string;
  label?: string;
  onNext(value: string): void;
  onAgain(value: string): void;
  isDisabled: boolean;
  /** From main. */
  error?: string | undefined;
  autoFocus?: boolean;
};

/** A new passphrase, twice, with how hard it is to guess. Errors wait until a field is left. */
export function NewPassphraseFields({
  next,
  label = 'Passphrase',
  again,
  onNext,
  onAgain,
  isDisabled,
  error,
  autoFocus = false,
}: Props) {
  const [left, setLeft] = useState({ next: false, again: false });
  const errors = passphraseErrors(next, again);
  return (
    <>
      <div className={style.rated}>
        <PassphraseField
          onBlur={() => setLeft((was) => ({ ...was, next: true }))}
          label={label}
          value={next}
          onChange={onNext}
          isDisabled={isDisabled}
          autoFocus={autoFocus}
          error={error ?? (left.next ? errors.next : undefined)}
        />
        <StrengthMeter value={next} />
      </div>
      <PasswordField
        onBlur={() => setLeft((was) => ({ ...was, again: true }))}
        label={`${label} again`}
        value={again}
        onChange={onAgain}
        isDisabled={isDisabled}
        error={left.again || again.length >= next.length ? errors.again : undefined}
      />
    </>
  );
}
