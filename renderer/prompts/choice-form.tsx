import { type FormEvent, useState } from 'react';
import { RadioCards } from '../ui/radio-cards.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import type { FormProps } from './form-props.ts';
import { PromptActions } from './prompt-actions.tsx';
import style from './prompts.module.css';

/** One of a few ways on. */
export function ChoiceForm({ prompt, ask, busy, answer }: FormProps<'choice'>) {
  const [choice, setChoice] = useState<string | null>(ask.options[0]?.id ?? null);
  function submit(event: FormEvent) {
    event.preventDefault();
    if (choice !== null && !busy) answer({ choice });
  }
  return (
    <form className={style.form} id="prompt-form" onSubmit={submit}>
      <RadioCards
        label={sanitizeText(ask.label)}
        options={ask.options.map(({ id, label }) => ({ value: id, label: sanitizeText(label) }))}
        value={choice}
        onChange={setChoice}
        isDisabled={busy}
      />
      <PromptActions promptId={prompt.id} main="Continue" busy={busy} isDisabled={choice === null} />
    </form>
  );
}
