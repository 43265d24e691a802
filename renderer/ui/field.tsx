import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import style from './field.module.css';
import { sanitizeText } from './sanitize-text.ts';

interface Props {
  label: string;
  optional?: boolean | undefined;
  help?: ReactNode;
  error?: string | undefined;
  children: ReactNode;
}

/** What every field has around it: label over it, help and error under it. Goes inside an aria field component. */
export function FieldFrame({ label, optional = false, help, error, children }: Props) {
  return (
    <>
      <Label className={style.label ?? ''}>
        {label}
        {optional && <span className={style.optional}>optional</span>}
      </Label>
      {children}
      {help && (
        <Text slot="description" className={style.help ?? ''}>
          {help}
        </Text>
      )}
      <FieldError className={style.error ?? ''}>{error && sanitizeText(error, 300)}</FieldError>
    </>
  );
}
