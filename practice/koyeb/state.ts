import { createHmac } from 'node:crypto';
import type { PracticeOptions } from '../common/types.ts';
import type {
  Activity,
  Credential,
  Invitation,
  Member,
  OAuthCode,
  OAuthState,
  Organization,
  Token,
  User,
} from './types.ts';

/** A session token's life, ms. The vendor's is not public; its front end refreshes with 12 hours left. */
export const SESSION_LIFE = 24 * 3_600_000;

/** Everything the server knows, in memory. */
export class KoyebState {
  readonly options: PracticeOptions;
  readonly users = new Map<string, User>();
  readonly organizations = new Map<string, Organization>();
  readonly members = new Map<string, Member>();
  readonly invitations = new Map<string, Invitation>();
  /** By bearer value. */
  readonly tokens = new Map<string, Token>();
  readonly credentials = new Map<string, Credential>();
  readonly activities: Activity[] = [];
  /** Ids out of mails: what they are for and whom. */
  readonly mailed = new Map<string, { userId: string; of: 'password' | 'validation'; until: number }>();
  /** Wrong passwords by e-mail: how many, and when the first of them was. */
  readonly failures = new Map<string, { count: number; since: number }>();
  readonly failedNotifications = new Map<string, boolean>();
  /** Sign-ins by a provider that are on their way, by their state. */
  readonly oauthStates = new Map<string, OAuthState>();
  /** What a provider has let somebody in with, by the code. */
  readonly oauthCodes = new Map<string, OAuthCode>();

  constructor(options: PracticeOptions) {
    this.options = options;
  }

  now(): number {
    return this.options.clock.now();
  }

  userByEmail(email: string): User | null {
    for (const user of this.users.values()) if (user.email.toLowerCase() === email.toLowerCase()) return user;
    return null;
  }

  membership(userId: string, organizationId: string): Member | null {
    for (const member of this.members.values())
      if (member.userId === userId && member.organizationId === organizationId && member.status === 'ACTIVE')
        return member;
    return null;
  }

  organizationsOf(userId: string): Organization[] {
    return [...this.members.values()]
      .filter((member) => member.userId === userId && member.status === 'ACTIVE')
      .flatMap((member) => this.organizations.get(member.organizationId) ?? []);
  }

  /** Gives out a signed JWT and remembers it. `life` in ms. */
  issue(
    userId: string,
    organizationId: string | null,
    kind: Token['kind'],
    userAgent: string | undefined,
    life = SESSION_LIFE,
  ): Token {
    const id = this.options.ids.nextUuid('token');
    const createdAt = this.now();
    const seconds = Math.floor((createdAt + life) / 1000);
    const bearer = this.sign({
      ...{ jti: id, sub: userId, iat: Math.floor(createdAt / 1000), exp: seconds },
      ...(organizationId && { organization_id: organizationId }),
    });
    const token: Token = {
      ...{ id, bearer, userId, organizationId, kind, createdAt },
      userAgent: userAgent ?? null,
      expiresAt: seconds * 1000,
    };
    this.tokens.set(bearer, token);
    return token;
  }

  /** A JWT of the server's own. */
  sign(claims: Record<string, unknown>): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
    const key = this.options.ids.uuid('signing-key');
    return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
  }

  record(userId: string, organizationId: string | null, verb: string, object: Activity['object']): void {
    const id = this.options.ids.nextUuid('activity');
    this.activities.unshift({ id, userId, organizationId, verb, object, createdAt: this.now() });
  }
}
