import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import style from './tooltip.module.css';

interface Props {
  text: string;
  children: ReactElement;
  placement?: 'top' | 'bottom' | 'left' | 'right';
  isDisabled?: boolean;
}

/** A word beside a control on hover and focus; the control must have its own label. */
export function Tooltip({ text, children, placement = 'bottom', isDisabled = false }: Props) {
  return (
    <TooltipTrigger delay={500} closeDelay={80} isDisabled={isDisabled}>
      {children}
      <AriaTooltip className={style.tooltip ?? ''} placement={placement} offset={6}>
        {text}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
