import { GatehouseError } from '../../preload/contract/failure.ts';
import type { SessionRecord } from '../store/sessions.ts';
import type { Json, Vendor, Visit } from '../vendors/vendor.ts';
import type { SessionBook } from './book.ts';
import type { Checks } from './checks.ts';
import type { Visits } from './visits.ts';

/** One way into a live session: for whatever is asked of the vendor there. */
export interface Inside {
  /** The record of an active session; throws `expired` otherwise. */
  active(sessionId: string): SessionRecord;
  /**
   * Does `work` with an ability of the session's vendor; throws not-found when the vendor lacks it. A vendor that no longer
   * knows the session is noticed on the way. `signal` breaks off the work's requests; it then throws `cancelled`.
   */
  use<A, T>(
    sessionId: string,
    ability: (vendor: Vendor) => A | undefined,
    work: (able: A, visit: Visit, secret: Json) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T>;
}

interface InsideOptions {
  book: SessionBook;
  visits: Visits;
  checks: Checks;
}

export function createInside({ book, visits, checks }: InsideOptions): Inside {
  function active(id: string): SessionRecord {
    const record = book.get(id);
    if (record?.state === 'active') return record;
    throw new GatehouseError({
      kind: 'expired',
      message: 'This session is not active.',
      advice: 'Sign in again.',
    });
  }

  return {
    active,
    async use(id, ability, work, signal) {
      const record = active(id);
      const able = ability(visits.vendor(record.vendor));
      if (able === undefined) {
        throw new GatehouseError({ kind: 'not-found', message: 'This vendor does not offer that.' });
      }
      try {
        const visit = visits.to(record);
        return await work(able, signal ? stoppable(visit, signal) : visit, visits.grant(id));
      } catch (error) {
        const kind = error instanceof GatehouseError ? error.failure.kind : null;
        if (kind === 'expired' || kind === 'refused-credentials') await checks.check(id);
        throw error;
      }
    },
  };
}

/** The visit, whose requests end with the signal. */
function stoppable(visit: Visit, signal: AbortSignal): Visit {
  const { door } = visit;
  return { ...visit, signal, door: { ...door, ask: (request) => door.ask({ ...request, signal }) } };
}
