import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import style from './status-item.module.css';

interface Props {
  icon?: LucideIcon;
  tone?: 'wait' | 'practice' | undefined;
  children: ReactNode;
  /** What it says can be pressed. */
  onPress?: () => void;
}

/** One thing that the status bar says. */
export function StatusItem({ icon: Icon, tone, children, onPress }: Props) {
  const look = `${style.item} ${onPress ? style.button : ''} ${tone ? style[tone] : ''}`;
  const content = (
    <>
      {Icon && <Icon size={14} strokeWidth={1.75} aria-hidden />}
      {children}
    </>
  );
  if (!onPress) return <span className={look}>{content}</span>;
  return (
    <button type="button" className={look} onClick={onPress}>
      {content}
    </button>
  );
}
