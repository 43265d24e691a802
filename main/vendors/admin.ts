import type {
  DirectoryPage,
  DirectoryQuery,
  DirectorySource,
  Organisation,
  Outcome,
  PersonPage,
  RecoveryStep,
} from '../../preload/contract/admin.ts';
import type { Json, Visit } from './vendor.ts';

/** What an action is given: the form's values and, for `special: 'image'`, the file's bytes. */
export interface ActionInput {
  action: string;
  /** The person, the row of a person's table, or null for the table as a whole and for one's own login. */
  target: string | null;
  values: Record<string, string>;
  image: Uint8Array | null;
}

/** `handOver` asks main to open a console window (a one-time link), `copy` to put a new secret on the clipboard; neither reaches the renderer. */
export type Done = Outcome & { handOver?: HandOver; copy?: string };

/** The directory: people that a session's rights let it see, and what may be done for them. */
export interface People {
  sources(visit: Visit, secret: Json): Promise<DirectorySource[]>;
  organisations?(visit: Visit, secret: Json, search: string): Promise<Organisation[]>;
  page(
    visit: Visit,
    secret: Json,
    query: DirectoryQuery,
    range: { offset: number; limit: number },
  ): Promise<DirectoryPage>;
  person(visit: Visit, secret: Json, personId: string): Promise<PersonPage>;
  act(visit: Visit, secret: Json, input: ActionInput): Promise<Done>;
}

/** The login that a session belongs to. */
export interface OwnLogin {
  page(visit: Visit, secret: Json): Promise<PersonPage>;
  act(visit: Visit, secret: Json, input: ActionInput): Promise<Done & { secret?: Json }>;
}

/** Forgotten passwords, step by step; the visit has no session. `state` is what earlier steps said. */
export interface Recovery {
  first(visit: Visit): Promise<{ step: RecoveryStep; state: Json }>;
  next(
    visit: Visit,
    stepId: string,
    values: Record<string, string>,
    state: Json,
  ): Promise<{ step: RecoveryStep; state: Json }>;
}

/** Where a console window starts, and what main puts into its own partition first. */
export interface HandOver {
  /** The address to open; may hold a one-time secret, so it is used once and never shown or logged. */
  url: string;
  cookies: { name: string; value: string; path: string }[];
  /** Sent with every request to the address's own origin (a bearer or session header). */
  headers: Record<string, string>;
}
