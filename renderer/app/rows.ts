import { isOver } from '../sessions/chosen-session.ts';
import type { ById } from '../state/app-state.ts';
import type { Account, Session, Vendor } from '../state/types.ts';

export const rowHeight = 46;
export const groupHeight = 30;

export type ListItem = { key: string; top: number; height: number } & (
  | { kind: 'group'; vendorId: string; title: string; accounts: number; active: number; folded: boolean }
  | { kind: 'row'; accountId: string; sessionId: string | null }
);

type Sources = {
  vendors: readonly Vendor[];
  accounts: ById<Account>;
  sessions: ById<Session>;
  filter: string;
  tag: string | null;
  folded: ReadonlySet<string>;
};

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Whether a session still has something to say in the list. */
export const isListed = (session: Session): boolean => !isOver(session);

function matches(account: Account, realms: string, words: readonly string[], tag: string | null): boolean {
  if (tag !== null && !account.tags.includes(tag)) return false;
  if (words.length === 0) return true;
  const text = `${account.label} ${account.identity} ${realms} ${account.tags.join(' ')}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/**
 * The account list from top to bottom: a group a vendor, in it a row an account, or one a session where an account
 * has several. Offsets are in px.
 */
export function listItems({ vendors, accounts, sessions, filter, tag, folded }: Sources): ListItem[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const listed = new Map<string, Session[]>();
  for (const session of Object.values(sessions)) {
    if (!isListed(session)) continue;
    const of = listed.get(session.accountId);
    if (of) of.push(session);
    else listed.set(session.accountId, [session]);
  }

  const groups = new Map<string, Account[]>();
  for (const account of Object.values(accounts)) {
    const realms = [account.realm, ...(listed.get(account.id) ?? []).map((session) => session.realm)]
      .map((realm) => realm?.name ?? '')
      .join(' ');
    if (!matches(account, realms, words, tag)) continue;
    const group = groups.get(account.vendor);
    if (group) group.push(account);
    else groups.set(account.vendor, [account]);
  }

  const items: ListItem[] = [];
  let top = 0;
  for (const vendor of vendors) {
    const group = groups.get(vendor.id);
    if (!group) continue;
    const isFolded = folded.has(vendor.id) && words.length === 0;
    let active = 0;
    for (const account of group)
      for (const session of listed.get(account.id) ?? []) if (session.state === 'active') active += 1;
    items.push({
      kind: 'group',
      key: `group ${vendor.id}`,
      vendorId: vendor.id,
      title: vendor.purpose ? `${vendor.name} · ${vendor.purpose}` : vendor.name,
      accounts: group.length,
      active,
      folded: isFolded,
      top,
      height: groupHeight,
    });
    top += groupHeight;
    if (isFolded) continue;
    for (const account of group.toSorted((a, b) => order.compare(a.label, b.label))) {
      const own = (listed.get(account.id) ?? []).toSorted((a, b) => a.startedAt - b.startedAt);
      for (const session of own.length > 0 ? own : [null]) {
        items.push({
          kind: 'row',
          key: `${account.id} ${session?.id ?? ''}`,
          accountId: account.id,
          sessionId: session?.id ?? null,
          top,
          height: rowHeight,
        });
        top += rowHeight;
      }
    }
  }
  return items;
}

/** The part of the list that a window of `height` px at `top` shows, with a few rows more on both sides. */
export function inSight(items: readonly ListItem[], top: number, height: number, spare = 6): ListItem[] {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item && item.top + item.height < top) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < items.length && (items[end]?.top ?? 0) < top + height) end += 1;
  return items.slice(Math.max(0, low - spare), end + spare);
}
