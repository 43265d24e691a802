import { AtRisk } from './at-risk.tsx';
import { EndsNext } from './ends-next.tsx';
import style from './live.module.css';
import { NeedsYou } from './needs-you.tsx';
import { OpenToday } from './open-today.tsx';

/** At the side of a wide window: what needs the person, what ends next, what is at risk, how many were open today. */
export function Rail() {
  return (
    <aside className={style.rail} aria-label="What needs you">
      <NeedsYou />
      <EndsNext />
      <AtRisk />
      <OpenToday />
    </aside>
  );
}
