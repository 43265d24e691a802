import { Check, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  Select as AriaSelect,
  ListBox,
  ListBoxItem,
  Popover,
  SelectValue,
} from 'react-aria-components';
import field from './field.module.css';
import { FieldFrame } from './field.tsx';
import menu from './menu.module.css';

export interface Option {
  value: string;
  label: string;
}

interface Props {
  label: string;
  options: readonly Option[];
  value: string | null;
  onChange(value: string): void;
  help?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  isDisabled?: boolean;
}

/** One of a few values. */
export function Select({
  label,
  options,
  value,
  onChange,
  help,
  error,
  optional,
  isDisabled = false,
}: Props) {
  return (
    <AriaSelect
      className={field.field ?? ''}
      selectedKey={value}
      onSelectionChange={(key) => onChange(String(key))}
      isInvalid={Boolean(error)}
      isDisabled={isDisabled}
      placeholder="Choose"
      validationBehavior="aria"
    >
      <FieldFrame label={label} optional={optional} help={help} error={error}>
        <AriaButton className={field.select ?? ''}>
          <SelectValue>{({ selectedText, defaultChildren }) => selectedText ?? defaultChildren}</SelectValue>
          <ChevronsUpDown size={16} strokeWidth={1.75} aria-hidden />
        </AriaButton>
      </FieldFrame>
      <Popover className={menu.popover ?? ''} offset={4}>
        <ListBox
          className={menu.menu ?? ''}
          items={options.map((option) => ({ ...option, id: option.value }))}
        >
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className={menu.item ?? ''}>
              {({ isSelected }) => (
                <>
                  <span className={menu.text}>{option.label}</span>
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
