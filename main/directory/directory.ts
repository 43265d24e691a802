import type {
  Copyable,
  DirectoryPage,
  DirectoryQuery,
  DirectorySource,
  Finding,
  Organisation,
  Outcome,
  PersonPage,
} from '#contract/admin.ts';
import { aboutSession, type Ledger, type LedgerEvent, type Subject } from '../ledger/ledger.ts';
import type { VendorContexts, WithSession } from '../sessions/index.ts';
import type { ActionInput, ActionResult, HandOver, People } from '../vendors/admin.ts';
import { createPeopleSeen } from './people-seen.ts';

/** What support staff do for other people from inside a live session. Every call throws GatehouseError; what changes something is in the ledger. */
export interface Directory {
  sources(sessionId: string): Promise<DirectorySource[]>;
  organisations(sessionId: string, search: string): Promise<Organisation[]>;
  /** Throws `cancelled` as soon as the signal is aborted; what was on its way to the vendor is broken off. */
  page(sessionId: string, query: DirectoryQuery, range: Range, signal: AbortSignal): Promise<DirectoryPage>;
  person(sessionId: string, personId: string): Promise<PersonPage>;
  act(sessionId: string, input: ActionInput): Promise<Outcome>;
  why(sessionId: string, email: string): Promise<Finding[]>;
  ownLogin(sessionId: string): Promise<PersonPage>;
  actOnOwnLogin(sessionId: string, input: ActionInput): Promise<Outcome>;
  openConsole(sessionId: string): Promise<void>;
  copyables(sessionId: string): Promise<Copyable[]>;
  /** Returns after how many seconds the clipboard is cleared. */
  copy(sessionId: string, what: string): Promise<number>;
  /** Forgets the names that were seen. */
  forgetPeople(): void;
}

interface Range {
  offset: number;
  limit: number;
}

interface DirectoryOptions {
  withSession: WithSession;
  ledger: Ledger;
  contexts: Pick<VendorContexts, 'keepGrant'>;
  account(id: string): { label: string; identity: string } | null;
  /** Opens the vendor's console in a window of its own; the address is used once and never logged. */
  openConsole(console: { sessionId: string; title: string; handOver: HandOver; own: boolean }): Promise<void>;
  /** How many bytes of an image have been sent; null when that is over. */
  uploading(sessionId: string, progress: { sent: number; total: number } | null): void;
  /** Puts text on the clipboard; returns after how many seconds it is cleared. */
  copy(text: string): number;
}

export function createDirectory(options: DirectoryOptions): Directory {
  const { withSession, ledger, contexts } = options;
  const seen = createPeopleSeen();

  const people = <T>(
    id: string,
    work: (of: People, ...rest: Parameters<People['sources']>) => Promise<T>,
    signal?: AbortSignal,
  ) =>
    withSession.use(
      id,
      (vendor) => vendor.people,
      (of, context, secret) => work(of, context, secret),
      signal && { signal },
    );

  function note(id: string, event: LedgerEvent, detail: string, subject: Subject | null = null) {
    const record = withSession.active(id);
    const about = aboutSession(record, options.account(record.accountId));
    ledger.write({ actor: 'window', event, ...about, subject, detail });
  }

  function openWindow(sessionId: string, handOver: HandOver, own: boolean): Promise<void> {
    const { accountId, realmName } = withSession.active(sessionId);
    const title = [options.account(accountId)?.label, realmName].filter(Boolean).join(' · ');
    return options.openConsole({ sessionId, title, handOver, own });
  }

  /** Writes down what was done, does what only main may do of it, and returns what the window may know. */
  async function settle(
    id: string,
    what: string,
    { handOver, copy, ...outcome }: ActionResult,
    subject: Subject | null,
  ): Promise<Outcome> {
    note(id, handOver ? 'handed-over' : 'admin', `${what}: ${outcome.message}`, subject);
    if (handOver) await openWindow(id, handOver, false);
    if (copy === undefined) return outcome;
    note(id, 'copied', what, subject);
    const seconds = options.copy(copy);
    const where = `It is on the clipboard, which is cleared in ${seconds} s, and is shown nowhere else.`;
    return { ...outcome, message: `${outcome.message} ${where}` };
  }

  return {
    sources: (id) => people(id, (of, context, secret) => of.sources(context, secret)),
    organisations: (id, search) =>
      people(id, async (of, context, secret) => (await of.organisations?.(context, secret, search)) ?? []),

    async page(id, query, range, signal) {
      const page = await people(id, (of, context, secret) => of.page(context, secret, query, range), signal);
      seen.rows(id, page.rows);
      return page;
    },

    async person(id, personId) {
      const page = await people(id, (of, context, secret) => of.person(context, secret, personId));
      seen.page(id, page);
      return page;
    },

    async act(id, input) {
      const done = await people(id, (of, context, secret) => of.act(context, secret, input));
      return settle(id, input.action, done, seen.subject(id, input.target ?? done.personId ?? null));
    },

    async why(id, email) {
      const findings = await withSession.use(
        id,
        (vendor) => vendor.whyNot,
        (whyNot, context, secret) => whyNot(context, secret, email),
      );
      seen.findings(id, findings, email);
      return findings;
    },

    ownLogin: (id) =>
      withSession.use(
        id,
        (vendor) => vendor.ownLogin,
        (own, context, secret) => own.page(context, secret),
      ),

    async actOnOwnLogin(id, input) {
      const work = withSession.use(
        id,
        (vendor) => vendor.ownLogin,
        (own, context, held) => own.act(context, held, input),
        { sent: (sent, total) => options.uploading(id, { sent, total }) },
      );
      const { secret, ...done } = await work.finally(() => input.image && options.uploading(id, null));
      if (secret !== undefined) contexts.keepGrant(id, secret);
      return settle(id, `own login, ${input.action}`, done, null);
    },

    async openConsole(id) {
      const handOver = await withSession.use(
        id,
        (vendor) => vendor.handOver,
        (open, context, secret) => open(context, secret),
      );
      note(id, 'handed-over', 'console window');
      await openWindow(id, handOver, true);
    },

    copyables: (id) =>
      withSession.use(
        id,
        (vendor) => vendor.copyables,
        async (copyables, _visit, secret) => copyables(secret),
      ),

    async copy(id, what) {
      const text = await withSession.use(
        id,
        (vendor) => vendor.copyText,
        (copyText, context, secret) => copyText(context, secret, what),
      );
      note(id, 'copied', what);
      return options.copy(text);
    },

    forgetPeople: seen.forgetAll,
  };
}
