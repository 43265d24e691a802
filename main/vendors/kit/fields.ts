import { GatehouseError } from '#contract/failure.ts';
import type { FormField } from '#contract/shapes.ts';
import { lookUp } from '#lib/look-up.ts';

export const field = (name: string, label: string, more: Partial<FormField> = {}): FormField => ({
  ...{ name, label, type: 'text', required: true, secret: false },
  ...more,
});

export const passwordField = (name: string, label: string, more: Partial<FormField> = {}): FormField =>
  field(name, label, { type: 'password', secret: true, ...more });

/** `invalid` for one field. */
export function fieldError(name: string, message: string): GatehouseError {
  return new GatehouseError({ kind: 'invalid', message, fields: { [name]: message } });
}

/** Returns a form's value without blanks around it; throws `invalid` with `message` when it is empty. */
export function requireField(values: Record<string, string>, name: string, message: string): string {
  const value = values[name]?.trim();
  if (!value) throw fieldError(name, message);
  return value;
}

/** Returns a password as typed, blanks included; throws `invalid` when there is none. */
export function requirePassword(values: Record<string, string>, name: string): string {
  const value = values[name];
  if (!value) throw fieldError(name, 'Type the password.');
  return value;
}

/** Does the work; a failure's fields then carry the form's names instead of the vendor's (`names`: the vendor's to the form's). */
export async function withFieldNames<T>(names: Record<string, string>, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof GatehouseError) || !error.failure.fields) throw error;
    const renamed = Object.entries(error.failure.fields).map(([name, text]) => [
      lookUp(names, name) ?? name,
      text,
    ]);
    const { failure, mayHaveWorked } = error;
    throw new GatehouseError({ ...failure, fields: Object.fromEntries(renamed) }, { mayHaveWorked });
  }
}
