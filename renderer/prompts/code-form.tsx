import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Checkbox } from '../ui/choice.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SegmentBoxes } from '../ui/segment-boxes.tsx';
import type { FormProps } from './form-props.ts';
import { PromptActions } from './prompt-actions.tsx';
import { codeCame } from './prompt-text.ts';
import style from './prompts.module.css';
import { SendAgain } from './send-again.tsx';
import { usePastedCode } from './use-pasted-code.ts';

/** A PIN or code: typed and sent with a press, or pasted, which sends it at once. */
export function CodeForm({ prompt, ask, busy, errors, answer, attempt }: FormProps<'code'>) {
  const [code, setCode] = useState('');
  const [remember, setRemember] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const { failure } = prompt;
  const wrong = failure !== null && !keepsCode.has(failure.kind);

  useEffect(() => {
    if (!busy) field.current?.focus();
  }, [busy]);
  useEffect(() => {
    if (failure && !keepsCode.has(failure.kind)) setCode('');
  }, [failure]);

  function send(value: string) {
    if (value === '' || busy) return;
    answer({ code: value, ...(ask.rememberDays === undefined ? {} : { remember }) });
  }
  usePastedCode(!busy, ask, (pasted) => {
    setCode(pasted);
    send(pasted);
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    send(code);
  }

  return (
    <form className={style.form} onSubmit={submit}>
      <p className={style.came} id={`came-${prompt.id}`}>
        {codeCame(ask)}
      </p>
      <SegmentBoxes
        ref={field}
        label={ask.numeric ? 'PIN' : 'Code'}
        value={code}
        onChange={setCode}
        boxes={ask.boxes}
        numeric={ask.numeric}
        isDisabled={busy}
        invalid={wrong || errors.code !== undefined}
        describedBy={`came-${prompt.id}`}
      />
      {errors.code && errors.code !== failure?.message && (
        <p className={style.error}>{sanitizeText(errors.code, 300)}</p>
      )}
      {ask.rememberDays !== undefined && (
        <Checkbox isSelected={remember} onChange={setRemember} isDisabled={busy}>
          Remember this device for {ask.rememberDays} days
        </Checkbox>
      )}
      <PromptActions promptId={prompt.id} main="Sign in" busy={busy} isDisabled={code === ''}>
        <SendAgain prompt={prompt} ask={ask} attempt={attempt} />
      </PromptActions>
      {ask.warning && <p className={style.warning}>{sanitizeText(ask.warning, 400)}</p>}
    </form>
  );
}

/** Failures after which the same code may still be right. */
const keepsCode: ReadonlySet<string> = new Set(['network', 'timeout', 'tls', 'server-fault', 'rate-limited']);
