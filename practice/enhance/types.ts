import type { PracticeOptions } from '../common/types.ts';

export const ROLES = ['Owner', 'SuperAdmin', 'Business', 'SiteAccess', 'Support', 'Sysadmin'] as const;
export type Role = (typeof ROLES)[number];
export type AuthMethod = 'basic' | 'email' | 'otp';

export interface EnhanceOptions extends PracticeOptions {
  /** Extra logins in the master realm, 0 to 100,000. */
  logins?: number;
  /** What a sign-in that the login policy blocks is answered with; 401 when absent. */
  lockout?: 401 | 403 | 429;
}

export interface Org {
  id: string;
  /** Null for the master organisation. */
  parentId: string | null;
  name: string;
  status: 'active' | 'deleted';
  suspendedBy: string | null;
  ownerMemberId: string | null;
  subscriptionsCount: number;
  websitesCount: number;
  createdAt: number;
  locale: string;
  /** Host name (no port) of the control panel that makes this organisation a realm. */
  panelHost: string | null;
}

export interface Login {
  id: string;
  realmId: string;
  email: string;
  name: string;
  password: string;
  colorCode: string;
  registeredAt: number;
  passwordChangedAt: number | null;
  authMethod: AuthMethod;
  totpSecret: string | null;
  locale: string;
  avatar: { type: string; bytes: Buffer } | null;
  /** Invited and not registered yet: in member lists only, without a password. */
  pending?: true;
}

export interface Member {
  id: string;
  loginId: string;
  orgId: string;
  roles: Role[];
  /** False while an invitation is not accepted. */
  isActive: boolean;
  siteAccesses: string[];
  notifications: string[];
  joinedAt: number;
}

export interface Session {
  id: string;
  loginId: string;
  state: 'pending' | 'active';
  /** The value of cookie `id0`. */
  token: string;
  /** The second factor that is asked for, while pending. */
  method: 'email' | 'otp' | null;
  pin: { code: string; until: number } | null;
  resends: number;
  /** A switch of the second factor that waits for its PIN. */
  change: { to: AuthMethod; provenBy: 'email' | 'otp'; totpSecret: string | null } | null;
  createdAt: number;
  until: number;
  userAgent: string | null;
  ipAddr: string | null;
  location: string | null;
}

export interface AccessToken {
  id: string;
  orgId: string;
  token: string;
  roles: Role[];
  tokenExpires: string | null;
  friendlyName: string | null;
  allowedIps: string[];
  ipRestricted: boolean;
}

export interface Invite {
  id: string;
  orgId: string;
  memberId: string;
}

export interface Activity {
  id: string;
  orgId: string;
  kind: string;
  createdAt: number;
  message: string;
  /** Who did it: a login, or an access token when null. */
  loginId: string | null;
  entityId: string | null;
}
