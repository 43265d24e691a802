import { Hourglass } from 'lucide-react';
import { useTimed } from '../state/clock.ts';
import style from './prompts.module.css';

const shownBelow = 2 * 60_000;

/** The last two minutes in which the vendor takes an answer. */
export function Deadline({ deadline }: { deadline: number }) {
  const words = useTimed((now) => {
    const left = deadline - now;
    if (left > shownBelow) return null;
    if (left <= 0) return 'The time to answer is over.';
    const seconds = Math.ceil(left / 1000);
    return seconds < 60
      ? `${String(seconds)} s left to answer.`
      : `${String(Math.floor(seconds / 60))} m ${String(seconds % 60)} s left to answer.`;
  });
  if (words === null) return null;
  return (
    <p className={style.deadline}>
      <Hourglass size={14} strokeWidth={1.75} aria-hidden />
      {words}
    </p>
  );
}
