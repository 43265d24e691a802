import { isConfirmedEnded } from '../sessions/chosen-session.ts';
import type { AppState, ById } from '../state/app-state.ts';
import type { Account, Realm, Session, Sidebar } from '../state/types.ts';

export const rowHeight = 34;
export const nestedHeight = 28;
export const groupHeight = 30;

interface Placed {
  key: string;
  /** The group that it stands in. */
  group: string;
  /** px from the top of the list. */
  top: number;
  height: number;
}

/** The head of a group of accounts. */
export interface GroupItem extends Placed {
  kind: 'group';
  title: string;
  accounts: number;
  /** How many of these have an active session. */
  active: number;
  folded: boolean;
}

/** An account, or one of its sessions beneath it. */
export interface RowItem extends Placed {
  kind: 'row';
  accountId: string;
  /** Of an account with one session, that one; null where it has none, or several beneath it. */
  sessionId: string | null;
  /** One of several sessions of the account that stands over it. */
  nested: boolean;
  /** The several sessions of an account, whether they are in sight or folded. */
  sessionIds: readonly string[];
  folded: boolean;
}

export type ListItem = GroupItem | RowItem;

export const pinnedGroup = 'pinned';

/** What the list needs to know of a session that it shows; the rest concerns its row alone. */
interface Listed {
  id: string;
  accountId: string;
  realm: Realm | null;
  isActive: boolean;
}

const order = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Whether a session still has something to say in the list. */
export const isListed = (session: Session): boolean => !isConfirmedEnded(session);

/**
 * Returns the sessions that are listed, oldest first; the list `before` itself where nothing in it has changed, so
 * that a check of a session arranges nothing anew.
 */
export function listedSessions(sessions: ById<Session>, before: readonly Listed[] = []): readonly Listed[] {
  const listed = Object.values(sessions)
    .filter(isListed)
    .toSorted((a, b) => a.startedAt - b.startedAt)
    .map(
      ({ id, accountId, realm, state }): Listed => ({ id, accountId, realm, isActive: state === 'active' }),
    );
  const isSame = (one: Listed, at: number) => {
    const was = before[at];
    return (
      was?.id === one.id &&
      was.accountId === one.accountId &&
      was.isActive === one.isActive &&
      was.realm?.id === one.realm?.id &&
      was.realm?.name === one.realm?.name
    );
  };
  return listed.length === before.length && listed.every(isSame) ? before : listed;
}

/** Returns the accounts in the order of their rows: those that the person has moved, then the others by name. */
export function sortedAccounts(accounts: ById<Account>, moved: readonly string[]): readonly Account[] {
  const places = new Map(moved.map((id, index) => [id, index]));
  const placeOf = ({ id }: Account) => places.get(id) ?? moved.length;
  return Object.values(accounts).toSorted(
    (a, b) => placeOf(a) - placeOf(b) || order.compare(a.label, b.label),
  );
}

interface Arranged extends Pick<AppState, 'vendors' | 'shifts'>, Pick<Sidebar, 'grouping' | 'pinned'> {
  /** As `sortedAccounts` and `listedSessions` make them. */
  accounts: readonly Account[];
  listed: readonly Listed[];
  filter: string;
  tag: string | null;
  /** Keys of groups and of accounts whose rows are folded. */
  folded: ReadonlySet<string>;
}

interface Place {
  group: string;
  title: string;
  /** Groups of a lower rank come first. */
  rank: number;
}

interface Group extends Place {
  rows: { account: Account; sessions: readonly Listed[] }[];
}

const none: readonly Listed[] = [];

/** The list from top to bottom: what is pinned, then groups; in each a row an account, and under it its sessions where it has several. Offsets are in px. */
export function arrangedItems(sources: Arranged): ListItem[] {
  const { accounts, listed, grouping, folded, tag } = sources;
  const words = sources.filter.toLowerCase().split(/\s+/).filter(Boolean);
  const byAccount = Map.groupBy(listed, ({ accountId }) => accountId);
  const pins = new Map(sources.pinned.map((id, index) => [id, index]));
  const pinned: Group['rows'] = [];
  const groups = new Map<string, Group>();
  const placesOf = grouper(sources);

  function put(place: Place, account: Account, sessions: readonly Listed[]) {
    const found = groups.get(place.group);
    if (found) found.rows.push({ account, sessions });
    else groups.set(place.group, { ...place, rows: [{ account, sessions }] });
  }

  for (const account of accounts) {
    const sessions = byAccount.get(account.id) ?? none;
    if (!matches(account, sessions, words, tag)) continue;
    if (pins.has(account.id)) pinned.push({ account, sessions });
    else if (grouping === 'realm')
      for (const [place, own] of realmPlaces(account, sessions)) put(place, account, own);
    else for (const place of placesOf(account)) put(place, account, sessions);
  }

  const inOrder = [...groups.values()].toSorted((a, b) => a.rank - b.rank || order.compare(a.title, b.title));
  if (pinned.length > 0) {
    pinned.sort((a, b) => (pins.get(a.account.id) ?? 0) - (pins.get(b.account.id) ?? 0));
    inOrder.unshift({ group: pinnedGroup, title: 'Pinned', rank: -1, rows: pinned });
  }
  return placed(inOrder, words.length > 0 ? new Set() : folded);
}

