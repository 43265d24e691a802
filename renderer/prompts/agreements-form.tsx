import { type FormEvent, useState } from 'react';
import { Checkbox } from '../ui/choice.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { AgreementText } from './agreement-text.tsx';
import type { FormProps } from './form-props.ts';
import { PromptActions } from './prompt-actions.tsx';
import style from './prompts.module.css';

/** Agreements to accept before the session opens; nothing is ticked beforehand. */
export function AgreementsForm({ prompt, ask, busy, answer }: FormProps<'agreements'>) {
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const complete = ask.agreements.every(({ id, required }) => !required || accepted.has(id));

  function mark(id: string, on: boolean) {
    const next = new Set(accepted);
    if (on) next.add(id);
    else next.delete(id);
    setAccepted(next);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (complete && !busy) answer(Object.fromEntries(ask.agreements.map(({ id }) => [id, accepted.has(id)])));
  }
  return (
    <form className={style.form} id="prompt-form" onSubmit={submit}>
      <p className={style.came}>You accept these in the name of the person who signs in.</p>
      <fieldset className={style.agreements}>
        <legend className="screen-reader-only">Agreements</legend>
        {ask.agreements.map(({ id, name, required, content }) => (
          <div key={id} className={style.agreement}>
            <Checkbox
              isSelected={accepted.has(id)}
              onChange={(on) => mark(id, on)}
              isDisabled={busy}
              help={required ? 'Required to sign in' : 'Optional'}
            >
              {sanitizeText(name)}
            </Checkbox>
            <AgreementText name={name} content={content} />
          </div>
        ))}
      </fieldset>
      <PromptActions promptId={prompt.id} main="Accept and sign in" busy={busy} isDisabled={!complete} />
    </form>
  );
}
