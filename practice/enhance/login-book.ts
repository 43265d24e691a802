import type { Login, Member } from './types.ts';

export type LoginOrder = 'email' | 'name' | 'registrationDate';

/** Logins and members, with the indexes that 100,000 of them need. Extra logins are made at first need. */
export class LoginBook {
  readonly #logins = new Map<string, Login>();
  readonly #byEmail = new Map<string, Login>();
  readonly #members = new Map<string, Member>();
  readonly #byOrg = new Map<string, Map<string, Member>>();
  readonly #byLogin = new Map<string, Map<string, Member>>();
  #sorted = new Map<string, Login[]>();
  #later: (() => void) | null = null;

  /** `fill` adds the extra logins when somebody first asks for what is not here yet. */
  fillLater(fill: () => void): void {
    this.#later = fill;
  }

  #fill(): void {
    const fill = this.#later;
    this.#later = null;
    fill?.();
  }

  add(login: Login): void {
    this.#logins.set(login.id, login);
    this.#byEmail.set(key(login.realmId, login.email), login);
    this.#sorted.clear();
  }

  login(id: string): Login | null {
    const found = this.#logins.get(id);
    if (found || !this.#later) return found ?? null;
    this.#fill();
    return this.#logins.get(id) ?? null;
  }

  byEmail(realmId: string, email: string): Login | null {
    const found = this.#byEmail.get(key(realmId, email));
    if (found || !this.#later) return found ?? null;
    this.#fill();
    return this.#byEmail.get(key(realmId, email)) ?? null;
  }

  /** Changes name or e-mail and keeps the indexes right. */
  rename(login: Login, change: { name?: string; email?: string }): void {
    this.#byEmail.delete(key(login.realmId, login.email));
    Object.assign(login, change);
    this.add(login);
  }

  inRealm(realmId: string, order: LoginOrder): Login[] {
    this.#fill();
    const name = `${realmId}/${order}`;
    const known = this.#sorted.get(name);
    if (known) return known;
    const sorted = sortLogins(
      [...this.#logins.values()].filter((login) => login.realmId === realmId && !login.pending),
      order,
    );
    this.#sorted.set(name, sorted);
    return sorted;
  }

  addMember(member: Member): void {
    this.#members.set(member.id, member);
    nested(this.#byOrg, member.orgId).set(member.id, member);
    nested(this.#byLogin, member.loginId).set(member.id, member);
  }

  removeMember(member: Member): void {
    this.#members.delete(member.id);
    this.#byOrg.get(member.orgId)?.delete(member.id);
    this.#byLogin.get(member.loginId)?.delete(member.id);
  }

  member(id: string): Member | null {
    const found = this.#members.get(id);
    if (found || !this.#later) return found ?? null;
    this.#fill();
    return this.#members.get(id) ?? null;
  }

  /** Members of one organisation. The extra logins' organisation is filled by `allMembersOf` only. */
  membersOf(orgId: string): Member[] {
    return [...(this.#byOrg.get(orgId)?.values() ?? [])];
  }

  allMembersOf(orgId: string): Member[] {
    this.#fill();
    return this.membersOf(orgId);
  }

  membershipsOf(loginId: string): Member[] {
    return [...(this.#byLogin.get(loginId)?.values() ?? [])];
  }
}

/** A new array, ascending. Plain code-unit order: 100,000 must take ms, not s. */
export function sortLogins(logins: Login[], order: LoginOrder): Login[] {
  const of = (login: Login) => {
    if (order === 'registrationDate') return login.registeredAt;
    return (order === 'email' ? login.email : login.name).toLowerCase();
  };
  const keyed = logins.map((login) => ({ login, by: of(login) }));
  keyed.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : a.login.id < b.login.id ? -1 : 1));
  return keyed.map((entry) => entry.login);
}

function key(realmId: string, email: string): string {
  return `${realmId}/${email.toLowerCase()}`;
}

function nested(of: Map<string, Map<string, Member>>, id: string): Map<string, Member> {
  let inner = of.get(id);
  if (!inner) {
    inner = new Map();
    of.set(id, inner);
  }
  return inner;
}
