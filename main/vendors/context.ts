import type { Realm } from '#contract/shapes.ts';
import type { VendorHttp } from '#http/types.ts';

/** Where a vendor's code acts: one account, one session, one way out to the network. */
export interface VendorContext {
  /** Requests of this session; its cookie jar and its tag (in the User-Agent) belong to this session alone. */
  http: VendorHttp;
  baseUrl: string;
  /** The account form's values, secrets included; some contexts open these only when they are read. */
  readonly values: Record<string, string>;
  realm: Realm | null;
  /** The session's own id as it stands in the User-Agent; a vendor's session list shows it. */
  sessionTag: string;
  /** What the other side may be told about this machine and reason ("Gatehouse on desk-12"). */
  machineName: string;
  signal: AbortSignal;
  /**
   * Shows the person a page of somebody else's on which to sign in, in a window that has nothing of the session. Resolves when it is
   * closed, also by the signal. Throws `wrong-place` for an address that is not secure, `network` or `tls`.
   * With `onBack` the first step back to the account's own address is stopped before it loads, told, and closes the window.
   */
  showPage(page: {
    name: string;
    url: string;
    signal: AbortSignal;
    onBack?(address: string): void;
  }): Promise<void>;
  /** ms since 1970. */
  now(): number;
}

/** A page of somebody else's on which a person signs in, in a window of its own. */
export interface SignInPage {
  /** Whose sign-in it is. */
  title: string;
  /** Where it begins; may hold a secret of the sign-in, so it is never shown or logged. */
  url: string;
  /** Closes it. */
  signal: AbortSignal;
  /** The first step back to this origin is stopped before it loads; it is told, and closes the window. Its address is a secret, too. */
  back?: { origin: string; onBack(address: string): void };
}
