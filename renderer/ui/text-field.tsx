import { Eye, EyeOff } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  TextField as AriaTextField,
  Group,
  Input,
  TextArea,
  type TextFieldProps,
} from 'react-aria-components';
import { IconButton } from './button.tsx';
import style from './field.module.css';
import { FieldFrame } from './field.tsx';

type Props = Omit<TextFieldProps, 'className' | 'children' | 'isInvalid'> & {
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  placeholder?: string | undefined;
  optional?: boolean;
  lines?: number;
  /** Inside the box, after the text. */
  end?: ReactNode;
};

/** A line of text (or several, with `lines`) with its label, help and error. */
export function TextField({ label, help, error, placeholder, optional, lines, end, ...props }: Props) {
  return (
    <AriaTextField
      {...props}
      className={style.field ?? ''}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
    >
      <FieldFrame label={label} optional={optional} help={help} error={error}>
        <Group className={style.box ?? ''} isInvalid={Boolean(error)}>
          {lines ? (
            <TextArea
              dir="auto"
              className={`${style.input} ${style.area}`}
              rows={lines}
              placeholder={placeholder}
            />
          ) : (
            <Input dir="auto" className={style.input ?? ''} placeholder={placeholder} />
          )}
          {end && <span className={style.end}>{end}</span>}
        </Group>
      </FieldFrame>
    </AriaTextField>
  );
}

/** A secret line: hidden until revealed, never filled in by the browser unless `autoComplete` says so. */
export function PasswordField({ end, ...props }: Omit<Props, 'type' | 'lines'>) {
  const [shown, setShown] = useState(false);
  return (
    <TextField
      autoComplete="off"
      spellCheck="false"
      {...props}
      type={shown ? 'text' : 'password'}
      end={
        <>
          {end}
          <IconButton
            size="small"
            icon={shown ? EyeOff : Eye}
            label={shown ? `Hide ${props.label.toLowerCase()}` : `Show ${props.label.toLowerCase()}`}
            onPress={() => setShown(!shown)}
          />
        </>
      }
    />
  );
}
