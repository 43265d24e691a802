import { ArrowBigUpDash } from 'lucide-react';
import { PasswordField } from '../ui/text-field.tsx';
import { useCapsLock } from './use-caps-lock.ts';
import style from './vault.module.css';

interface Props {
  label: string;
  value: string;
  onChange(value: string): void;
  onBlur?: () => void;
  error?: string | undefined;
  autoFocus?: boolean;
  isDisabled?: boolean;
}

/** A passphrase, with a word when Caps Lock is on. */
export function PassphraseField(props: Props) {
  const capsLock = useCapsLock();
  return (
    <div className={style.field}>
      <PasswordField {...props} />
      <p className={style.caps} role="status">
        {capsLock && (
          <>
            <ArrowBigUpDash size={14} strokeWidth={1.75} aria-hidden />
            Caps Lock is on
          </>
        )}
      </p>
    </div>
  );
}
