import type { Strength } from './strength.ts';
import style from './strength-meter.module.css';
import { useStrength } from './use-strength.ts';

const tones = ['bad', 'bad', 'wait', 'ok', 'ok'] as const;

/** How hard a typed password is to guess: four bars and a word. Takes no room from what stands below it when empty. */
export function StrengthMeter({ value }: { value: string }) {
  return <StrengthBars strength={useStrength(value)} />;
}

/** The meter for a strength that is known; null while nothing is rated. */
export function StrengthBars({ strength }: { strength: Strength | null }) {
  const score = strength?.score ?? 0;
  return (
    <div className={style.meter}>
      <span className={`${style.bars} ${strength ? style[tones[score] ?? 'bad'] : ''}`} aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} className={strength && Math.max(1, score) >= bar ? style.full : style.bar} />
        ))}
      </span>
      <span className={style.words} role="status">
        {strength?.words ?? ''}
      </span>
    </div>
  );
}
