import { fieldsLacking, fieldsShown, fieldValue, initialValue, neededSentence } from '#contract/form.ts';
import type { Action, FormField } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** What a form begins with. */
export const initialValues = (fields: readonly FormField[]): Record<string, string> =>
  Object.fromEntries(fields.map((field) => [field.name, initialValue(field)]));

/** What is missing before main need be asked: field name to sentence. `stored`: secrets that main has. */
export const lacking = (
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
  stored?: readonly string[],
): Record<string, string> =>
  Object.fromEntries(
    fieldsLacking(fields, values, stored).map(({ name, label }) => [
      name,
      neededSentence(sanitizeText(label, 60)),
    ]),
  );

/** The values of the fields that are shown; what was typed into a field that is gone is not sent. */
export const valuesToSend = (
  fields: readonly FormField[],
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(fieldsShown(fields, values).map((field) => [field.name, fieldValue(field, values)]));

/** The field that holds the new password of a `password` action: the one called so, else the last secret one. */
export function newPasswordField({ special, fields }: Action): FormField | undefined {
  if (special !== 'password') return undefined;
  const secret = fields.filter(({ type }) => type === 'password');
  return (
    secret.find(({ name }) => /^(new-?password|password)$/i.test(name)) ??
    secret.findLast(({ name }) => !/current|old|pin/i.test(name))
  );
}

/** The address that a text comes to with the end that the vendor wants; null where it has that, or is no address yet. */
export function addressWithEnd(text: string, end: string | undefined): string | null {
  const trimmed = text.trim();
  if (!end || trimmed === '') return null;
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(whole)) return null;
  const url = new URL(whole);
  if (!url.hostname.includes('.') && !url.hostname.includes('[') && url.hostname !== 'localhost') return null;
  const path = url.pathname.replace(/\/+$/, '');
  if (url.search || url.hash || path.toLowerCase().endsWith(end)) return null;
  return `${url.origin}${path}${end}`;
}

/** The field of the new password where the action needs nothing else of whoever does it: it can be filled in, set and copied at one press. */
export function resetField(action: Action): FormField | undefined {
  const secret = newPasswordField(action);
  if (!secret) return undefined;
  const others = action.fields.filter((field) => field !== secret);
  const typed = others.some(({ type }) => type === 'password');
  const missing = lacking(action.fields, { ...initialValues(action.fields), [secret.name]: 'x' });
  return typed || Object.keys(missing).length > 0 ? undefined : secret;
}
