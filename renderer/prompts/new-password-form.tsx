import { Eye, EyeOff, WandSparkles } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { generatePassword } from '../forms/generate-password.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { StrengthMeter } from '../ui/strength-meter.tsx';
import { PasswordField, TextField } from '../ui/text-field.tsx';
import type { FormProps } from './form-props.ts';
import { PromptActions } from './prompt-actions.tsx';
import style from './prompts.module.css';

/** A password that the vendor wants changed before it lets anyone in. */
export function NewPasswordForm({ prompt, ask, busy, errors, answer }: FormProps<'new-password'>) {
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [shown, setShown] = useState(false);
  const length = [...password].length;
  const tooShort = ask.minLength !== undefined && length < ask.minLength;
  const tooLong = ask.maxLength !== undefined && length > ask.maxLength;
  const differs = !shown && again !== '' && again !== password;
  const complete =
    password !== '' &&
    !tooShort &&
    !tooLong &&
    (shown || again === password) &&
    (!ask.needsOld || old !== '');
  const rules = [lengthRule(ask.minLength, ask.maxLength), ...ask.rules].filter((rule) => rule !== null);

  function generate() {
    setPassword(generatePassword(ask));
    setShown(true);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (complete && !busy) answer({ password, ...(ask.needsOld ? { old } : {}) });
  }
  return (
    <form className={style.form} id="prompt-form" onSubmit={submit}>
      {ask.needsOld && (
        <PasswordField
          label="Present password"
          value={old}
          onChange={setOld}
          isDisabled={busy}
          error={errors.old}
        />
      )}
      <TextField
        label={sanitizeText(ask.label, 80)}
        type={shown ? 'text' : 'password'}
        autoComplete="new-password"
        spellCheck="false"
        value={password}
        onChange={setPassword}
        isDisabled={busy}
        error={errors.password ?? (tooLong ? `At most ${String(ask.maxLength)} characters.` : undefined)}
        end={
          <IconButton
            size="small"
            icon={shown ? EyeOff : Eye}
            label={shown ? 'Hide the new password' : 'Show the new password'}
            onPress={() => setShown(!shown)}
          />
        }
      />
      <div className={style.strength}>
        <StrengthMeter value={password} />
        <Button size="small" variant="link" icon={WandSparkles} onPress={generate} isDisabled={busy}>
          Generate
        </Button>
      </div>
      {!shown && (
        <TextField
          label="Type it again"
          type="password"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          isDisabled={busy}
          error={differs ? 'The two are not the same.' : undefined}
        />
      )}
      {rules.length > 0 && (
        <ul className={style.rules} aria-label="What the vendor asks of it">
          {rules.map((rule) => (
            <li key={rule}>{sanitizeText(rule)}</li>
          ))}
        </ul>
      )}
      <PromptActions promptId={prompt.id} main="Change and sign in" busy={busy} isDisabled={!complete} />
    </form>
  );
}

function lengthRule(min: number | undefined, max: number | undefined): string | null {
  if (min !== undefined && max !== undefined) return `${String(min)} to ${String(max)} characters`;
  if (min !== undefined) return `At least ${String(min)} characters`;
  return max === undefined ? null : `At most ${String(max)} characters`;
}
