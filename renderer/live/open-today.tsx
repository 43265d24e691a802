import { type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { useNow } from '../state/clock.ts';
import { useApp } from '../state/store.ts';
import { useRead } from '../state/use-read.ts';
import { formatTime } from '../ui/format.ts';
import style from './open-today.module.css';
import { RailSection } from './rail-parts.tsx';

interface Hour {
  /** ms since 1970, when it begins. */
  at: number;
  open: number;
}

/** ms; sessions that come and go together are read together. */
const gather = 400;
const shortest = 4; // hours
const height = 44;

/** How many sessions were open, hour by hour of today, from the ledger. */
export function OpenToday() {
  const read = useRead('ledger.openToday');
  const active = useApp(
    (app) => Object.values(app.sessions).filter(({ state }) => state === 'active').length,
  );
  const now = useNow(60_000);
  const hour = new Date(now).getHours();
  const { reload } = read;
  const seen = useRef(`${active} ${hour}`);
  useEffect(() => {
    const current = `${active} ${hour}`;
    if (seen.current === current) return;
    seen.current = current;
    const timer = window.setTimeout(reload, gather);
    return () => window.clearTimeout(timer);
  }, [active, hour, reload]);
  if (!read.value) return null;
  const { hours, most } = read.value;
  const begins = hours.findIndex(({ open }) => open > 0);
  if (begins < 0) return null;
  const shown = hours.slice(Math.max(0, Math.min(begins, hours.length - shortest)));
  return <Chart hours={shown} most={most} now={now} />;
}

function Chart({ hours, most, now }: { hours: readonly Hour[]; most: Hour; now: number }) {
  const [at, setAt] = useState<number | null>(null);
  const chosen = at === null ? null : hours[Math.min(at, hours.length - 1)];
  const tell = ({ at: from, open }: Hour) => `${formatTime(from, now)}: ${open} open`;
  const last = hours.length - 1;
  const table = useId();

  function onKeyDown(event: KeyboardEvent) {
    const from = at ?? last;
    const next = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: last }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(last, next)));
  }

  function onPointerMove({ currentTarget, clientX }: PointerEvent) {
    const { left, width } = currentTarget.getBoundingClientRect();
    setAt(Math.max(0, Math.min(last, Math.floor(((clientX - left) / width) * hours.length))));
  }

  const x = (index: number) => index + 0.5;
  const y = (open: number) => height - 2 - (open / Math.max(1, most.open)) * (height - 6);
  const line = hours.map(({ open }, index) => `${x(index)},${y(open)}`).join(' L');
  const path = `M0,${y(hours[0]?.open ?? 0)} L${line} L${hours.length},${y(hours[last]?.open ?? 0)}`;

  return (
    <RailSection
      title="Open today"
      detail={
        <span aria-live="polite">
          {chosen ? tell(chosen) : `most: ${most.open} at ${formatTime(most.at, now)}`}
        </span>
      }
    >
      <div
        className={style.chart}
        role="slider"
        tabIndex={0}
        aria-label="Hour of today"
        aria-describedby={table}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={at ?? last}
        aria-valuetext={tell(chosen ?? hours[last] ?? most)}
        onKeyDown={onKeyDown}
        onFocus={() => setAt(at ?? last)}
        onBlur={() => setAt(null)}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setAt(null)}
      >
        <svg
          viewBox={`0 0 ${hours.length} ${height}`}
          preserveAspectRatio="none"
          className={style.drawn}
          aria-hidden
        >
          <path d={`${path} L${hours.length},${height} L0,${height} Z`} className={style.area} />
          <path d={path} className={style.line} vectorEffect="non-scaling-stroke" />
          {at !== null && chosen && (
            <line
              x1={x(Math.min(at, last))}
              x2={x(Math.min(at, last))}
              y1={0}
              y2={height}
              className={style.mark}
              vectorEffect="non-scaling-stroke"
            />
          )}
        </svg>
        <span className={style.hours} aria-hidden>
          <span>{formatTime(hours[0]?.at ?? now, now)}</span>
          <span>now</span>
        </span>
      </div>
      <table id={table} className="screen-reader-only">
        <caption>Sessions that were open, by hour</caption>
        <tbody>
          {hours.map(({ at: from, open }) => (
            <tr key={from}>
              <th scope="row">{formatTime(from, now)}</th>
              <td>{open}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </RailSection>
  );
}
