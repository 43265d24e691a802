import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import style from './badge.module.css';

export type Tone = 'ok' | 'wait' | 'bad' | 'off' | 'practice' | 'accent';

/** A word on a soft ground. */
export function Badge({
  tone = 'off',
  icon: Icon,
  children,
}: {
  tone?: Tone;
  icon?: LucideIcon;
  children: ReactNode;
}) {
  return (
    <span className={`${style.badge} ${style[tone]}`}>
      {Icon && <Icon size={13} strokeWidth={2} aria-hidden />}
      {children}
    </span>
  );
}

/** The dot of a state; the word for it stands beside it or in `label`. */
export function Dot({ tone, label, hollow = false }: { tone: Tone; label?: string; hollow?: boolean }) {
  const look = `${style.dot} ${style[`${tone}Dot`]} ${hollow ? style.hollow : ''}`;
  return label ? (
    <span role="img" aria-label={label} className={look} />
  ) : (
    <span className={look} aria-hidden />
  );
}
