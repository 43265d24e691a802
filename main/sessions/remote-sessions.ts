import { GatehouseError } from '#contract/failure.ts';
import type { RemoteSession as Shown } from '#contract/shapes.ts';
import type { RemoteSession } from '../vendors/vendor.ts';
import type { SessionReads } from './registry.ts';
import type { SessionRecord } from './session-rows.ts';
import { mayBeAlive } from './states.ts';
import type { VendorContexts } from './vendor-contexts.ts';

interface RemoteSessionsOptions {
  sessions: SessionReads;
  contexts: VendorContexts;
}

/** Whose the rows of a vendor's list are: told by the ids that the vendor gave our sessions, for a tag can be copied. */
export function createRemoteSessions({ sessions, contexts }: RemoteSessionsOptions) {
  /** The session's id in its vendor's list: null when it has none, undefined while it is not known. */
  function remoteIdOf({ id, vendor }: SessionRecord): string | null | undefined {
    try {
      const secret = contexts.grant(id);
      return secret === null ? undefined : contexts.vendor(vendor).remoteIdOf?.(secret);
    } catch (error) {
      if (error instanceof GatehouseError) return undefined;
      throw error;
    }
  }

  /** Our other sessions that may be in a list: those of the same account, and those at the same server whose tags are in it. */
  function candidates(asking: SessionRecord, rows: RemoteSession[]): SessionRecord[] {
    const ids = [
      ...sessions.of(asking.accountId).map(({ id }) => id),
      ...rows.flatMap(({ sessionTag }) => sessionTag ?? []),
    ];
    return [...new Set(ids)].flatMap((id) => {
      const record = sessions.get(id);
      const here =
        record && record.vendor === asking.vendor && contexts.serverOf(record) === contexts.serverOf(asking);
      return here && id !== asking.id && mayBeAlive(record.state) ? record : [];
    });
  }

  return {
    /** Whether a check has still to find out which session of the vendor's list this one is. */
    isUnknown(record: SessionRecord): boolean {
      const { remoteIdOf: idIn } = contexts.vendor(record.vendor);
      return idIn !== undefined && remoteIdOf(record) === undefined;
    },

    /** The rows as they are shown: one whose tag is not borne out by its id is nobody's of ours. */
    tell(asking: SessionRecord, rows: RemoteSession[]): Shown[] {
      const own = rows.find(({ current }) => current);
      const byRow = new Map<RemoteSession, string>();
      for (const record of candidates(asking, rows)) {
        const known = remoteIdOf(record);
        const others = rows.filter((row) => row !== own && !byRow.has(row));
        // The oldest with its tag, until its id is known: whoever copies a tag has read it in this list.
        const found =
          known === undefined
            ? others
                .filter(({ sessionTag }) => sessionTag === record.sessionTag)
                .sort((one, other) => (one.openedAt ?? 0) - (other.openedAt ?? 0))[0]
            : others.find(({ id }) => id === known);
        if (found) byRow.set(found, record.id);
      }
      return rows.map((row) => {
        const { sessionTag, current: _, ...rest } = row;
        if (row === own) return { ...rest, mark: 'this', sessionId: asking.id };
        const sessionId = byRow.get(row);
        if (sessionId) return { ...rest, mark: 'ours', sessionId };
        return {
          ...rest,
          mark: 'other',
          ...(sessionTag === null ? {} : { warning: warningOf(sessionTag, asking) }),
        };
      });
    },
  };

  function warningOf(tag: string, asking: SessionRecord): string {
    if (tag === asking.sessionTag)
      return 'A session carries the mark of this one but is not it: somebody may have copied the mark.';
    const record = sessions.get(tag);
    return record && mayBeAlive(record.state)
      ? 'A session carries the mark of another one of Gatehouse but is not that one: somebody may have copied the mark.'
      : 'A session carries the mark of one that is over here: it was left behind, or somebody has copied the mark.';
  }
}
