import { GatehouseError } from '#contract/failure.ts';
import type { Realm } from '#contract/shapes.ts';
import { mayReach } from '#http/base-url.ts';
import type { Network } from '#http/client.ts';
import { textsIn } from '#http/redact.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import { originIn } from '../accounts/check-form.ts';
import type { Binding, Vault } from '../vault/vault.ts';
import type { SignInPage } from '../vendors/context.ts';
import type { Json, Step, Vendor, VendorContext } from '../vendors/vendor.ts';
import type { SessionReads } from './registry.ts';
import type { SessionRecord } from './session-rows.ts';
import { realmOf } from './session-view.ts';

/** What is sealed of a sign-in that waits for the person, so that a restart can go on with it. */
export type PendingStep = Extract<Step, { kind: 'prompt' }>;

/** Everything a vendor's code needs to act in one session; holds secrets, so it never leaves main. */
export interface VendorContexts {
  vendor(id: string): Vendor;
  /** Throws `vault-locked` while the secrets are out of reach. */
  ofSession(record: SessionRecord, signal?: AbortSignal): VendorContext;
  /**
   * To end a session; what fails is not sent again by itself, as the order is tried again. By its grant alone the account's secrets
   * stay sealed unless the vendor's code asks for them; throws `vault-locked` where they are needed and out of reach.
   */
  forEnding(record: SessionRecord, options: { needsSecrets: boolean }): VendorContext;
  /** For what needs an account's address but no session (recovery). */
  ofAccount(accountId: string): VendorContext;
  /** The server that a session is at. */
  serverOf(record: SessionRecord): string;
  /** What the vendor's code needs to act in the session; null when there is none. */
  grant(sessionId: string): Json;
  keepGrant(sessionId: string, grant: Json): void;
  /** The prompt that a sign-in waits on, as it was sealed; null when there is none. */
  pending(sessionId: string): PendingStep | null;
  keepPending(sessionId: string, step: PendingStep): void;
  /** Works while locked. */
  hasPending(sessionId: string): boolean;
}

interface VendorContextsOptions {
  vendors: Vendor[];
  network: Network;
  accounts: AccountBook;
  vault: Vault;
  sessions: Pick<SessionReads, 'get'>;
  machineName: string;
  /** Shows a page in a window of its own; see VendorContext. */
  showPage(page: SignInPage): Promise<void>;
  userAgent(sessionTag: string): string;
  now(): number;
}

