import { GatehouseError } from '#contract/failure.ts';
import type { HttpRequest } from '#http/types.ts';
import type { Json, Vendor, VendorContext } from '../vendors/vendor.ts';
import type { Checks } from './checks.ts';
import type { SessionReads } from './registry.ts';
import type { SessionRecord } from './session-rows.ts';
import type { VendorContexts } from './vendor-contexts.ts';

/** Stops the requests of some work, or is told how much of an upload has been sent. */
type Watch = Pick<HttpRequest<never>, 'signal' | 'sent'>;

/** One way into a live session: for whatever is asked of the vendor there. */
export interface WithSession {
  /** The record of an active session; throws `expired` otherwise. */
  active(sessionId: string): SessionRecord;
  /**
   * Does `work` with an ability of the session's vendor; throws not-found when the vendor lacks it. A vendor that no longer
   * knows the session is noticed on the way. `watch` goes along with each of the work's requests: when its
   * signal is aborted, they are broken off and this throws `cancelled`.
   */
  use<A, T>(
    sessionId: string,
    ability: (vendor: Vendor) => A | undefined,
    work: (able: A, context: VendorContext, secret: Json) => Promise<T>,
    watch?: Watch,
  ): Promise<T>;
}

interface WithSessionOptions {
  sessions: SessionReads;
  contexts: VendorContexts;
  checks: Checks;
}

export function createWithSession({ sessions, contexts, checks }: WithSessionOptions): WithSession {
  function active(id: string): SessionRecord {
    const record = sessions.get(id);
    if (record?.state === 'active') return record;
    throw new GatehouseError({
      kind: 'expired',
      message: 'This session is not active.',
      advice: 'Sign in again.',
    });
  }

  return {
    active,
    async use(id, ability, work, watch) {
      const record = active(id);
      const able = ability(contexts.vendor(record.vendor));
      if (able === undefined) {
        throw new GatehouseError({ kind: 'not-found', message: 'This vendor does not offer that.' });
      }
      try {
        const context = contexts.ofSession(record);
        return await work(able, watch ? watched(context, watch) : context, contexts.grant(id));
      } catch (error) {
        const kind = error instanceof GatehouseError ? error.failure.kind : null;
        if (kind === 'expired' || kind === 'refused-credentials') await checks.check(id);
        throw error;
      }
    },
  };
}

function watched(context: VendorContext, watch: Watch): VendorContext {
  const { http } = context;
  return { ...context, http: { ...http, send: (request) => http.send({ ...request, ...watch }) } };
}
