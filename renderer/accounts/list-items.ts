import { isConfirmedEnded } from '../sessions/chosen-session.ts';
import type { ById } from '../state/app-state.ts';
import type { Account, Session, Vendor } from '../state/types.ts';

export const rowHeight = 46;
export const groupHeight = 30;

interface Placed {
  key: string;
  /** px from the top of the list. */
  top: number;
  height: number;
}

/** The head of a vendor's accounts. */
export interface GroupItem extends Placed {
  kind: 'group';
  vendorId: string;
  title: string;
  accounts: number;
  active: number;
  folded: boolean;
}

/** An account, or one of its sessions. */
export interface RowItem extends Placed {
  kind: 'row';
  accountId: string;
  sessionId: string | null;
}

export type ListItem = GroupItem | RowItem;

interface Sources {
  vendors: readonly Vendor[];
  /** As `inOrder` has them. */
  accounts: readonly Account[];
  sessions: ById<Session>;
  filter: string;
  tag: string | null;
  folded: ReadonlySet<string>;
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Accounts by their names; kept between changes of the sessions, as comparing fifty thousand names takes longer than a frame. */
export const inOrder = (accounts: ById<Account>): Account[] =>
  Object.values(accounts).toSorted((a, b) => order.compare(a.label, b.label));

/** Whether a session still has something to say in the list. */
export const isListed = (session: Session): boolean => !isConfirmedEnded(session);

function matches(
  account: Account,
  sessions: readonly Session[],
  words: readonly string[],
  tag: string | null,
): boolean {
  if (tag !== null && !account.tags.includes(tag)) return false;
  if (words.length === 0) return true;
  const realms = [account, ...sessions].map(({ realm }) => realm?.name ?? '').join(' ');
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
  for (const account of accounts) {
    if (!matches(account, listed.get(account.id) ?? [], words, tag)) continue;
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
    for (const account of group) {
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
