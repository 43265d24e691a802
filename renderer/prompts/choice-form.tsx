import { type FormEvent, useState } from 'react';
import { plain } from '../ui/plain.ts';
import { RadioCards } from '../ui/radio-cards.tsx';
import type { FormProps } from './ask-form.tsx';
import { PromptActions } from './prompt-actions.tsx';
import style from './prompts.module.css';
import { useFormFocus } from './use-form-focus.ts';

/** One of a few ways on. */
export function ChoiceForm({ prompt, ask, busy, answer }: FormProps<'choice'>) {
  const [choice, setChoice] = useState<string | null>(ask.options[0]?.id ?? null);
  const form = useFormFocus(busy);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (choice !== null && !busy) answer({ choice });
  }
  return (
    <form className={style.form} onSubmit={submit} ref={form}>
      <RadioCards
        label={plain(ask.label)}
        options={ask.options.map(({ id, label }) => ({ value: id, label: plain(label) }))}
        value={choice}
        onChange={setChoice}
        isDisabled={busy}
      />
      <PromptActions promptId={prompt.id} main="Continue" busy={busy} isDisabled={choice === null} />
    </form>
  );
}
