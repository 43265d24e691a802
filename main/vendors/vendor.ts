import type { Copyable, Finding } from '#contract/admin.ts';
import type {
  Challenge,
  FormField,
  Identity,
  Membership,
  Realm,
  Vendor as VendorView,
} from '#contract/shapes.ts';
import type { Json } from '#lib/json.ts';
import type { HandOver, OwnLogin, People, Recovery } from './admin.ts';
import type { VendorContext } from './context.ts';

/** An active session as the vendor gave it. `secret` is what the vendor's code needs to act in it again. */
export interface Grant {
  secret: Json;
  realm: Realm | null;
  /** The vendor's name for the person, if the sign-in told. */
  person: string | null;
  /** How it was signed in, in words: "password", "e-mail PIN". */
  method: string;
  /** The vendor's word on expiry, ms since 1970; null where it states none. Never invented. */
  expiresAt: number | null;
  /** Values to keep in the account's secrets (a remembered device's id). */
  keep?: Record<string, string>;
}

export type Step =
  | { kind: 'active'; grant: Grant }
  | {
      kind: 'prompt';
      ask: Challenge;
      /** Plain data from which `answer`, `abandon` and `listen` can go on, after a restart too. */
      resume: Json;
      /** ms since 1970; after it the prompt is settled as refused. */
      deadline: number;
      /** ms since 1970; earliest next "send again". */
      sendAgainAt?: number;
      /** Nothing is left to ask: as soon as this is written down, `answer` is called with no values. For what `listen` resolves with. */
      goesOn?: true;
      /** The answer was wrong but the vendor allows another try: why. */
      wrong?: string;
    };

export type ChallengeAnswer = Record<string, string | boolean>;

/** When a token was given, when the session was last used, and when the token runs out (ms since 1970). */
export interface TokenTimes {
  expiresAt: number | null;
  grantedAt: number;
  usedAt: number;
}

export type Check =
  | { alive: true; expiresAt?: number | null; person?: string; realm?: Realm; secret?: Json }
  | { alive: false; reason: string };

export interface RemoteSession {
  id: string;
  where: string | null;
  browser: string | null;
  address: string | null;
  /** ms since 1970. */
  openedAt: number | null;
  person?: string;
  /** In its User-Agent, if it is one of this installation; whoever sees the list can copy it. */
  sessionTag: string | null;
  /** The session that asks: by the vendor's word or by what is known of it, not by the tag alone. */
  current: boolean;
  canEnd: boolean;
}

/** What looking for a stray came to. */
export interface StraySearchResult {
  /** The vendor could tell whether there is one. */
  conclusive: boolean;
  /** There was one, and it is ended. */
  ended: boolean;
  /** One that opens only now would be found by looking again. */
  again?: true;
}

/**
 * One vendor. The required part signs in and out; everything optional is an ability that screens ask for.
 * Every method throws GatehouseError (preload/contract/failure.ts) and nothing else for what a server or a network can do.
 */
export interface Vendor {
  id: string;
  /** Name, words, form and ways; abilities are derived from the methods that exist (see describe.ts). */
  view: Omit<VendorView, 'id' | 'abilities'>;
  /** Who an account is for a person, from the form's values. */
  identityOf(values: Record<string, string>): string;
  /** The form's own check beyond required fields; throws `invalid` with field names. */
  checkForm?(values: Record<string, string>): void;

  /** Where a realm has an address of its own; throws `invalid` on an id that is none. Absent: the account's address. */
  addressIn?(baseUrl: string, realm: Realm): string;

  begin(context: VendorContext, way: string | null, input: Record<string, string>): Promise<Step>;
  answer(context: VendorContext, resume: Json, answer: ChallengeAnswer): Promise<Step>;
  sendAgain?(context: VendorContext, resume: Json, medium: string | null): Promise<Step>;
  push?(context: VendorContext, resume: Json, target: string): Promise<Step>;
  /** For prompts that the other side settles (a scan, a page): calls `changed` with each new prompt step, resolves with the last. */
  listen?(context: VendorContext, resume: Json, changed: (step: Step) => void): Promise<Step>;
  /** Cancelled or refused: cleans up at the server as far as the API allows. */
  abandon?(context: VendorContext, resume: Json): Promise<void>;

  /** Asks the vendor whether the session lives. Network faults throw; a dead session is an answer. */
  check(context: VendorContext, secret: Json): Promise<Check>;
  /** Ends the session. Resolves only on the vendor's confirmation: success, or its word that the session is unknown. */
  end(context: VendorContext, secret: Json): Promise<void>;
  /** What `end` would still end once the session's own token is over: until when it lives (ms since 1970; null: not stated), or nothing. */
  leftAfter?(secret: Json, now: number): { until: number | null } | null;
  /** A sentence when this kind of session can't be ended at the vendor (it dies at expiresAt); absent: it can. */
  cannotEnd?(secret: Json): string | null;
  /** After a sign-in whose answer was lost: finds the session that carries this context's tag and ends it. */
  endStray?(context: VendorContext): Promise<StraySearchResult>;

  whoAmI?(context: VendorContext, secret: Json): Promise<Identity>;
  memberships?(context: VendorContext, secret: Json): Promise<Membership[]>;
  /** Where a session without leaving the old one is opened directly in another realm (Koyeb switch). Others sign in anew. */
  switchRealm?(context: VendorContext, secret: Json, realm: Realm): Promise<Step>;
  /** When to call refresh next, ms since 1970, or null for never. */
  refreshAt?(held: TokenTimes, values: Record<string, string>): number | null;
  refresh?(context: VendorContext, secret: Json): Promise<Grant>;
  /** A sentence why accounts with these values can't be refreshed; null or absent: they can, where there is `refresh`. */
  cannotRefresh?(values: Record<string, string>): string | null;
  /** A refresh opens a token that lives on its own, so that a lost answer leaves one that can't be ended. */
  refreshOpens?: true;
  remoteSessions?(context: VendorContext, secret: Json): Promise<RemoteSession[]>;
  /** The session's id in that list: null when it has none, undefined until a check has found it. */
  remoteIdOf?(secret: Json): string | null | undefined;
  endRemoteSession?(context: VendorContext, secret: Json, remoteId: string): Promise<void>;
  endAllSessions?(context: VendorContext, secret: Json): Promise<void>;

  people?: People;
  ownLogin?: OwnLogin;
  recovery?: Recovery;
  /** Why this person can't sign in, as far as this session's rights let it be known; an empty list means nobody of that address. */
  whyNot?(context: VendorContext, secret: Json, email: string): Promise<Finding[]>;
  /** What opens the vendor's own console signed in as this session, in a browser window of its own. */
  handOver?(context: VendorContext, secret: Json): Promise<HandOver>;
  /** What may be copied out of a session, and the text of one of them. */
  copyables?(secret: Json): Copyable[];
  copyText?(context: VendorContext, secret: Json, what: string): Promise<string>;
}

export type { FormField, Json, VendorContext };
