import { methods } from '../who.ts';

export const methodWords = (method: string | undefined) => (method ? (methods[method] ?? method) : '');

/** A date of the panel as ISO 8601; as it came when it can't be read (its format is not public). */
export function iso(date: string | undefined): string {
  if (!date) return '';
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : time.toISOString();
}

/** A moment (ms since 1970) as people say it, in this computer's time zone. */
export function moment(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;
}

export const sameText = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();

/** Facts that hold something. */
export function facts(pairs: [label: string, value: string | undefined][]) {
  return pairs.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
