import { type FormEvent, useEffect, useState } from 'react';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { PasswordField } from '../ui/text-field.tsx';
import type { FormProps } from './form-props.ts';
import { PromptActions } from './prompt-actions.tsx';
import style from './prompts.module.css';

/** A second password. */
export function PasswordForm({ prompt, ask, busy, errors, answer }: FormProps<'password'>) {
  const [password, setPassword] = useState('');
  useEffect(() => {
    if (prompt.failure?.kind === 'refused-prompt') setPassword('');
  }, [prompt.failure]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (password !== '' && !busy) answer({ password });
  }
  return (
    <form className={style.form} id="prompt-form" onSubmit={submit}>
      <PasswordField
        label={sanitizeText(ask.label, 80)}
        value={password}
        onChange={setPassword}
        isDisabled={busy}
        error={errors.password}
      />
      <PromptActions promptId={prompt.id} main="Sign in" busy={busy} isDisabled={password === ''} />
      {ask.warning && <p className={style.warning}>{sanitizeText(ask.warning, 400)}</p>}
    </form>
  );
}
