import type { Action, FormField } from '../state/types.ts';
import { ownValue } from '../ui/own-value.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** What a form begins with. */
export function initialValues(fields: readonly FormField[]): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.initial ?? (field.type === 'select' && field.required ? (field.options?.[0]?.value ?? '') : ''),
    ]),
  );
}

/** The fields that the other values call for, in the vendor's order. */
export const fieldsShown = (
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
): FormField[] => fields.filter(({ when }) => !when || when.is.includes(ownValue(values, when.field) ?? ''));

/** Required fields that are empty: field name to sentence. */
export function lacking(
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    fieldsShown(fields, values)
      .filter((field) => field.required && !ownValue(values, field.name)?.trim())
      .map((field) => [field.name, `${sanitizeText(field.label, 60)} is needed.`]),
  );
}

/** The values of the fields that are shown; what was typed into a field that is gone is not sent. */
export const valuesToSend = (
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(fieldsShown(fields, values).map(({ name }) => [name, ownValue(values, name) ?? '']));

/** The field that holds the new password of a `password` action: the one called so, else the last secret one. */
export function newPasswordField({ special, fields }: Action): FormField | undefined {
  if (special !== 'password') return undefined;
  const secret = fields.filter(({ type }) => type === 'password');
  return (
    secret.find(({ name }) => /^(new-?password|password)$/i.test(name)) ??
    secret.findLast(({ name }) => !/current|old|pin/i.test(name))
  );
}
