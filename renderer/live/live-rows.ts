import { isConfirmedEnded } from '../sessions/chosen-session.ts';
import { isUnconfirmed } from '../sessions/unconfirmed.ts';
import type { AppState, ById } from '../state/app-state.ts';
import type { Account, Session, Shift } from '../state/types.ts';

export const rowHeight = 44;
export const groupHeight = 29;

/** ms; a session that ends sooner is drawn in amber and counted as ending soon. */
export const soon = 30 * 60_000;
const hour = 60 * 60_000;

export const chips = ['all', 'active', 'soon', 'waiting', 'unconfirmed', 'failed'] as const;
/** Which sessions are shown; each is counted. */
export type Chip = (typeof chips)[number];

export const groupings = ['ends', 'realm', 'vendor', 'shift', 'tag', 'none'] as const;
export type Grouping = (typeof groupings)[number];

export const sortColumns = ['account', 'realm', 'since', 'ends', 'seen'] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface LiveSort {
  column: SortColumn;
  descending: boolean;
}

interface Placed {
  key: string;
  /** px from the top of the table. */
  top: number;
  height: number;
}

export interface GroupItem extends Placed {
  kind: 'group';
  group: string;
  title: string;
  count: number;
  folded: boolean;
}

/** A session; under several tags or shifts it stands once in each. */
export interface RowItem extends Placed {
  kind: 'row';
  sessionId: string;
}

export type LiveItem = GroupItem | RowItem;

/** What Live shows: every session that is not confirmed as ended. */
export const liveSessions = (sessions: ById<Session>): Session[] =>
  Object.values(sessions).filter((session) => !isConfirmedEnded(session));

/** Whether a session is counted by a chip; `now` in ms since 1970. */
export function isInChip(session: Session, chip: Chip, now: number): boolean {
  switch (chip) {
    case 'all':
      return true;
    case 'active':
      return session.state === 'active';
    case 'soon':
      return session.state === 'active' && session.expiresAt !== null && session.expiresAt - now < soon;
    case 'waiting':
      return session.state === 'waiting' || session.state === 'signing-in';
    case 'unconfirmed':
      return isUnconfirmed(session);
    case 'failed':
      return session.state === 'failed' || session.state === 'expired';
  }
}

/** How many sessions each chip has. */
export function chipCounts(sessions: readonly Session[], now: number): Record<Chip, number> {
  const counts: Record<Chip, number> = { all: 0, active: 0, soon: 0, waiting: 0, unconfirmed: 0, failed: 0 };
  for (const session of sessions)
    for (const chip of chips) if (isInChip(session, chip, now)) counts[chip] += 1;
  return counts;
}

