import { useTimed } from '../state/clock.ts';
import type { Prompt } from '../state/types.ts';
import { formatShortDuration } from '../ui/format.ts';
import style from './prompts.module.css';

const radius = 6;
const round = 2 * Math.PI * radius;
const minute = 60_000;

/** How long the vendor still takes an answer: a ring that empties, and the time in words. Nothing where the prompt is over. */
export function DeadlineRing({ prompt }: { prompt: Prompt }) {
  const { askedAt, deadline, state } = prompt;
  const words = useTimed((now) => (deadline > now ? formatShortDuration(deadline - now) : 'over'));
  const part = useTimed((now) => {
    const life = Math.max(1, deadline - askedAt);
    return Math.round(48 * Math.min(1, Math.max(0, (deadline - now) / life))) / 48;
  });
  const tone = useTimed((now) =>
    deadline - now < minute ? 'bad' : deadline - now < 2 * minute ? 'wait' : 'calm',
  );
  if (state === 'refused') return null;
  return (
    <span className={`${style.ring} ${style[tone]}`}>
      <svg viewBox="0 0 16 16" width={16} height={16} aria-hidden>
        <circle cx={8} cy={8} r={radius} className={style.ringTrack} />
        <circle
          cx={8}
          cy={8}
          r={radius}
          className={style.ringLeft}
          strokeDasharray={`${String(part * round)} ${String(round)}`}
          transform="rotate(-90 8 8)"
        />
      </svg>
      <span className="screen-reader-only">Time to answer: </span>
      {words}
    </span>
  );
}
