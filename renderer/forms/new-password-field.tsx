import { Copy, Eye, EyeOff, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import { act } from '../state/call.ts';
import { showToast } from '../state/toasts.ts';
import type { FormField } from '../state/types.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { StrengthMeter } from '../ui/strength-meter.tsx';
import { TextField } from '../ui/text-field.tsx';
import style from './forms.module.css';
import { generatePassword } from './generate-password.ts';

interface Props {
  field: FormField;
  value: string;
  error: string | undefined;
  onChange(value: string): void;
  /** It begins with one that was generated, which can be read. */
  generated?: boolean;
}

/** A password for someone: generated or typed, its strength shown, copied by main, which clears the clipboard. */
export function NewPasswordField({ field, value, error, onChange, generated = false }: Props) {
  const [shown, setShown] = useState(generated);

  async function copy() {
    const answer = await act('clipboard.copy', { text: value });
    if (answer)
      showToast({
        tone: 'ok',
        text: `Password copied. The clipboard is cleared in ${String(answer.clearsAfterSeconds)} s.`,
      });
  }

  return (
    <div className={style.newPassword}>
      <TextField
        label={sanitizeText(field.label, 60)}
        help={field.help && sanitizeText(field.help, 500)}
        error={error}
        optional={!field.required}
        type={shown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck="false"
        value={value}
        onChange={onChange}
        end={
          <IconButton
            size="small"
            icon={shown ? EyeOff : Eye}
            label={shown ? 'Hide the password' : 'Show the password'}
            onPress={() => setShown(!shown)}
          />
        }
      />
      <div className={style.passwordTools}>
        <StrengthMeter value={value} />
        <span className={style.toolsEnd}>
          <Button
            size="small"
            variant="link"
            icon={WandSparkles}
            onPress={() => {
              onChange(generatePassword({}));
              setShown(true);
            }}
          >
            Generate
          </Button>
          <Button
            size="small"
            variant="link"
            icon={Copy}
            isDisabled={value === ''}
            onPress={() => void copy()}
          >
            Copy
          </Button>
        </span>
      </div>
    </div>
  );
}
