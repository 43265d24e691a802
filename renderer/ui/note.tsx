import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import style from './note.module.css';

interface Props {
  tone?: 'plain' | 'wait' | 'ok' | 'practice';
  icon: LucideIcon;
  children: ReactNode;
  actions?: ReactNode;
}

/** A sentence that belongs to the page: a notice, a state that needs explaining. */
export function Note({ tone = 'plain', icon: Icon, children, actions }: Props) {
  return (
    <div className={`${style.note} ${style[tone]}`}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
      <div className={style.body}>{children}</div>
      {actions}
    </div>
  );
}
