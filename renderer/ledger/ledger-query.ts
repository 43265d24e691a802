import type { AppState } from '../state/app-state.ts';
import type { Input, LedgerView, Shift } from '../state/types.ts';

/** What is asked of the ledger, as the fields above it say and as a saved view keeps it. */
export type LedgerQuery = LedgerView['filter'];

type Asked = Omit<Input<'ledger.page'>, 'before' | 'limit'>;

/** The spans that can be chosen: today and so many days before it. */
export const spans = [
  { days: 0, label: 'Today' },
  { days: 1, label: 'Since yesterday' },
  { days: 6, label: '7 days' },
  { days: 29, label: '30 days' },
] as const;

/** What main is asked for; `now` in ms since 1970, days are this computer's. */
export function askedBy(query: LedgerQuery, shifts: Readonly<Record<string, Shift>>, now: number): Asked {
  const { event, text, person, days, from, to, accountId, shiftId } = query;
  const asked: Asked = {};
  if (event) asked.event = event;
  if (text?.trim()) asked.text = text.trim();
  if (person?.trim()) asked.person = person.trim();
  if (days !== undefined) asked.from = startOfDay(now, -days);
  if (from) asked.from = startOfDay(localDay(from));
  if (to) asked.until = startOfDay(localDay(to), 1);
  const accounts = accountsOf(accountId, shiftId ? shifts[shiftId] : undefined);
  if (accounts) asked.accounts = accounts;
  return asked;
}

/** Of an account that is in the shift; of another one, none. */
function accountsOf(accountId: string | undefined, shift: Shift | undefined): string[] | null {
  const members = shift?.members.map((member) => member.accountId);
  if (!accountId) return members ?? null;
  return members && !members.includes(accountId) ? [] : [accountId];
}

function startOfDay(at: number | Date, days = 0): number {
  const day = new Date(at);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + days).getTime();
}

/** A date without a time would be one in UTC. */
const localDay = (day: string): Date => new Date(`${day}T00:00`);

export const isFiltered = (query: LedgerQuery): boolean => Object.keys(wholeOf(query)).length > 0;

/** Whether two queries ask the same, however their parts came about. */
export const isSameQuery = (a: LedgerQuery, b: LedgerQuery): boolean => keyOf(a) === keyOf(b);

/** What of it asks for anything. */
export const wholeOf = (query: LedgerQuery): LedgerQuery =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));

/** One string for a query, as JSON. */
export const keyOf = (query: LedgerQuery): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(wholeOf(query)).toSorted(([a], [b]) => a.localeCompare(b))),
  );

/** The accounts that can be chosen, by name. */
export const accountOptions = (accounts: AppState['accounts']) =>
  Object.values(accounts)
    .map(({ id, label }) => ({ id, name: label }))
    .toSorted((a, b) => a.name.localeCompare(b.name));
