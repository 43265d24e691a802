import { useMemo } from 'react';
import { useTimed } from '../state/clock.ts';
import { formatDuration, isValidTime } from '../ui/format.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import style from './scan.module.css';

/** The time until the vendor's next code, as a bar and in words. `staleAt` in ms since 1970. */
export function NextCode({ staleAt }: { staleAt: number }) {
  // The whole life of a code is not told; what is left when it is first seen comes close.
  const life = useMemo(() => Math.max(1000, staleAt - Date.now()), [staleAt]);
  const seconds = useTimed((now) => Math.max(0, Math.ceil((staleAt - now) / 1000)));
  if (!isValidTime(staleAt)) return null;
  return (
    <div className={style.next}>
      <ProgressBar label="Time until the next code" value={Math.min(1, (seconds * 1000) / life)} />
      <p className={style.nextWords}>
        {seconds > 0
          ? `New code in ${seconds < 600 ? `${String(seconds)} s` : formatDuration(seconds * 1000)}`
          : 'Getting a new code'}
      </p>
    </div>
  );
}