export function createVendorContexts(options: VendorContextsOptions): VendorContexts {
  const byId = new Map(options.vendors.map((vendor) => [vendor.id, vendor]));
  const never = new AbortController().signal;

  function vendor(id: string): Vendor {
    const found = byId.get(id);
    if (found) return found;
    throw new GatehouseError({
      kind: 'not-found',
      message: `This Gatehouse does not know the vendor ${id}.`,
    });
  }

  function context(
    accountId: string,
    sessionTag: string,
    realm: Realm | null,
    signal: AbortSignal,
    { address, retries = true }: { address?: string | undefined; retries?: boolean } = {},
  ): VendorContext {
    const account = options.accounts.find(accountId);
    const own = address ?? account?.baseUrl ?? '';
    const { addressIn } = vendor(account?.vendor ?? '');
    const baseUrl = (realm && addressIn?.(own, realm)) ?? own;
    let values: VendorContext['values'] | undefined;
    const made: VendorContext = {
      http: options.network.open({ baseUrl, userAgent: options.userAgent(sessionTag), secrets, retries }),
      baseUrl,
      get values() {
        if (account && originIn(account.baseUrl) !== originIn(own)) throw movedAway(account.label);
        values ??= options.accounts.valuesWithSecrets(accountId);
        return values;
      },
      realm,
      sessionTag,
      machineName: options.machineName,
      signal,
      async showPage({ name, url, signal: close, onBack }) {
        const target = URL.parse(url);
        if (!target || !mayReach(target, new URL(own))) throw unsafePage();
        const title = account ? `${name} for ${account.label}` : name;
        const back = onBack && { origin: new URL(own).origin, onBack };
        await options.showPage({ title, url: target.href, signal: close, ...(back ? { back } : {}) });
      },
      now: options.now,
    };
    /** What this server may have been told before: of a grant only what is open now, as its token goes with each request. */
    function secrets(): string[] {
      const typed = Object.entries(made.values).filter(
        ([name]) => !Object.hasOwn(account?.values ?? {}, name),
      );
      const unlocked = options.vault.view().state === 'unlocked';
      return [...typed.map(([, value]) => value), ...textsIn(unlocked ? sealed(sessionTag, 'grant') : null)];
    }
    return made;
  }

  /** Opens the secrets now, so that what is wrong with them is known before anything is done. */
  function ready(made: VendorContext): VendorContext {
    void made.values;
    return made;
  }

  /** A session goes on where it was opened; practice servers are at another port at each start. */
  function addressOf(record: SessionRecord): string | undefined {
    const account = options.accounts.find(record.accountId);
    return account?.practice || record.baseUrl === '' ? undefined : record.baseUrl;
  }

  /** A session's secrets open for its account, its vendor and the server that it was opened at. */
  function bindingOf(sessionId: string): Binding {
    const record = options.sessions.get(sessionId);
    const account = record && options.accounts.find(record.accountId);
    return {
      accountId: record?.accountId ?? '',
      vendor: record?.vendor || (account?.vendor ?? ''),
      origin: originIn(record?.baseUrl || (account?.baseUrl ?? '')),
    };
  }

  /** What was sealed here was written here, so its shape is known. */
  function sealed<T>(sessionId: string, field: 'grant' | 'pending'): T | null {
    const text = options.vault.open(sessionId, field, bindingOf(sessionId));
    return text === null ? null : (JSON.parse(text) as T);
  }

  function seal(sessionId: string, field: 'grant' | 'pending', value: unknown): void {
    options.vault.seal(sessionId, field, JSON.stringify(value), bindingOf(sessionId));
  }

  function ofRecord(record: SessionRecord, signal: AbortSignal, retries = true): VendorContext {
    const how = { address: addressOf(record), retries };
    return context(record.accountId, record.sessionTag, realmOf(record), signal, how);
  }

  return {
    vendor,

    ofSession: (record, signal = never) => ready(ofRecord(record, signal)),
    forEnding(record, { needsSecrets }) {
      const made = ofRecord(record, never, false);
      return needsSecrets ? ready(made) : made;
    },

    ofAccount(accountId) {
      const account = options.accounts.get(accountId);
      if (!account) {
        throw new GatehouseError({ kind: 'not-found', message: 'This account is no longer in Gatehouse.' });
      }
      return ready(context(accountId, 'no-session', account.realm, never));
    },

    serverOf: ({ accountId, vendor }) => options.accounts.find(accountId)?.baseUrl ?? vendor,

    grant: (sessionId) => sealed<Json>(sessionId, 'grant'),
    keepGrant: (sessionId, grant) => seal(sessionId, 'grant', grant),
    pending: (sessionId) => sealed<PendingStep>(sessionId, 'pending'),
    keepPending: (sessionId, step) => seal(sessionId, 'pending', step),
    hasPending: (sessionId) => options.vault.has(sessionId, 'pending'),
  };
}

function unsafePage(): GatehouseError {
  return new GatehouseError({
    kind: 'wrong-place',
    message: 'The server named an address for signing in that is not secure, so it was not opened.',
    advice: 'Sign in another way, and tell those who run the server.',
  });
}

function movedAway(label: string): GatehouseError {
  return new GatehouseError({
    kind: 'forbidden',
    message: `The address of “${label}” is another server now, and its secrets are for that one.`,
    advice: 'They are not sent to the former server.',
  });
}
