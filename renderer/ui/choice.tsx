import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  Switch as AriaSwitch,
  type CheckboxProps,
  type SwitchProps,
} from 'react-aria-components';
import style from './field.module.css';

interface Words {
  children: ReactNode;
  help?: ReactNode;
}

const text = ({ children, help }: Words) => (
  <span className={style.choiceText}>
    <span>{children}</span>
    {help && <span className={style.help}>{help}</span>}
  </span>
);

/** A yes or no that is part of a form. */
export function Checkbox({
  children,
  help,
  ...props
}: Omit<CheckboxProps, 'className' | 'children'> & Words) {
  return (
    <AriaCheckbox {...props} className={style.choice ?? ''}>
      {({ isSelected }) => (
        <>
          <span className={style.tick}>
            {isSelected && <Check size={13} strokeWidth={2.5} aria-hidden />}
          </span>
          {text({ children, help })}
        </>
      )}
    </AriaCheckbox>
  );
}

/** A yes or no that takes effect at once. */
export function Switch({ children, help, ...props }: Omit<SwitchProps, 'className' | 'children'> & Words) {
  return (
    <AriaSwitch {...props} className={style.choice ?? ''}>
      <span className={style.track}>
        <span className={style.thumb} style={{ display: 'block' }} />
      </span>
      {text({ children, help })}
    </AriaSwitch>
  );
}
