import type { RemoteSession, Session } from '../state/types.ts';

/** A vendor's list, the newest first; what states no time comes last. */
export const newestFirst = (list: readonly RemoteSession[]): RemoteSession[] =>
  list.toSorted((one, two) => (two.openedAt ?? -1) - (one.openedAt ?? -1));

/**
 * The sessions that were opened elsewhere since this one was: by the vendor's clock, where its list has this one, as ours may
 * go before or after it.
 */
export function openedSince(session: Session, list: readonly RemoteSession[]): ReadonlySet<string> {
  const began = list.find(({ mark }) => mark === 'this')?.openedAt ?? session.openedAt ?? session.startedAt;
  return new Set(
    list.flatMap(({ id, mark, openedAt }) =>
      mark === 'other' && openedAt !== null && openedAt > began ? [id] : [],
    ),
  );
}
