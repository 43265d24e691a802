import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import style from './button.module.css';
import { Tooltip } from './tooltip.tsx';

interface Looks {
  /** `main`: filled, one a group; `danger`: red ink; `quiet`: no border; `link`: ink only, for rows. */
  variant?: 'plain' | 'main' | 'danger' | 'quiet' | 'link';
  size?: 'normal' | 'small';
  icon?: LucideIcon;
  ref?: Ref<HTMLButtonElement>;
}

type Props = Omit<ButtonProps, 'className' | 'children'> & Looks & { children: ReactNode };

/** A button with a word on it; `isPending` shows that its work is under way. */
export function Button({ variant = 'plain', size = 'normal', icon: Icon, children, ...props }: Props) {
  return (
    <AriaButton
      {...props}
      className={`${style.button} ${style[variant]} ${size === 'small' ? style.small : ''}`}
    >
      {({ isPending }) => (
        <>
          {isPending ? (
            <LoaderCircle className={style.spin} size={16} strokeWidth={1.75} aria-hidden />
          ) : (
            Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />
          )}
          {children}
        </>
      )}
    </AriaButton>
  );
}

interface RowProps {
  label: string;
  onPress(): void;
  children: ReactNode;
}

/** A link button of plain HTML, a fifth of the work to draw: for rows that come and go by the dozen. */
export function RowButton({ label, onPress, children }: RowProps) {
  return (
    <button
      type="button"
      aria-label={label}
      className={`${style.button} ${style.link} ${style.row}`}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

type IconProps = Omit<ButtonProps, 'className' | 'children' | 'aria-label'> &
  Omit<Looks, 'icon'> & { icon: LucideIcon; label: string; noTooltip?: boolean };

/** A button that is only an icon: its label is for screen readers and the tooltip. */
export function IconButton({
  icon: Icon,
  label,
  variant = 'quiet',
  size,
  noTooltip = false,
  ...props
}: IconProps) {
  return (
    <Tooltip text={label} isDisabled={noTooltip}>
      <AriaButton
        {...props}
        aria-label={label}
        className={`${style.button} ${style.square} ${style[variant]} ${size === 'small' ? style.small : ''}`}
      >
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </AriaButton>
    </Tooltip>
  );
}
