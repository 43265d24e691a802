import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import field from './field.module.css';
import style from './radio-cards.module.css';

interface RadioOption {
  value: string;
  label: string;
  help?: ReactNode;
}

interface Props {
  label: string;
  options: readonly RadioOption[];
  value: string | null;
  onChange(value: string): void;
  isDisabled?: boolean;
  hideLabel?: boolean;
}

/** One of a few choices, each with room for a sentence. */
export function RadioCards({ label, options, value, onChange, isDisabled = false, hideLabel }: Props) {
  return (
    <RadioGroup className={field.field ?? ''} value={value} onChange={onChange} isDisabled={isDisabled}>
      <Label className={hideLabel ? 'screen-reader-only' : (field.label ?? '')}>{label}</Label>
      <div className={style.list}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className={style.option ?? ''}>
            <span className={style.ring} aria-hidden />
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
