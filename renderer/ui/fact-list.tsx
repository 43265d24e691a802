import { Copy } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { copyForAWhile } from '../state/copy.ts';
import { IconButton } from './button.tsx';
import { cellText } from './cell-text.ts';
import style from './fact-list.module.css';
import { sanitizeText } from './sanitize-text.ts';

export interface ListedFact {
  label: string;
  /** As the vendor sent it. */
  value: string;
}

const steps: Partial<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/**
 * Facts in two columns, one line each, with a button that copies each of them. Tab leads to the buttons as one stop, arrows from one
 * to the next.
 */
export function FactList({ label, facts }: { label: string; facts: readonly ListedFact[] }) {
  const [at, setAt] = useState(0);
  const stop = Math.min(at, facts.length - 1);

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(facts.length - 1, stop + step));
    setAt(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  }

  return (
    <dl className={style.facts} aria-label={label} onKeyDown={onKeyDown}>
      {facts.map((fact, index) => {
        const name = sanitizeText(fact.label, 60);
        const text = cellText(fact.value, 2_000);
        return (
          <div key={`${fact.label} ${fact.value}`} className={style.fact}>
            <dt title={name}>{name}</dt>
            <dd>
              <bdi className={style.value} title={text}>
                {text || '–'}
              </bdi>
              <span className={style.copy}>
                <IconButton
                  icon={Copy}
                  size="small"
                  label={`Copy ${name}`}
                  excludeFromTabOrder={index !== stop}
                  onFocus={() => setAt(index)}
                  onPress={() => void copyForAWhile(name, text)}
                />
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
