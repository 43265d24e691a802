import { lookUp } from '#lib/look-up.ts';

/** The panel's authentication methods. */
const methods: Record<string, string> = {
  basic: 'password only',
  email: 'password and e-mail PIN',
  otp: 'password and authenticator app',
};

export const methodWords = (method: string | undefined) => lookUp(methods, method) ?? method ?? '';

/** A date of the panel as ISO 8601; as stated when it can't be read (its format is not public). */
export function statedTime(date: string | undefined): string {
  if (!date) return '';
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : time.toISOString();
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
}

export const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** A choice of several as a form has it: joined with commas. */
export const splitList = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
