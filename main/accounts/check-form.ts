import { GatehouseError } from '#contract/failure.ts';
import { fieldsShown, initialValue, isEmail, neededSentence } from '#contract/form.ts';
import type { FormField } from '#contract/shapes.ts';
import { sanitizeLine } from '#lib/sanitize-line.ts';
import { parseAuthenticator } from '../vendors/kit/authenticator.ts';
import type { Vendor } from '../vendors/vendor.ts';

export interface CheckedForm {
  baseUrl: string;
  /** Fields that are no secrets, hidden ones left out. */
  values: Record<string, string>;
  /** Secrets that were typed. */
  typed: Record<string, string>;
  /** Secrets that are erased: given as '', or of a field that is hidden now. */
  erased: string[];
  /** Secrets that stay as they are stored. */
  kept: string[];
}

export interface Before {
  baseUrl: string;
  storedSecrets: string[];
}

/** Checks what the form gave against the vendor's form; throws `invalid` with a sentence for each field. */
export function checkForm(
  vendor: Vendor,
  given: Record<string, string>,
  before: Before | null,
  checkBaseUrl: (text: string) => string,
): CheckedForm {
  const { form } = vendor.view;
  const stored = before?.storedSecrets ?? [];
  const wrong: Record<string, string> = {};
  const result: CheckedForm = { baseUrl: '', values: {}, typed: {}, erased: [], kept: [] };
  refuseUnknown(form, given, stored, wrong);
  const shown = new Set(fieldsShown(form, given));

  for (const field of form) {
    const text = given[field.name];
    if (!shown.has(field)) {
      if (stored.includes(field.name)) result.erased.push(field.name);
      continue;
    }
    if (field.secret && text === undefined && stored.includes(field.name)) {
      result.kept.push(field.name);
      continue;
    }
    const read = readField(field, text ?? (before ? '' : initialValue(field)), checkBaseUrl);
    if ('wrong' in read) wrong[field.name] = read.wrong;
    else if (!field.secret) result.values[field.name] = read.value;
    else if (read.value !== '') result.typed[field.name] = read.value;
    else if (stored.includes(field.name)) result.erased.push(field.name);
  }
  result.baseUrl = result.values.baseUrl ?? '';

  for (const name of stored) {
    if (form.some((field) => field.name === name)) continue;
    if (given[name] === '') result.erased.push(name);
    else result.kept.push(name);
  }
  if (before && Object.keys(wrong).length === 0) keepAtHome(form, before, result, wrong);
  if (Object.keys(wrong).length > 0) throw invalid(wrong);
  vendor.checkForm?.({ ...result.values, ...result.typed });
  return result;
}

/** A stored name that is in no form (a remembered device) may be erased with '', nothing else. */
function refuseUnknown(
  form: FormField[],
  given: Record<string, string>,
  stored: string[],
  wrong: Record<string, string>,
): void {
  for (const [name, text] of Object.entries(given)) {
    if (form.some((field) => field.name === name)) continue;
    if (text === '' && stored.includes(name)) continue;
    wrong[name] = 'This form has no such field.';
  }
}

/**
 * Stored secrets belong to the server that they were typed for. Else whoever can change an address could have them sent
 * to a server of his own, and "secrets go in and never come out" would not hold.
 */
function keepAtHome(
  form: FormField[],
  before: Before,
  result: CheckedForm,
  wrong: Record<string, string>,
): void {
  if (originIn(before.baseUrl) === originIn(result.baseUrl)) return;
  for (const name of result.kept) {
    const field = form.find((one) => one.name === name);
    if (field) wrong[name] = `The address is another server now. Type “${field.label}” again for it.`;
    else result.erased.push(name);
  }
  result.kept = [];
}

/** The origin of an address; the address itself where it has none. */
export function originIn(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : url;
}

type ReadField = { value: string } | { wrong: string };

function readField(field: FormField, text: string, checkBaseUrl: (text: string) => string): ReadField {
  const value = field.secret || field.type === 'multiline' ? text : sanitizeLine(text);
  if (value.trim() === '') {
    return field.required ? { wrong: neededSentence(field.label) } : { value: '' };
  }
  switch (field.type) {
    case 'url':
      return readUrl(value, checkBaseUrl);
    case 'email':
      return isEmail(value)
        ? { value }
        : { wrong: 'This is not an e-mail address. It should look like name@example.com.' };
    case 'select':
      return field.options?.some((option) => option.value === value)
        ? { value }
        : { wrong: `Choose one of the options of “${field.label}”.` };
    case 'authenticator-secret': {
      const read = parseAuthenticator(value);
      return 'wrong' in read ? read : { value: read.secret };
    }
    default:
      return value.includes('\0')
        ? { wrong: `“${field.label}” holds a character that can’t be used.` }
        : { value };
  }
}

function readUrl(text: string, checkBaseUrl: (text: string) => string): ReadField {
  try {
    return { value: checkBaseUrl(text) };
  } catch (error) {
    if (error instanceof GatehouseError) return { wrong: error.failure.message };
    throw error;
  }
}

/** `invalid` with a sentence for each field; the message is the sentence when there is one only. */
export function invalid(fields: Record<string, string>): GatehouseError {
  const sentences = Object.values(fields);
  const message = sentences.length === 1 ? sentences[0]! : `${sentences.length} fields need another look.`;
  return new GatehouseError({ kind: 'invalid', message, fields });
}
