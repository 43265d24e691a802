import type { ReactNode } from 'react';
import style from './empty-state.module.css';

/** One sentence and one action, where there is nothing to show. */
export function EmptyState({
  title,
  children,
  actions,
  level = 2,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** 1 where it is the whole page. */
  level?: 1 | 2;
}) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className={style.empty}>
      <Heading className={style.title}>{title}</Heading>
      {children && <div className={style.text}>{children}</div>}
      {actions && <div className={style.actions}>{actions}</div>}
    </div>
  );
}
