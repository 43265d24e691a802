import { useEffect, useState } from 'react';
import { rateStrength, type Strength } from './strength.ts';

/** How hard `value` is to guess, or what it was before the last key (see `of`) until that is known; null when empty. */
export function useStrength(value: string): Strength | null {
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
  return strength;
}
