import { ChevronUp, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { Menu, type MenuEntry } from './menu.tsx';
import style from './status-item.module.css';

interface Props {
  icon: LucideIcon;
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
      <Icon size={14} strokeWidth={1.75} aria-hidden />
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

type MenuItemProps = Omit<Props, 'onPress'> & { label: string; entries: readonly MenuEntry[] };

/** As above, with a menu of what can be done about it. */
export function StatusMenu({ icon: Icon, tone, label, entries, children }: MenuItemProps) {
  return (
    <Menu label={label} entries={entries}>
      <Button className={`${style.item} ${style.button} ${tone ? style[tone] : ''}`}>
        <Icon size={14} strokeWidth={1.75} aria-hidden />
        {children}
        <ChevronUp size={12} strokeWidth={2} aria-hidden />
      </Button>
    </Menu>
  );
}
