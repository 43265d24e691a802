import { timeLeftTone } from '../sessions/session-status.ts';
import { useTimed } from '../state/clock.ts';
import type { Session } from '../state/types.ts';
import style from './live.module.css';

const steps = 200;

/** How much of a session's life is over, as far as its vendor states an end. */
export function LifeBar({ session }: { session: Session }) {
  const { expiresAt } = session;
  const began = session.openedAt ?? session.startedAt;
  const look = useTimed((now) => {
    if (expiresAt === null) return null;
    const part = expiresAt > began ? (now - began) / (expiresAt - began) : 1;
    const step = Math.round(Math.min(1, Math.max(0, part)) * steps);
    return `${timeLeftTone(expiresAt - now)} ${step}`;
  });
  if (look === null) return <span className={style.quiet}>no end stated</span>;
  const [tone, step] = look.split(' ');
  const over = `${(Number(step) / steps) * 100}%`;
  return (
    <span aria-hidden className={style.life}>
      <span className={`${style.lived} ${style[`${tone}Life`]}`} style={{ width: over }} />
      <span className={style.nowMark} style={{ left: over }} />
    </span>
  );
}
