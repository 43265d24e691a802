import type { Membership, Output, Realm, Session } from '../state/types.ts';

type Used = Output<'realms.used'>[number];

export interface RealmChoice {
  realm: Realm;
  /** The vendor's roles there, when its own list has it. */
  roles: readonly string[] | null;
  detail: string | undefined;
  badge: string | undefined;
  /** Why nobody can be in it at present. */
  closed: string | undefined;
  here: boolean;
  /** Another session of the account that is active there. */
  openId: string | undefined;
  pinned: boolean;
  /** ms since 1970; null: never used from this account. */
  usedAt: number | null;
}

/** Realms in which another session of the account is active: realm id to session id. */
export function openRealms(session: Session, siblings: readonly Session[]): Map<string, string> {
  const others = siblings.filter(({ id, state }) => id !== session.id && state === 'active');
  return new Map(others.flatMap(({ id, realm }) => (realm ? [[realm.id, id]] : [])));
}

/** Pinned ones, then the ones used lately, then the rest of the vendor's list: each realm once, narrowed by what is typed. */
export function realmChoices(
  memberships: readonly Membership[],
  used: readonly Used[],
  hereId: string | null,
  typed: string,
  open: ReadonlyMap<string, string> = new Map(),
): { title: string; choices: RealmChoice[] }[] {
  const all = new Map<string, RealmChoice>();
  for (const { realm, roles, detail, badge, closed, here } of memberships)
    all.set(realm.id, {
      realm,
      roles,
      detail,
      badge,
      closed,
      here,
      pinned: false,
      usedAt: null,
      openId: open.get(realm.id),
    });
  for (const { id, name, pinned, usedAt } of used) {
    const known = all.get(id) ?? {
      realm: { id, name },
      roles: null,
      detail: undefined,
      badge: undefined,
      closed: undefined,
      here: id === hereId,
      openId: open.get(id),
    };
    all.set(id, { ...known, pinned, usedAt });
  }
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [...all.values()].filter(({ realm, roles, detail }) => {
    const text = [realm.name, realm.id, detail ?? '', ...(roles ?? [])].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const pinned = found.filter((choice) => choice.pinned);
  const recent = found
    .filter((choice) => !choice.pinned && choice.usedAt !== null)
    .toSorted((a, b) => (b.usedAt ?? 0) - (a.usedAt ?? 0));
  const rest = found.filter((choice) => !choice.pinned && choice.usedAt === null);
  return [
    { title: 'Pinned', choices: pinned },
    { title: 'Recent', choices: recent },
    { title: pinned.length + recent.length > 0 ? 'Others' : '', choices: rest },
  ].filter(({ choices }) => choices.length > 0);
}
