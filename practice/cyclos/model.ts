/** The two generations of the API that are in the field. */
export type Generation = '4.11' | '4.16';
export type Role = (typeof roles)[number];
export type UserStatus = (typeof userStatuses)[number];
export type PasswordStatus =
  | 'active'
  | 'disabled'
  | 'expired'
  | 'indefinitelyBlocked'
  | 'neverCreated'
  | 'pending'
  | 'reset'
  | 'temporarilyBlocked';
export type Medium = (typeof mediums)[number];
export type Credential = 'device' | 'password' | 'totp';
export const roles = ['administrator', 'broker', 'member', 'operator'] as const;
export const userStatuses = ['active', 'blocked', 'disabled', 'pending', 'purged', 'removed'] as const;
export const mediums = ['email', 'sms'] as const;

/** What a person may do to others; own things need no right. */
export type Right =
  | 'users.search'
  | 'users.status'
  | 'passwords.manage'
  | 'sessions.view'
  | 'sessions.disconnect'
  | 'sessions.login'
  | 'alerts.view'
  | 'clients.manage'
  | 'devices.manage';

export interface Named {
  id: string;
  name: string;
  internalName: string;
}

export interface PasswordType extends Named {
  mode: 'manual' | 'generated' | 'otp';
  minLength: number;
  maxLength: number;
  onlyNumeric: boolean;
  virtualKeyboard: boolean;
  /** Wrong values in a row before the password is blocked. */
  maxTries: number;
  whenExceeded: 'temporarilyBlocked' | 'indefinitelyBlocked';
  /** A generated one is made by its owner only after a manager has allowed it. */
  needsPermission: boolean;
}

export interface Password {
  /** Internal name of its type. */
  type: string;
  value: string;
  status: PasswordStatus;
  /** ms since 1970. */
  date: number;
  tries: number;
  /** ms since 1970; only with `temporarilyBlocked`. */
  blockedUntil: number | null;
  /** What was done to it, newest first. */
  log: { by: string | null; action: PasswordAction; at: number }[];
}

export type PasswordAction =
  | 'activate'
  | 'allow_activation'
  | 'change'
  | 'disable'
  | 'enable'
  | 'reset'
  | 'resetAndSend'
  | 'unblock';

export interface Group extends Named {
  kind: 'adminGroup' | 'brokerGroup' | 'memberGroup';
}

export interface Agreement extends Named {
  required: boolean;
  /** HTML, oldest version first; the last one is to be accepted. */
  versions: string[];
}

/** One time that a person accepted an agreement, or took it back. */
export interface AgreementLog {
  id: string;
  agreementId: string;
  at: number;
  version: number;
  accepted: boolean;
  remoteAddress: string;
}

/** Somebody whom an identity provider knows. */
export interface Identity {
  subject: string;
  name: string;
  /** Null when the provider does not tell it. */
  email: string | null;
}

export interface IdentityProvider extends Named {
  backgroundColor: string;
  borderColor: string;
  textColor: string;
  identities: Identity[];
}

/** A person's link to an identity provider; the identity is null when the person has switched it off. */
export interface IdentityLink {
  id: string;
  provider: string;
  identity: Identity | null;
  at: number;
}

export interface Device {
  id: string;
  name: string;
  active: boolean;
  date: number;
  /** Key of the HMAC by which it approves. */
  secret: string;
}

interface StatusChange {
  by: string | null;
  status: UserStatus;
  /** ms since 1970. */
  from: number;
  comment: string;
}

