import { type FormEvent, useState } from 'react';
import { Checkbox } from '../ui/choice.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SegmentBoxes } from '../ui/segment-boxes.tsx';
import type { FormProps } from './form-props.ts';
import { PromptActions } from './prompt-actions.tsx';
import { codeCame } from './prompt-text.ts';
import style from './prompts.module.css';
import { SendAgain } from './send-again.tsx';
import { useCode } from './use-code.ts';
import { usePastedCode } from './use-pasted-code.ts';

/** A PIN or code: typed, and sent by itself where its length is known; or pasted, which sends it at once. */
export function CodeForm({ prompt, ask, busy, errors, answer, attempt }: FormProps<'code'>) {
  const [remember, setRemember] = useState(false);
  const send = (code: string) => answer({ code, ...(ask.rememberDays === undefined ? {} : { remember }) });
  const { code, change, submit, missing, wrong } = useCode({ prompt, ask, send });
  usePastedCode(!busy, ask, (pasted) => {
    change(pasted);
    submit(pasted);
  });
  const wantsMore = missing ?? (errors.code === prompt.failure?.message ? undefined : errors.code);

  return (
    <form
      className={style.form}
      id="prompt-form"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className={style.came} id={`came-${prompt.id}`}>
        {codeCame(ask)}
      </p>
      <SegmentBoxes
        label={ask.numeric ? 'PIN' : 'Code'}
        value={code}
        onChange={change}
        boxes={ask.boxes}
        numeric={ask.numeric}
        isDisabled={busy}
        invalid={wrong || missing !== null || errors.code !== undefined}
        describedBy={`came-${prompt.id}`}
      />
      {wantsMore && (
        <p className={style.error} role="alert">
          {sanitizeText(wantsMore, 300)}
        </p>
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
