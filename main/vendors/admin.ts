import type {
  DirectoryPage,
  DirectoryQuery,
  DirectorySource,
  Organisation,
  Outcome,
  PersonPage,
  RecoveryStep,
} from '#contract/admin.ts';
import type { Json, VendorContext } from './vendor.ts';

/** What an action is given: the form's values and, for `special: 'image'`, the file's bytes. */
export interface ActionInput {
  action: string;
  /** The person, the row of a person's table, or null for the table as a whole and for one's own login. */
  target: string | null;
  values: Record<string, string>;
  image: Uint8Array | null;
}

/** `handOver` asks main to open a console window (a one-time link), `copy` to put a new secret on the clipboard; neither reaches the renderer. */
export type ActionResult = Outcome & { handOver?: HandOver; copy?: string };

/** The directory: people that a session's rights let it see, and what may be done for them. */
export interface People {
  sources(context: VendorContext, secret: Json): Promise<DirectorySource[]>;
  organisations?(context: VendorContext, secret: Json, search: string): Promise<Organisation[]>;
  page(
    context: VendorContext,
    secret: Json,
    query: DirectoryQuery,
    range: { offset: number; limit: number },
  ): Promise<DirectoryPage>;
  person(context: VendorContext, secret: Json, personId: string): Promise<PersonPage>;
  act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult>;
}

/** The login that a session belongs to. */
export interface OwnLogin {
  page(context: VendorContext, secret: Json): Promise<PersonPage>;
  act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult & { secret?: Json }>;
}

/** Forgotten passwords, step by step; the visit has no session. `state` is what earlier steps said. */
export interface Recovery {
  first(context: VendorContext): Promise<{ step: RecoveryStep; state: Json }>;
  next(
    context: VendorContext,
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
