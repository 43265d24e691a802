import { formatMoment } from './format.ts';
import { sanitizeText } from './sanitize-text.ts';

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** A cell of a vendor's table for the eye: one clean line; an ISO 8601 moment as "2 Nov 2024, 17:02". */
export function cellText(value: string | undefined, length = 160): string {
  if (!value) return '';
  if (instant.test(value)) {
    const at = Date.parse(value);
    if (!Number.isNaN(at)) return formatMoment(at);
  }
  return sanitizeText(value, length);
}
