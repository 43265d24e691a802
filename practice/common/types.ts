import type { PracticeClock } from './clock.ts';
import type { Inbox } from './inbox.ts';
import type { SeenRequest } from './log.ts';
import type { Misbehaviour } from './misbehave.ts';
import type { PracticeIds } from './seed.ts';

export interface PracticeOptions {
  /** 0 or absent: the system chooses. */
  port?: number;
  ids: PracticeIds;
  clock: PracticeClock;
  inbox: Inbox;
}

/** A person whom one can sign in as. */
export interface PracticePerson {
  label: string;
  identity: string;
  password?: string;
  totpSecret?: string;
  apiKey?: string;
  realm?: { id: string; name: string };
  /** What is special about this person, in one sentence. */
  note: string;
  /** Worth having on a new desk; the others are there for whoever looks for a special case. */
  typical?: true;
  /** What to type into Gatehouse's account form. */
  account: { values: Record<string, string>; realm?: { id: string; name: string } | null };
}

/** A row of the server's own session table. */
export interface PracticeSession {
  id: string;
  person: string;
  realm: string | null;
  state: 'pending' | 'active';
  userAgent: string | null;
  /** ms since 1970. */
  createdAt: number;
  /** ms since 1970; null where the vendor states none. */
  expiresAt: number | null;
  /** ms since 1970, where a session is there before anybody is signed in on it. */
  signedInAt?: number;
}

/** A practice server that listens. */
export interface PracticeServer {
  vendor: string;
  /** The base URL to type into Gatehouse. */
  url: string;
  /** Scheme, host and port: where the control paths (/__practice/…) are. */
  origin: string;
  people: PracticePerson[];
  misbehave(rule: Misbehaviour): void;
  behave(): void;
  sessions(): PracticeSession[];
  log(): SeenRequest[];
  /** Where people approve scans and pushes; only nextAuth has one. */
  phoneUrl?: string;
  /** Where people approve with trusted devices; only Cyclos has one. */
  devicesUrl?: string;
  close(): Promise<void>;
}

export interface PracticeStart {
  /** Fixed ports by the servers' names (list.ts), and `inbox`; the system chooses the others. */
  ports?: Record<string, number>;
  /** Fixes everything, tokens and PINs too, so that a run replays. Absent: same people, new tokens each run. */
  seed?: string;
  /** Which Cyclos generation; 4.16 when absent. */
  cyclos?: '4.11' | '4.16' | 'both';
  /** Extra Enhance logins, 0 to 100,000. */
  logins?: number;
  /** Vendors to start; all when absent. */
  only?: string[];
}

export interface Practice {
  servers: PracticeServer[];
  inbox: Inbox;
  clock: PracticeClock;
  inboxUrl: string;
  phoneUrl: string | null;
  close(): Promise<void>;
}
