import { useState } from 'react';
import { StrengthBars } from '../ui/strength-meter.tsx';
import { PasswordField } from '../ui/text-field.tsx';
import type { NewPassphrase } from './new-passphrase.ts';
import { PassphraseField } from './passphrase-field.tsx';
import style from './vault.module.css';

interface Props {
  passphrase: NewPassphrase;
  label?: string;
  isDisabled: boolean;
  /** From main. */
  error?: string | undefined;
  autoFocus?: boolean;
}

/** A new passphrase, twice, with how hard it is to guess and why. Errors wait until a field is left. */
export function NewPassphraseFields({
  passphrase: { next, again, strength, errors, setNext, setAgain },
  label = 'Passphrase',
  isDisabled,
  error,
  autoFocus = false,
}: Props) {
  const [left, setLeft] = useState({ next: false, again: false });
  return (
    <>
      <div className={style.rated}>
        <PassphraseField
          onBlur={() => setLeft((was) => ({ ...was, next: true }))}
          label={label}
          value={next}
          onChange={setNext}
          isDisabled={isDisabled}
          autoFocus={autoFocus}
          error={error ?? (left.next ? errors.next : undefined)}
        />
        <StrengthBars strength={strength} />
        <p className={style.why} role="status">
          {strength?.why}
        </p>
      </div>
      <PasswordField
        onBlur={() => setLeft((was) => ({ ...was, again: true }))}
        label={`${label} again`}
        value={again}
        onChange={setAgain}
        isDisabled={isDisabled}
        error={left.again || again.length >= next.length ? errors.again : undefined}
      />
    </>
  );
}
