import { Check, ChevronDown } from 'lucide-react';
import {
  Button as AriaButton,
  Select as AriaSelect,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import style from './compact-select.module.css';
import menu from './menu.module.css';

interface Option {
  value: string;
  label: string;
  disabled?: boolean;
  detail?: string;
}

interface Props {
  label: string;
  options: readonly Option[];
  value: string | null;
  onChange(value: string): void;
  /** Shows only the value; the label is for screen readers. */
  bare?: boolean;
}

/** One of a few values, on one line with others: "Status: Active". */
export function CompactSelect({ label, options, value, onChange, bare = false }: Props) {
  return (
    <AriaSelect
      aria-label={label}
      selectedKey={value}
      onSelectionChange={(key) => onChange(String(key))}
      disabledKeys={options.filter(({ disabled }) => disabled).map((option) => option.value)}
      placeholder="Choose"
    >
      <AriaButton className={style.button ?? ''}>
        {!bare && <span className={style.label}>{label}</span>}
        <SelectValue className={style.value ?? ''}>
          {({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}
        </SelectValue>
        <ChevronDown size={14} strokeWidth={2} aria-hidden />
      </AriaButton>
      <Popover className={menu.popover ?? ''} offset={4}>
        <ListBox
          className={menu.menu ?? ''}
          items={options.map((option) => ({ ...option, id: option.value }))}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={menu.item ?? ''}>
              {({ isSelected }) => (
                <>
                  <span className={menu.text}>
                    {option.label}
                    {option.detail && <span className={style.detail}>{option.detail}</span>}
                  </span>
                  {isSelected && <Check size={16} strokeWidth={1.75} aria-hidden />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
