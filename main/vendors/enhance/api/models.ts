import { z } from 'zod';
import { cappedArray, optional } from '../../kit/schema.ts';

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
  siteAccessCount: optional(number),
});
export type LoginMembership = z.infer<typeof membership>;
export const loginMemberships = z.object({ memberships: cappedArray(membership, 10_000) });

export type AuthMethod = 'basic' | 'email' | 'otp';

/** The body of a 201 of createSession; some panels send none. */
export const sessionResult = z.object({ authMethod: optional(text) });

export const newResource = z.object({ id: text });

export const login = z.object({
  id: text,
  email: text,
  name: text,
  colorCode: optional(text),
  registeredAt: optional(text),
  avatarPath: optional(text),
  passwordLastChangedAt: optional(text),
  authMethod: text,
  locale: optional(text),
});

const listing = <T extends z.ZodType>(item: T) => z.object({ items: cappedArray(item), total: number });

export const loginsListing = listing(login);

const session = z.object({
  id: text,
  createdAt: text,
  userAgent: optional(text),
  ipAddr: optional(text),
  location: optional(text),
});
export const sessionsFullListing = z.object({ items: cappedArray(session, 10_000) });

export const validatedPasswordRecovery = z.object({ obfuscatedEmail: optional(text) });
export const updateLoginResult = z.object({ otpUrl: optional(text), verifyPin: optional(z.boolean()) });

export const org = z.object({
  id: text,
  /** The realm that the organisation lives in; absent for the master organisation. */
  parentId: optional(text),
  name: text,
  status: optional(text),
  suspendedBy: optional(text),
  owner: optional(text),
  ownerEmail: optional(text),
  ownerId: optional(text),
  ownerLoginId: optional(text),
  subscriptionsCount: optional(number),
  websitesCount: optional(number),
  createdAt: optional(text),
  locale: optional(text),
});
export const orgsListing = listing(org);

export const member = z.object({
  id: text,
  loginId: text,
  isActive: z.boolean(),
  email: text,
  name: text,
  roles: z.array(text),
  siteAccesses: optional(z.array(text)),
  notifications: optional(z.array(text)),
  joinedAt: optional(text),
  avatarPath: optional(text),
  colorCode: optional(text),
  /** 12.21.3 only. */
  authMethod: optional(text),
});
export const membersListing = listing(member);

export const accessTokens = cappedArray(
  z.object({
    id: text,
    firstFive: text,
    roles: z.array(text),
    tokenExpires: optional(text),
    friendlyName: optional(text),
    /** 12.21.3 only; empty means any address. */
    allowedIps: optional(z.array(text)),
    ipRestricted: optional(z.boolean()),
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
    message: optional(text),
    context: z.unknown().optional(),
    activityObject: z.unknown().optional(),
  }),
);

/** Keyed by the address or the login that is blocked. */
export const blocked = z.record(
  text,
  z.object({
    blockedUntil: optional(number),
    currentFailures: optional(number),
    allFailures: optional(number),
  }),
);

export const loginPolicy = z.object({
  enabled: optional(z.boolean()),
  emailQuota: optional(number),
  emailAutoBlockEnabled: optional(z.boolean()),
  emailAutoBlockThreshold: optional(number),
  emailAutoBlockDuration: optional(number),
  ipQuota: optional(number),
  ipAutoBlockEnabled: optional(z.boolean()),
  ipAutoBlockThreshold: optional(number),
  ipAutoBlockDuration: optional(number),
});

export const ipList = z.object({ ipList: optional(z.array(text)) });
export const emailList = z.object({ emailList: optional(z.array(text)) });

/** Whom a host belongs to; the one thing about realms that the panel tells before sign-in. */
export const branding = z.object({
  orgName: text,
  parent: z.unknown().optional(),
  controlPanelDomain: optional(text),
  locale: optional(text),
});

export const lockdownStatus = z.boolean();

export const anyText = text;
export const anyUrl = z.url();
