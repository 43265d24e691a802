import { Check } from 'lucide-react';
import { Label, Radio, RadioGroup } from 'react-aria-components';
import { type Colour, colourOf, colours } from '#contract/colours.ts';
import style from './colour-picker.module.css';
import { colourValue } from './colours.ts';
import field from './field.module.css';

/** One of the account colours. */
export function ColourPicker({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Colour;
  onChange(colour: Colour): void;
}) {
  return (
    <RadioGroup
      className={field.field ?? ''}
      value={value}
      onChange={(name) => onChange(colourOf(name))}
      orientation="horizontal"
    >
      <Label className={field.label ?? ''}>{label}</Label>
      <div className={style.swatches}>
        {colours.map((colour) => (
          <Radio key={colour} value={colour} aria-label={colour} className={style.swatch ?? ''}>
            {({ isSelected }) => (
              <span className={style.fill} style={{ background: colourValue(colour) }} title={colour}>
                {isSelected && <Check size={14} strokeWidth={2.5} aria-hidden />}
              </span>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
