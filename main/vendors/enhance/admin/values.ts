import { GatehouseError } from '../../../../preload/contract/failure.ts';
import type { FormField } from '../../vendor.ts';

/** `invalid` for one field. */
export function wrong(field: string, message: string): GatehouseError {
  return new GatehouseError({ kind: 'invalid', message, fields: { [field]: message } });
}

/** A form's value without blanks around it; throws `invalid` with `message` when it is empty. */
export function need(values: Record<string, string>, field: string, message: string): string {
  const value = values[field]?.trim();
  if (!value) throw wrong(field, message);
  return value;
}

export function needEmail(values: Record<string, string>, field = 'email'): string {
  const email = need(values, field, 'Type the e-mail address.');
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw wrong(field, 'This is not an e-mail address.');
  return email;
}

/** A password as typed, blanks included. */
export function needPassword(values: Record<string, string>, field = 'password'): string {
  const password = values[field] ?? '';
  if (!password) throw wrong(field, 'Type the password.');
  return password;
}

export function unknownAction(): GatehouseError {
  return new GatehouseError({ kind: 'not-found', message: 'Enhance has no such action here.' });
}

export const textField = (name: string, label: string, more: Partial<FormField> = {}): FormField => ({
  name,
  label,
  type: 'text',
  required: true,
  secret: false,
  ...more,
});

export const emailField = (initial?: string): FormField =>
  textField('email', 'E-mail', { type: 'email', ...(initial ? { initial } : {}) });

export const newPasswordField: FormField = textField('password', 'New password', {
  type: 'password',
  secret: true,
});

export const organisationField: FormField = textField('organisation', 'Organisation', {
  type: 'organisation',
});
