import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import field from './field.module.css';
import style from './radio-cards.module.css';

export type RadioOption = { value: string; label: string; help?: ReactNode };

type Props = {
  label: string;
  options: readonly RadioOption[];
  value: string | null;
  onChange(value: string): void;
  isDisabled?: boolean;
  /** `row`: side by side, words only. */
  layout?: 'list' | 'row';
  hideLabel?: boolean;
};

/** One of a few choices that need a sentence each, or, in a row, a word each. */
export function RadioCards({
  label,
  options,
  value,
  onChange,
  isDisabled = false,
  layout = 'list',
  hideLabel,
}: Props) {
  return (
    <RadioGroup
      className={field.field ?? ''}
      value={value}
      onChange={onChange}
      isDisabled={isDisabled}
      orientation={layout === 'row' ? 'horizontal' : 'vertical'}
    >
      <Label className={hideLabel ? 'screen-reader-only' : (field.label ?? '')}>{label}</Label>
      <div className={style[layout]}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={style.option ?? ''}>
            {layout === 'list' && <span className={style.ring} aria-hidden />}
            <span className={style.text}>
              <span className={style.name}>{option.label}</span>
              {option.help && <span className={style.help}>{option.help}</span>}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
