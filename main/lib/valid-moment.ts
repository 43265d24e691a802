/** ms; the furthest moment that a Date can hold, which a database reads back exactly too. */
const furthest = 8.64e15;

/**
 * What a vendor states as a time, as whole ms since 1970: a number of ms, or a date in words. undefined for everything that is
 * no moment, so that it reads as not stated. Every time that comes from outside goes through here.
 */
export function validMoment(stated: unknown): number | undefined {
  const ms = typeof stated === 'string' ? Date.parse(stated.slice(0, 100)) : stated;
  return typeof ms === 'number' && Math.abs(ms) <= furthest ? Math.round(ms) : undefined;
}

/** The same for a number that may be in seconds or in ms: one of this size in ms would be of the year 1973 in seconds. */
export function validMomentOf(secondsOrMs: number): number | undefined {
  return validMoment(secondsOrMs > 1e11 ? secondsOrMs : secondsOrMs * 1000);
}
