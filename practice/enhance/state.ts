import type { PracticeOptions } from '../common/types.ts';
import { Lockout } from './lockout.ts';
import type { LoginBook } from './login-book.ts';
import type { AccessToken, Activity, Invite, Login, Member, Org, Session } from './types.ts';

/** Everything the server knows. It lives in memory and is gone when the server closes. */
export class EnhanceState {
  readonly options: PracticeOptions;
  readonly orgs = new Map<string, Org>();
  readonly book: LoginBook;
  /** By session id. */
  readonly sessions = new Map<string, Session>();
  readonly accessTokens = new Map<string, AccessToken>();
  readonly invites = new Map<string, Invite>();
  /** One-time links by their otp. */
  readonly links = new Map<string, { loginId: string; until: number }>();
  /** Password recoveries by their secret. */
  readonly recoveries = new Map<string, { loginId: string; until: number }>();
  /** Remembered devices: `loginId/deviceId` to the time until which they skip the PIN. */
  readonly devices = new Map<string, number>();
  readonly activities: Activity[] = [];
  readonly lockout: Lockout;
  /** Null: never set. `list`: allowed addresses, a line each. */
  readonly lockdown: { enabled: boolean | null; list: string | null } = { enabled: null, list: null };
  masterId = '';

  constructor(options: PracticeOptions, book: LoginBook) {
    this.options = options;
    this.book = book;
    this.lockout = new Lockout(() => options.clock.now());
  }

  now(): number {
    return this.options.clock.now();
  }

  /** The organisation and all above it, nearest first. */
  lineOf(orgId: string): Org[] {
    const line: Org[] = [];
    for (let org = this.orgs.get(orgId); org; org = org.parentId ? this.orgs.get(org.parentId) : undefined)
      line.push(org);
    return line;
  }

  /** The realm whose control panel answers at this host name; the master organisation when none does. */
  realmAtHost(hostname: string): string {
    for (const org of this.orgs.values()) if (org.panelHost === hostname.toLowerCase()) return org.id;
    return this.masterId;
  }

  /** Realms are the master organisation and whoever has customers or a control panel of its own. */
  isRealm(id: string): boolean {
    const org = this.orgs.get(id);
    if (!org) return false;
    return (
      !org.parentId || org.panelHost !== null || [...this.orgs.values()].some((one) => one.parentId === id)
    );
  }

  /**
   * Who this e-mail is in the realm that is named, else in the host's: a direct member wins over a login that merely
   * lives inside it (OpenAPI 12.21.3, createSession).
   */
  find(email: string, realmId: string | undefined, hostname: string): Login | null {
    const realm = realmId ?? this.realmAtHost(hostname);
    const member = this.book.membersOf(realm).find((candidate) => {
      return this.book.login(candidate.loginId)?.email.toLowerCase() === email.toLowerCase();
    });
    return (member && this.book.login(member.loginId)) ?? this.book.byEmail(realm, email);
  }

  /** Every organisation that the login has joined is suspended or deleted. */
  isShutOut(loginId: string): boolean {
    const members = this.book.membershipsOf(loginId).filter((member) => member.isActive);
    const isOpen = (member: Member) =>
      this.lineOf(member.orgId).every((org) => !org.suspendedBy && org.status !== 'deleted');
    return members.length > 0 && !members.some(isOpen);
  }

  /** The lockdown is on, the login is in the master organisation, and the address is not on its list. */
  isLockedDown(loginId: string, ip: string): boolean {
    const { enabled, list } = this.lockdown;
    if (!enabled) return false;
    const allowed = (list ?? '').split('\n').map((line) => line.trim());
    const inMaster = this.book
      .membershipsOf(loginId)
      .some((member) => member.isActive && member.orgId === this.masterId);
    return inMaster && !allowed.includes(ip);
  }

  ownerOf(org: Org): { member: Member; login: Login } | null {
    const member = org.ownerMemberId ? this.book.member(org.ownerMemberId) : null;
    const login = member ? this.book.login(member.loginId) : null;
    return member && login ? { member, login } : null;
  }

  record(
    orgId: string,
    kind: string,
    message: string,
    loginId: string | null,
    entityId: string | null,
  ): void {
    const id = this.options.ids.nextUuid('activity');
    this.activities.push({ id, orgId, kind, createdAt: this.now(), message, loginId, entityId });
  }
}
