/** ms since 1970 as ISO 8601; '' for nothing, and for what is no moment. */
export function isoTime(ms: number | null | undefined): string {
  return ms && Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : '';
}

/** ms since 1970 as people say it, in this computer's time zone. */
export function displayTime(ms: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** "yes" or "no"; '' for what is not told. */
export function yesOrNo(value: boolean | undefined): string {
  return value === undefined ? '' : value ? 'yes' : 'no';
}

/** Facts that hold something; `edit` is the id of the action that changes one. */
export function facts(parts: [label: string, value: string | undefined, edit?: string][]) {
  return parts.flatMap(([label, value, edit]) =>
    value ? [{ label, value, ...(edit ? { edit } : {}) }] : [],
  );
}
