const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What stands where a number is no time at all. */
const none = '–';
/** ms from 1970 to the last moment that a calendar can name (ECMA-262, "Time Values"). */
const lastMoment = 8.64e15;

/** Whether ms since 1970 are a moment: a vendor may send any number as a time. */
export const isValidTime = (at: number): boolean => Math.abs(at) <= lastMoment;

/** A duration in ms as "40 s", "22 m", "7 h 12 m", "19 h", "3 d 4 h": two units at the most, never rounded up. "–" for what is longer than any. */
export function formatDuration(ms: number): string {
  if (!isValidTime(ms)) return none;
  if (ms < minute) return `${Math.max(0, Math.floor(ms / 1000))} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} m`;
  if (ms < day) return pair(Math.floor(ms / hour), 'h', Math.floor((ms % hour) / minute), 'm');
  return pair(Math.floor(ms / day), 'd', Math.floor((ms % day) / hour), 'h');
}

/** As `formatDuration`, but one unit from ten hours or two days on: short enough for a list row. */
export function formatShortDuration(ms: number): string {
  if (!isValidTime(ms)) return none;
  if (ms >= 2 * day) return `${Math.floor(ms / day)} d`;
  if (ms >= 10 * hour) return `${Math.floor(ms / hour)} h`;
  return formatDuration(ms);
}

const pair = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

// Made once: a formatter costs a hundred times what it formats.
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const numbers = new Intl.NumberFormat('en-GB');
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A moment as "08:14", "yesterday 17:02", "tomorrow 09:00", "18 Nov", "2 Nov 2024", "–" for what is none. Times are ms since 1970. */
export function formatTime(at: number, now: number): string {
  if (!isValidTime(at)) return none;
  const days = Math.round((startOfDay(at) - startOfDay(now)) / day);
  if (days === 0) return clock.format(at);
  if (days === -1) return `yesterday ${clock.format(at)}`;
  if (days === 1) return `tomorrow ${clock.format(at)}`;
  const thisYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (thisYear ? dayAndMonth : dayOfYear).format(at);
}

/** As `formatTime`, beginning a sentence: "Today 08:14", "Yesterday 17:02". */
export function formatTimeTitle(at: number, now: number): string {
  const words = formatTime(at, now);
  if (startOfDay(at) === startOfDay(now)) return `Today ${words}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A moment with its day, for a table of a vendor: "2 Nov 2024, 17:02". */
export const formatMoment = (at: number): string =>
  isValidTime(at) ? `${dayOfYear.format(at)}, ${clock.format(at)}` : none;

/** The whole of a moment, for a title: "22 Nov 2026, 08:14:05". */
export const formatFullTime = (at: number): string =>
  isValidTime(at) ? `${dayOfYear.format(at)}, ${clockWithSeconds.format(at)}` : none;

/** "12,406". */
export const formatNumber = (n: number): string => numbers.format(n);

/** "1 session", "4 sessions". */
export const formatCount = (n: number, one: string, many = `${one}s`): string =>
  `${formatNumber(n)} ${n === 1 ? one : many}`;
