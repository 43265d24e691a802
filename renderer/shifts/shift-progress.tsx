import { Dot } from '../ui/badge.tsx';
import type { Tally } from './members.ts';
import style from './shifts.module.css';

/** How far a shift is open: one bar in three colours, and the same in words. */
export function ShiftProgress({ counts }: { counts: Tally }) {
  const { active, waiting, failed, all } = counts;
  const part = (n: number) => ({ width: `${String(all === 0 ? 0 : (n / all) * 100)}%` });
  return (
    <div className={style.progress}>
      <div
        className={style.bar}
        role="progressbar"
        aria-label="Active accounts"
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuenow={active}
        aria-valuetext={`${String(active)} active, ${String(waiting)} waiting, ${String(failed)} failed`}
      >
        <span className={style.ok} style={part(active)} />
        <span className={style.wait} style={part(waiting)} />
        <span className={style.bad} style={part(failed)} />
      </div>
      <p className={style.words} role="status">
        <span>
          <Dot tone="ok" /> {active} active
        </span>
        <span>
          <Dot tone="wait" /> {waiting} waiting
        </span>
        <span>
          <Dot tone="bad" /> {failed} failed
        </span>
        <span className={style.rest}>of {all}</span>
      </p>
    </div>
  );
}
