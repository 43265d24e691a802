import type { FormField } from './shapes.ts';

/** What main and the window both have to know of a form. Values are by field name; one that is left out was not touched. */
type Values = Readonly<Record<string, string>>;

/** What a field begins with: its own word, or the first option where one of them is needed; a secret with nothing. */
export function initialValue({ initial, type, required, secret, options }: FormField): string {
  if (secret) return '';
  return initial ?? (type === 'select' && required ? (options?.[0]?.value ?? '') : '');
}

/** What was typed into a field, or what it begins with. */
export const fieldValue = (field: FormField, values: Values): string =>
  Object.hasOwn(values, field.name) ? values[field.name]! : initialValue(field);

/** The fields that the other values call for, in the form's order; what hangs on a hidden field is hidden, too. */
export function fieldsShown(form: readonly FormField[], values: Values): FormField[] {
  const byName = new Map(form.map((field) => [field.name, field]));
  const isShown = ({ when }: FormField): boolean => {
    if (!when) return true;
    const other = byName.get(when.field);
    return other !== undefined && isShown(other) && when.is.includes(fieldValue(other, values).trim());
  };
  return form.filter(isShown);
}

/** The fields that are shown and needed but hold nothing, or blanks only; a secret that is `stored` and was not touched is there. */
export const fieldsLacking = (
  form: readonly FormField[],
  values: Values,
  stored: readonly string[] = [],
): FormField[] =>
  fieldsShown(form, values).filter(
    (field) =>
      field.required &&
      fieldValue(field, values).trim() === '' &&
      !(field.secret && !Object.hasOwn(values, field.name) && stored.includes(field.name)),
  );

export const neededSentence = (label: string): string => `${label} is needed.`;

/** Whether a text can be an e-mail address; more than this only its server knows. */
export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+$/.test(text);