interface Sources extends Pick<AppState, 'vendors' | 'accounts'> {
  sessions: readonly Session[];
  shifts: ById<Shift>;
  chip: Chip;
  filter: string;
  grouping: Grouping;
  sort: LiveSort;
  folded: ReadonlySet<string>;
  /** ms since 1970 */
  now: number;
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The label of a session's account, also of one that is not on the list. */
export const labelOf = (session: Session, account: Account | undefined): string =>
  account?.label ?? session.formerAccount ?? 'Removed account';

/** The table of Live from top to bottom: groups, in each its sessions in the wanted order. Offsets are in px. */
export function liveItems(sources: Sources): LiveItem[] {
  const { sessions, accounts, chip, grouping, folded, now } = sources;
  const words = sources.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const vendorNames = new Map(sources.vendors.map(({ id, name }) => [id, name]));
  const shown = sessions.filter((session) => {
    if (!isInChip(session, chip, now)) return false;
    if (words.length === 0) return true;
    const account = accounts[session.accountId];
    const parts = [
      labelOf(session, account),
      account?.identity,
      session.person,
      session.realm?.name,
      vendorNames.get(session.vendor),
      ...(account?.tags ?? []),
    ];
    const text = parts.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const rows = sorted(shown, accounts, sources.sort);
  if (grouping === 'none') return placed([{ group: '', title: '', rank: 0, rows }], folded, false);

  const groups = new Map<string, Group>();
  const groupsOf = grouper(sources, vendorNames);
  for (const session of rows) {
    for (const { group, title, rank } of groupsOf(session)) {
      const found = groups.get(group);
      if (found) found.rows.push(session);
      else groups.set(group, { group, title, rank, rows: [session] });
    }
  }
  const inOrder = [...groups.values()].toSorted((a, b) => a.rank - b.rank || order.compare(a.title, b.title));
  return placed(inOrder, folded, true);
}

interface Place {
  group: string;
  title: string;
  /** Groups of a lower rank come first. */
  rank: number;
}

interface Group extends Place {
  rows: Session[];
}

function grouper(
  { accounts, shifts, grouping, now }: Sources,
  vendorNames: ReadonlyMap<string, string>,
): (session: Session) => Place[] {
  const last = (title: string): Place[] => [{ group: '', title, rank: 1 }];
  switch (grouping) {
    case 'realm':
      return ({ realm }) =>
        realm ? [{ group: realm.id, title: realm.name, rank: 0 }] : last('Realm not known');
    case 'vendor':
      return ({ vendor }) => [{ group: vendor, title: vendorNames.get(vendor) ?? vendor, rank: 0 }];
    case 'tag':
      return ({ accountId }) => {
        const tags = accounts[accountId]?.tags ?? [];
        return tags.length > 0 ? tags.map((tag) => ({ group: tag, title: tag, rank: 0 })) : last('No tag');
      };
    case 'shift': {
      const byAccount = new Map<string, Place[]>();
      for (const { id, name, members } of Object.values(shifts))
        for (const accountId of new Set(members.map((member) => member.accountId)))
          byAccount.set(accountId, [
            ...(byAccount.get(accountId) ?? []),
            { group: id, title: name, rank: 0 },
          ]);
      const none = last('In no shift');
      return ({ accountId }) => byAccount.get(accountId) ?? none;
    }
    default:
      return (session) => [whenItEnds(session, now)];
  }
}

function whenItEnds(session: Session, now: number): Place {
  const place = (group: string, title: string, rank: number): Place => ({ group, title, rank });
  if (isInChip(session, 'waiting', now)) return place('waiting', 'Waits for you', 0);
  if (isUnconfirmed(session)) return place('unconfirmed', 'Not confirmed as ended', 2);
  if (session.state !== 'active') return place('failed', 'Failed or expired', 5);
  if (session.expiresAt === null) return place('unstated', 'No end stated', 4);
  return session.expiresAt - now < hour
    ? place('hour', 'Ends within the hour', 1)
    : place('later', 'Ends later', 3);
}

/** Where each of these texts stands among them. */
function ranksOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const ranks = new Map<string, number>();
  let last: string | null = null;
  let rank = 0;
  for (const text of [...new Set(texts)].sort(order.compare)) {
    if (last !== null && order.compare(last, text) !== 0) rank += 1;
    ranks.set(text, rank);
    last = text;
  }
  return ranks;
}

/** Kept as long as the accounts are the same: comparing thousands of names takes longer than a frame. */
const ranksByAccounts = new WeakMap<ById<Account>, ReadonlyMap<string, number>>();

function labelRanks(accounts: ById<Account>): ReadonlyMap<string, number> {
  const known = ranksByAccounts.get(accounts);
  if (known) return known;
  const ranks = ranksOf(Object.values(accounts).map(({ label }) => label));
  ranksByAccounts.set(accounts, ranks);
  return ranks;
}

function sorted(sessions: Session[], accounts: ById<Account>, { column, descending }: LiveSort): Session[] {
  const turn = descending ? -1 : 1;
  if (column === 'account' || column === 'realm') {
    const texts = sessions.map((session) =>
      column === 'realm' ? (session.realm?.name ?? '') : labelOf(session, accounts[session.accountId]),
    );
    const known = column === 'account' ? labelRanks(accounts) : null;
    const ranks = known && texts.every((text) => known.has(text)) ? known : ranksOf(texts);
    const keyed = sessions.map((session, at) => ({ session, rank: ranks.get(texts[at] ?? '') ?? 0 }));
    keyed.sort((a, b) => turn * (a.rank - b.rank) || a.session.startedAt - b.session.startedAt);
    return keyed.map(({ session }) => session);
  }
  const momentOf = (session: Session): number | null =>
    column === 'since'
      ? (session.openedAt ?? session.startedAt)
      : column === 'ends'
        ? session.expiresAt
        : session.checkedAt;
  return sessions.toSorted((a, b) => {
    const [one, other] = [momentOf(a), momentOf(b)];
    if (one === other) return a.startedAt - b.startedAt;
    // What has no such moment comes last, whichever way the others go.
    if (one === null) return 1;
    if (other === null) return -1;
    return turn * (one - other);
  });
}

function placed(groups: readonly Group[], folded: ReadonlySet<string>, withHeads: boolean): LiveItem[] {
  const items: LiveItem[] = [];
  let top = 0;
  for (const { group, title, rows } of groups) {
    const isFolded = withHeads && folded.has(group);
    if (withHeads) {
      items.push({
        kind: 'group',
        key: `group ${group}`,
        group,
        title,
        count: rows.length,
        folded: isFolded,
        top,
        height: groupHeight,
      });
      top += groupHeight;
    }
    if (isFolded) continue;
    for (const { id } of rows) {
      items.push({ kind: 'row', key: `${group} ${id}`, sessionId: id, top, height: rowHeight });
      top += rowHeight;
    }
  }
  return items;
}
