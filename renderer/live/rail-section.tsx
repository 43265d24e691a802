import type { ReactNode } from 'react';
import style from './live.module.css';

/** One of the things beside the table, with how many there are of it. */
export function RailSection({
  title,
  count,
  children,
}: {
  title: string;
  count?: number;
  children: ReactNode;
}) {
  return (
    <section aria-label={title} className={style.railSection}>
      <h2 className={style.railTitle}>
        {title} {count !== undefined && <span className={style.railCount}>{count}</span>}
      </h2>
      {children}
    </section>
  );
}
