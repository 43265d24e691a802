import { Check, X } from 'lucide-react';
import style from './scan.module.css';
import type { ScanStep } from './scan-progress.ts';

const said = { done: 'Done', now: 'Now', later: 'Later', bad: 'Stopped' };

/** Three numbered steps; the change of the present one is announced. */
export function ScanSteps({ steps }: { steps: readonly ScanStep[] }) {
  const present = steps.findLast(({ state }) => state === 'now' || state === 'bad') ?? steps.at(-1);
  return (
    <>
      <ol className={style.steps}>
        {steps.map(({ state, title, text }, index) => (
          <li key={title} className={style.step} aria-current={state === 'now' ? 'step' : undefined}>
            <span className={`${style.mark} ${style[state]}`} aria-hidden>
              {state === 'done' ? (
                <Check size={13} strokeWidth={2.5} />
              ) : state === 'bad' ? (
                <X size={13} strokeWidth={2.5} />
              ) : (
                index + 1
              )}
            </span>
            <div>
              <p className={state === 'later' ? style.laterTitle : style.stepTitle}>
                <span className="screen-reader-only">{said[state]}: </span>
                {title}
              </p>
              <p className={style.stepText}>{text}</p>
            </div>
          </li>
        ))}
      </ol>
      <span className="screen-reader-only" role="status">
        {present ? `${present.title}. ${present.text}` : ''}
      </span>
    </>
  );
}
