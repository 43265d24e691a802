import { announce } from '../state/announce.ts';
import { changeSidebar, sidebarNow } from '../state/sidebar.ts';
import { getApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import type { Sidebar } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type ListItem, pinnedGroup, type RowItem } from './list-items.ts';

const mostPinned = 200;
const mostMoved = 2_000;

export const isPinned = (accountId: string): boolean => sidebarNow().pinned.includes(accountId);

/** Those of these ids that still are accounts: what was removed takes no place. */
const present = (ids: readonly string[]): string[] => ids.filter((id) => getApp().accounts[id]);

/** Pins an account, before the one that is at this place among the pinned; after all of them without one. */
function pinAt(accountId: string, before: string | undefined) {
  const others = present(sidebarNow().pinned).filter((id) => id !== accountId);
  if (others.length >= mostPinned)
    return tell(`${String(mostPinned)} accounts are pinned, which is as many as can be. Unpin one first.`);
  const found = before === undefined ? -1 : others.indexOf(before);
  const at = found < 0 ? others.length : found;
  void changeSidebar({ pinned: others.toSpliced(at, 0, accountId) });
}

export function togglePin(accountId: string): void {
  if (isPinned(accountId))
    void changeSidebar({ pinned: present(sidebarNow().pinned).filter((id) => id !== accountId) });
  else pinAt(accountId, undefined);
}

/** A place among the rows of a group. */
export interface Spot {
  group: string;
  /** How many accounts of the group come before it. */
  index: number;
}

/** The accounts of a group as they stand in the list. */
const accountsIn = (items: readonly ListItem[], group: string): string[] =>
  items.flatMap((item) =>
    item.kind === 'row' && !item.nested && item.group === group ? [item.accountId] : [],
  );

/** As `accountsIn`, with the moves that main has not answered yet. */
function accountsNow(items: readonly ListItem[], group: string): string[] {
  const { pinned, order } = sidebarNow();
  const places = new Map((group === pinnedGroup ? pinned : order).map((id, index) => [id, index]));
  const placeOf = (id: string) => places.get(id) ?? places.size;
  return accountsIn(items, group).toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Moves an account one place up or down in its group. */
export function moveBy(
  items: readonly ListItem[],
  { accountId, group }: Pick<RowItem, 'accountId' | 'group'>,
  by: 1 | -1,
  isFiltered: boolean,
): void {
  const at = accountsNow(items, group).indexOf(accountId);
  // A place is counted while the account still stands where it was.
  const index = by > 0 ? at + 2 : at - 1;
  if (index >= 0) moveAccount(items, accountId, group, { group, index }, isFiltered);
}

/** Whether an account of a group may be dropped at a place: within its group, into what is pinned, or out of it. */
export const canDrop = (from: string, to: string): boolean =>
  from === to || to === pinnedGroup || from === pinnedGroup;

/** Moves an account to a place in its group; into the pinned ones it is pinned, out of them unpinned. */
export function moveAccount(
  items: readonly ListItem[],
  accountId: string,
  from: string,
  { group, index }: Spot,
  isFiltered: boolean,
) {
  const ids = accountsNow(items, group);
  if (group === pinnedGroup) {
    const next = ids.slice(index).find((id) => id !== accountId);
    pinAt(accountId, next);
  } else if (from === pinnedGroup) togglePin(accountId);
  else if (from === group && isFiltered) tell('Empty the filter first: the order is that of all accounts.');
  else if (from === group) {
    const was = ids.indexOf(accountId);
    const at = index > was ? index - 1 : index;
    if (at === was || at >= ids.length) return;
    const order = orderAfter(sidebarNow().order, ids, was, at);
    if (order.length > mostMoved)
      return tell(
        `Only the first ${mostMoved.toLocaleString('en-GB')} accounts can be put in an order of your own.`,
      );
    void changeSidebar({ order: present(order) });
    const label = sanitizeText(getApp().accounts[accountId]?.label ?? '', 60);
    announce(`${label}: ${String(at + 1)} of ${String(ids.length)}`);
  }
}

function tell(text: string): void {
  showToast({ tone: 'plain', text });
}

/**
 * Returns the ids that stand in the person's own order once one of a group has moved from one place to another; all
 * that stand before the later place are in it, as those that are not follow by name.
 */
export function orderAfter(
  order: Sidebar['order'],
  group: readonly string[],
  from: number,
  to: number,
): string[] {
  const [moved = ''] = group.slice(from, from + 1);
  const next = group.toSpliced(from, 1).toSpliced(to, 0, moved);
  const known = new Set(order);
  const last = Math.max(
    from,
    to,
    next.findLastIndex((id) => known.has(id)),
  );
  const lead = next.slice(0, last + 1);
  const own = new Set(lead);
  return [...lead, ...order.filter((id) => !own.has(id))];
}
