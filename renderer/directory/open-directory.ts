import type { AppState } from '../state/app-state.ts';
import { goTo, showPeople, useNavigation } from '../state/navigation.ts';
import { getApp } from '../state/store.ts';
import type { Session } from '../state/types.ts';

/**
 * Returns the session whose people the directory shows: the one that was looked into last while it lives, else the
 * one that was signed in last of those that can look people up; undefined where none can.
 */
export function directorySession(
  { accounts, sessions, vendors }: Pick<AppState, 'accounts' | 'sessions' | 'vendors'>,
  last: string | null,
): Session | undefined {
  const able = new Set(vendors.filter(({ abilities }) => abilities.includes('people')).map(({ id }) => id));
  let best: Session | undefined;
  for (const session of Object.values(sessions)) {
    if (session.state !== 'active' || !able.has(session.vendor) || !accounts[session.accountId]) continue;
    if (session.id === last) return session;
    if (!best || openedAt(session) > openedAt(best)) best = session;
  }
  return best;
}

const openedAt = ({ openedAt: opened, startedAt }: Session): number => opened ?? startedAt;

/** Shows the people of the session that was looked into last, or the way to get one that can. */
export function openDirectory(): void {
  const { lastDirectory } = useNavigation.getState();
  const session = directorySession(getApp(), lastDirectory);
  if (session) showPeople(session.accountId, session.id);
  else goTo({ at: 'directory' });
}
