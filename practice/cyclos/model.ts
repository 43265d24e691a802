/** The two generations of the API that are in the field. */
export type Generation = '4.11' | '4.16';
export type Role = 'administrator' | 'broker' | 'member' | 'operator';
export type UserStatus = 'active' | 'blocked' | 'disabled' | 'pending' | 'purged' | 'removed';
export type PasswordStatus =
  | 'active'
  | 'disabled'
  | 'expired'
  | 'indefinitelyBlocked'
  | 'neverCreated'
  | 'pending'
  | 'reset'
  | 'temporarilyBlocked';
export type Medium = 'email' | 'sms';
export type Credential = 'password' | 'totp';

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

interface Named {
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
}

export interface Group extends Named {
  kind: 'adminGroup' | 'brokerGroup' | 'memberGroup';
}

export interface Agreement extends Named {
  required: boolean;
}

interface Device {
  id: string;
  name: string;
  active: boolean;
  date: number;
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
  totp: { secret: string; status: 'active' | 'blocked'; tries: number } | null;
  otp: { value: string; tries: number; validUntil: number } | null;
  /** Ids of agreements that are still to be accepted. */
  pendingAgreements: string[];
  devices: Device[];
  rights: Right[];
  securityQuestion: { question: string; answer: string } | null;
  /** Every sign-in is refused with this 401 code, whatever the password. */
  refusal: 'remoteAddressBlocked' | 'unauthorizedAddress' | 'unauthorizedUrl' | null;
}

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
  users: User[];
}

export interface AccessClient {
  id: string;
  name: string;
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
  trusted: boolean;
  source: 'device' | 'login';
  /** Virtual keyboards shown and not used yet, newest last. */
  keyboards: { id: string; buttons: string[][] }[];
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
  client: AccessClient | null;
  principalType: string;
  principal: string;
}
