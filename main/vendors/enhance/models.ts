import { z } from 'zod';
import { maybe, rowsOf } from '../kit/schema.ts';

/**
 * What the panel answers (OpenAPI 12.21.3, same in 9.0.0 and later unless noted). Enumerations are read as text, so
 * that a role or method which a newer panel adds is shown and not refused.
 */

const text = z.string();
const number = z.number();

const membership = z.object({
  memberId: text,
  orgId: text,
  orgName: text,
  isMasterOrg: z.boolean(),
  roles: z.array(text),
  /** From 9.0.0 on. */
  siteAccessCount: maybe(number),
});
export type LoginMembership = z.infer<typeof membership>;
export const loginMemberships = z.object({ memberships: rowsOf(membership, 10_000) });

export type AuthMethod = 'basic' | 'email' | 'otp';

/** The body of a 201 of createSession; some panels send none. */
export const sessionResult = z.object({ authMethod: maybe(text) });

export const newResource = z.object({ id: text });

export const login = z.object({
  id: text,
  email: text,
  name: text,
  colorCode: maybe(text),
  registeredAt: maybe(text),
  avatarPath: maybe(text),
  passwordLastChangedAt: maybe(text),
  authMethod: text,
  locale: maybe(text),
});

const listing = <T extends z.ZodType>(item: T) => z.object({ items: rowsOf(item), total: number });

export const loginsListing = listing(login);

const session = z.object({
  id: text,
  createdAt: text,
  userAgent: maybe(text),
  ipAddr: maybe(text),
  location: maybe(text),
});
export const sessionsFullListing = z.object({ items: rowsOf(session, 10_000) });

export const validatedPasswordRecovery = z.object({ obfuscatedEmail: maybe(text) });
export const updateLoginResult = z.object({ otpUrl: maybe(text), verifyPin: maybe(z.boolean()) });

export const org = z.object({
  id: text,
  /** The realm that the organisation lives in; absent for the master organisation. */
  parentId: maybe(text),
  name: text,
  status: maybe(text),
  suspendedBy: maybe(text),
  owner: maybe(text),
  ownerEmail: maybe(text),
  ownerId: maybe(text),
  ownerLoginId: maybe(text),
  subscriptionsCount: maybe(number),
  websitesCount: maybe(number),
  createdAt: maybe(text),
  locale: maybe(text),
});
export const orgsListing = listing(org);

export const member = z.object({
  id: text,
  loginId: text,
  isActive: z.boolean(),
  email: text,
  name: text,
  roles: z.array(text),
  siteAccesses: maybe(z.array(text)),
  notifications: maybe(z.array(text)),
  joinedAt: maybe(text),
  avatarPath: maybe(text),
  colorCode: maybe(text),
  /** 12.21.3 only. */
  authMethod: maybe(text),
});
export const membersListing = listing(member);

export const accessTokens = rowsOf(
  z.object({
    id: text,
    firstFive: text,
    roles: z.array(text),
    tokenExpires: maybe(text),
    friendlyName: maybe(text),
    /** 12.21.3 only; empty means any address. */
    allowedIps: maybe(z.array(text)),
    ipRestricted: maybe(z.boolean()),
  }),
);
export const newAccessToken = z.object({ id: text, firstFive: text, unencryptedToken: text });

export const activitiesListing = listing(
  z.object({
    id: z.union([text, number]),
    orgId: text,
    /** `added`, `removed`, `cloned`, `errorRaised` …: open-ended. */
    kind: text,
    createdAt: text,
    message: maybe(text),
    context: z.unknown().optional(),
    activityObject: z.unknown().optional(),
  }),
);

/** Keyed by the address or the login that is blocked. */
export const blocked = z.record(
  text,
  z.object({ blockedUntil: maybe(number), currentFailures: maybe(number), allFailures: maybe(number) }),
);

export const loginPolicy = z.object({
  enabled: maybe(z.boolean()),
  emailQuota: maybe(number),
  emailAutoBlockEnabled: maybe(z.boolean()),
  emailAutoBlockThreshold: maybe(number),
  emailAutoBlockDuration: maybe(number),
  ipQuota: maybe(number),
  ipAutoBlockEnabled: maybe(z.boolean()),
  ipAutoBlockThreshold: maybe(number),
  ipAutoBlockDuration: maybe(number),
});

export const ipList = z.object({ ipList: maybe(z.array(text)) });
export const emailList = z.object({ emailList: maybe(z.array(text)) });

/** Whom a host belongs to; the one thing about realms that the panel tells before sign-in. */
export const branding = z.object({
  orgName: text,
  parent: z.unknown().optional(),
  controlPanelDomain: maybe(text),
  locale: maybe(text),
});

export const anyText = text;
export const anyUrl = z.url();