/** As `arrangedItems`, from the app's state. */
export const listItems = ({
  accounts,
  sessions,
  sidebar,
  ...rest
}: Pick<AppState, 'accounts' | 'sessions' | 'sidebar'> &
  Omit<Arranged, 'accounts' | 'listed' | 'grouping' | 'pinned'>): ListItem[] =>
  arrangedItems({
    ...rest,
    ...sidebar,
    accounts: sortedAccounts(accounts, sidebar.order),
    listed: listedSessions(sessions),
  });

function matches(
  account: Account,
  sessions: readonly Listed[],
  words: readonly string[],
  tag: string | null,
): boolean {
  if (tag !== null && !account.tags.includes(tag)) return false;
  if (words.length === 0) return true;
  const realms = [account, ...sessions].map(({ realm }) => realm?.name ?? '');
  const text = [account.label, account.identity, ...realms, ...account.tags].join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
}

function grouper({ vendors, shifts, grouping }: Arranged): (account: Account) => readonly Place[] {
  if (grouping === 'tag') {
    const untagged = [{ group: '', title: 'No tag', rank: 1 }];
    return ({ tags }) =>
      tags.length > 0 ? tags.map((tag) => ({ group: tag, title: tag, rank: 0 })) : untagged;
  }
  if (grouping === 'shift') {
    const places = new Map<string, Place[]>();
    for (const { id, name, members } of Object.values(shifts))
      for (const accountId of new Set(members.map((member) => member.accountId)))
        places.set(accountId, [...(places.get(accountId) ?? []), { group: id, title: name, rank: 0 }]);
    const inNone = [{ group: '', title: 'In no shift', rank: 1 }];
    return ({ id }) => places.get(id) ?? inNone;
  }
  const places = new Map(
    vendors.map(({ id, name, purpose }, rank) => [
      id,
      [{ group: id, title: purpose ? `${name} · ${purpose}` : name, rank }],
    ]),
  );
  return ({ vendor }) => places.get(vendor) ?? [];
}

/** An account stands in every realm that a session of it acts in, with the sessions of that realm; without one, in its own. */
function realmPlaces(
  { baseUrl, realm }: Account,
  sessions: readonly Listed[],
): (readonly [Place, readonly Listed[]])[] {
  const placeOf = (one: Realm | null): Place =>
    // Realms of two servers may have the same id.
    one
      ? { group: `${baseUrl} ${one.id}`, title: one.name, rank: 0 }
      : { group: '', title: 'Realm not known', rank: 1 };
  if (sessions.length === 0) return [[placeOf(realm), none]];
  const byRealm = Map.groupBy(sessions, (session) => session.realm?.id);
  return [...byRealm.values()].map((own) => [placeOf(own[0]?.realm ?? null), own] as const);
}

function placed(groups: readonly Group[], folded: ReadonlySet<string>): ListItem[] {
  const items: ListItem[] = [];
  let top = 0;
  const add = (item: ListItem) => {
    items.push(item);
    top += item.height;
  };
  for (const { group, title, rows } of groups) {
    const key = `group ${group}`;
    const isFolded = folded.has(key);
    const active = rows.filter(({ sessions }) => sessions.some(({ isActive }) => isActive)).length;
    add({
      kind: 'group',
      key,
      group,
      title,
      accounts: rows.length,
      active,
      folded: isFolded,
      top,
      height: groupHeight,
    });
    if (isFolded) continue;
    for (const { account, sessions } of rows) {
      const accountId = account.id;
      const [only] = sessions;
      const several = sessions.length > 1;
      const row = { kind: 'row', group, accountId } as const;
      const accountKey = `${group} ${accountId}`;
      const isClosed = folded.has(accountKey);
      add({
        ...row,
        key: accountKey,
        sessionId: several ? null : (only?.id ?? null),
        nested: false,
        sessionIds: several ? sessions.map(({ id }) => id) : [],
        folded: isClosed,
        top,
        height: rowHeight,
      });
      if (!several || isClosed) continue;
      for (const { id } of sessions)
        add({
          ...row,
          key: `${accountKey} ${id}`,
          sessionId: id,
          nested: true,
          sessionIds: [],
          folded: false,
          top,
          height: nestedHeight,
        });
    }
  }
  return items;
}
