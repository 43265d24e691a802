/** Rights of a role, on one server or on all ('root', 'setrid', 'servers' and 'createserver' also globally). */
export type Permission = 'sessions' | 'users' | 'accounts' | 'servers' | 'createserver' | 'root' | 'setrid';

interface SessionInfo {
  ip?: string | undefined;
  useragent?: string | undefined;
  logo?: string | undefined;
  info?: unknown;
}

/** What the phone shows to the person who is asked. */
export interface UserContext {
  sessioninfo?: SessionInfo | undefined;
  announceinfo?: SessionInfo | undefined;
}

/** An app instance on a device. Times are Unix seconds, as in the API. */
export interface Account {
  id: number;
  description: string;
  /** Empty for a device that was enrolled under no user name. */
  userid: string;
  blocked: boolean;
  clientVersion: string;
  created: number;
  lastlogin: number;
  lastprovoke: number;
  /** Public key of the app, base64. */
  pk: string;
  /** Whether the phone answers pushes and continuous-authentication pings. */
  online: boolean;
}

export interface VirtualServer {
  serverid: string;
  serverName: string;
  serverpk: string;
  logo: string;
  pinTimeout: number;
  pinTransTimeout: number;
  /** Seconds in which the app has to answer a ping. */
  pingTime: number;
  serverFlags: string[];
  owner: number;
  siteurl: string;
  accounts: Account[];
  users: Map<string, Record<string, unknown>>;
  sessions: Map<string, Session>;
  transactions: Map<string, Transaction>;
}

interface Transaction {
  tid: string;
  nonce: string;
  amount: string;
  benificiary: string;
  description: string;
  /** 0 new, 1 approved, 2 declined. */
  tstatus: '0' | '1' | '2';
}

/** One browser session, known by its nonce. */
export interface Session {
  nonce: string;
  hsid: string;
  createdAt: number;
  /** Logged out and not logged in again. */
  over: boolean;
  userAgent: string | null;
  accountId: number | null;
  /** When an account logged in last, ms since 1970. */
  signedInAt: number;
  /** The account that logged in before on this nonce: a push can go to it. */
  lastAccountId: number | null;
  qr: { payload: string; madeAt: number };
  formerPayload: string | null;
  /** Last answered ping, ms since 1970. */
  pingedAt: number;
  /** What the QR code was asked for with; the phone shows it after a scan. */
  context: UserContext;
}

/** Something that waits on a phone. */
export interface Approval {
  id: string;
  kind: 'scan' | 'push';
  serverid: string;
  nonce: string;
  accountId: number;
  context: UserContext;
  at: number;
}

export interface ApiKey {
  apikey: string;
  description: string;
  role: string;
}

/** A role's rights; `server` null means everywhere. */
export interface Grant {
  role: string;
  server: string | null;
  permissions: Permission[];
}