export interface User {
  id: string;
  username: string;
  name: string;
  email: string;
  /** International format; null when the person has none. */
  phone: string | null;
  /** Further mobile phones. */
  otherPhones: string[];
  accountNumber: string | null;
  group: Group;
  role: Role;
  status: UserStatus;
  statusHistory: StatusChange[];
  registeredAt: number;
  lastLogin: number | null;
  brokerId: string | null;
  /** The member that an operator works for. */
  ownerId: string | null;
  customValues: Record<string, string>;
  passwords: Password[];
  /** What has to be given after the access password. */
  second: { credentials: Credential[]; passwordType: string | null } | null;
  totp: { secret: string; status: 'active' | 'pending'; tries: number; activatedAt: number | null } | null;
  /** Code by which somebody proves to be the person before an authenticator is set up. */
  totpCode: { value: string; tries: number } | null;
  otp: { value: string; tries: number; validUntil: number } | null;
  /** Ids of agreements that are still to be accepted. */
  pendingAgreements: string[];
  agreementLog: AgreementLog[];
  identityLinks: IdentityLink[];
  devices: Device[];
  rights: Right[];
  /** Null when it is still to be set. */
  securityQuestion: { question: string; answer: string } | null;
  /** How every sign-in is refused, whatever the password. */
  refusal: Refusal | null;
}

export type Refusal =
  | 'remoteAddressBlocked'
  | 'unauthorizedAddress'
  | 'unauthorizedUrl'
  | 'inaccessibleChannel'
  | 'inaccessibleNetwork'
  | 'emailSending'
  | 'unavailable';

export interface Network extends Named {
  /** First part of the path; '' for the root. */
  path: string;
  accessPassword: string;
  passwordTypes: PasswordType[];
  principalTypes: string[];
  defaultPrincipalType: string;
  extraForgotPrincipalTypes: string[];
  forgotPasswordMediums: Medium[];
  groups: Group[];
  agreements: Agreement[];
  securityQuestions: Named[];
  identityProviders: IdentityProvider[];
  clientTypes: Named[];
  users: User[];
}

export interface AccessClient {
  id: string;
  name: string;
  /** Internal name of its type. */
  type: string;
  token: string;
  userId: string;
  network: string;
  status: 'active' | 'blocked' | 'unassigned';
  needsConfirmation: boolean;
  activatedAt: number;
}

export interface Session {
  token: string;
  userId: string;
  network: string;
  channel: string;
  principalType: string;
  principal: string;
  createdAt: number;
  expiresAt: number;
  /** ms by which each use renews it. */
  interval: number;
  remoteAddress: string;
  userAgent: string | null;
  /** Opened by the seed: others see it in the list, the practice table does not count it. */
  seeded: boolean;
  secondPending: boolean;
  clientId: string | null;
  /** The trusted device that confirmed it; null when it is not trusted. */
  deviceId: string | null;
  source: 'device' | 'login';
  /** Virtual keyboards shown and not used yet, newest last. */
  keyboards: { id: string; buttons: string[][] }[];
}

/** What a trusted device is asked to approve. */
export interface DeviceConfirmation {
  id: string;
  userId: string;
  network: string;
  type: 'secondaryLogin';
  status: 'pending' | 'approved' | 'rejected';
  qrContent: string;
  /** How often it was asked for before it was approved. */
  checks: number;
}

/** A sign-in that was sent to an identity provider, or the link of somebody who is signed in. */
export interface IdentityRequest {
  id: string;
  network: string;
  provider: string;
  /** Who links; null for a sign-in. */
  userId: string | null;
  /** Whom the provider named, when nobody here matched: the next sign-in links it. */
  unmatched: Identity | null;
}

export interface Recovery {
  /** The key of 4.11 or the code of 4.16. */
  secret: string;
  userId: string;
  network: string;
  medium: Medium;
  validUntil: number;
  tries: number;
}

export interface Alert {
  id: string;
  at: number;
  network: string;
  userId: string;
  type: string;
  text: string;
}

/** Who sends a request and by what right. */
export interface Caller {
  user: User;
  session: Session | null;
  /** What the caller has of the session's token: the first half when a cookie has the second. */
  sessionToken: string | null;
  client: AccessClient | null;
  principalType: string;
  principal: string;
}
