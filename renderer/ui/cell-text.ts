import { sanitizeText } from './sanitize-text.ts';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

const dayOf = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const timeOf = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** A cell of a vendor's table for the eye: one clean line; an ISO 8601 moment as "2 Nov 2024, 17:02". */
export function cellText(value: string | undefined, length = 160): string {
  if (!value) return '';
  if (instant.test(value)) {
    const at = new Date(value);
    if (!Number.isNaN(at.getTime())) return `${dayOf.format(at)}, ${timeOf.format(at)}`;
  }
  return sanitizeText(value, length);
}
