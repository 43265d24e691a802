import type { z } from 'zod';
import type { EnhanceClient } from '../api/client.ts';
import type { LoginPage } from '../api/logins.ts';
import type { login } from '../api/models.ts';
import type { Place } from './person-id.ts';

export type Login = z.infer<typeof login>;
export type List = (page: LoginPage) => Promise<{ items: Login[]; total: number }>;

/** Rows that are read in one go. */
const pageSize = 500;
/** Rows on both sides of the place where an address should be: panels may order dots and dashes otherwise than we do. */
const margin = 100;
/** Answers that are read around that place; some panels give short pages. */
const mostPages = 30;
/** More than any panel has; a number without end would be halved for ever. */
const mostLogins = 10_000_000;

/** The panel's list of logins at a place. */
export function listAt(client: EnhanceClient, { kind, id }: Place): List {
  if (kind === 'org' && id) return (page) => client.getOrgLogins(id, page);
  if (kind === 'customers' && id) return (page) => client.getCustomerLogins(id, page);
  return (page) => client.getLogins({ ...page, ...(id ? { realmId: id } : {}) });
}

/**
 * Finds a login by its e-mail address. The panel has no search, so a long list (sorted by e-mail) is halved until the address must be
 * near: some ten requests in 100,000. `sure`: that there is none is certain.
 */
export async function findByEmail(
  list: List,
  email: string,
): Promise<{ login: Login | null; sure: boolean }> {
  const wanted = email.toLowerCase();
  const read = (offset: number, limit: number) => list({ offset, limit, sortBy: 'email', sortOrder: 'asc' });
  const hit = (items: Login[]) => items.find((login) => login.email.toLowerCase() === wanted) ?? null;

  const first = await read(0, pageSize);
  const found = hit(first.items);
  if (found || first.items.length >= first.total) return { login: found, sure: true };

  let low = first.items.length;
  let high = Math.min(first.total, mostLogins);
  while (high - low > margin) {
    const middle = Math.floor((low + high) / 2);
    const probe = (await read(middle, 1)).items[0];
    if (probe && probe.email.toLowerCase() < wanted) low = middle + 1;
    else high = middle;
  }
  const around: Login[] = [];
  const from = Math.max(0, low - margin);
  for (let pages = 0; pages < mostPages && from + around.length < high + margin; pages += 1) {
    const { items } = await read(from + around.length, high + margin - from - around.length);
    around.push(...items);
    const here = hit(items);
    if (here) return { login: here, sure: true };
    if (items.length === 0) break;
  }
  return { login: null, sure: surrounds(around, wanted) };
}

/** Whether these rows are in the order that we took for granted, with a gap where the address would be. */
function surrounds(around: Login[], wanted: string): boolean {
  const emails = around.map((login) => login.email.toLowerCase());
  const ordered = emails.every((email, index) => index === 0 || emails[index - 1]! <= email);
  return ordered && emails.length > 0 && emails[0]! < wanted;
}
