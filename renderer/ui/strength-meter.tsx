import { useEffect, useState } from 'react';
import { rateStrength, type Strength } from './strength.ts';
import style from './strength-meter.module.css';

const tones = ['bad', 'bad', 'wait', 'ok', 'ok'] as const;

/** How hard a typed password is to guess: four bars and a word. Takes no room from what stands below it when empty. */
export function StrengthMeter({ value }: { value: string }) {
  const [strength, setStrength] = useState<Strength | null>(null);
  useEffect(() => {
    if (value === '') return setStrength(null);
    let current = true;
    void rateStrength(value).then((rated) => {
      if (current) setStrength(rated);
    });
    return () => {
      current = false;
    };
  }, [value]);
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
