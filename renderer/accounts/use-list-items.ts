import { useEffect, useMemo, useRef } from 'react';
import { chosenSession } from '../sessions/chosen-session.ts';
import { foldRows, setFilter, setTag, useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { arrangedItems, isListed, type ListItem, listedSessions, sortedAccounts } from './list-items.ts';

/** The account list as it is arranged, filtered and folded now, and which of its rows the main pane shows. */
export function useListItems(): { items: readonly ListItem[]; isSelected(item: ListItem): boolean } {
  const vendors = useApp((app) => app.vendors);
  const byId = useApp((app) => app.accounts);
  const sessions = useApp((app) => app.sessions);
  const shifts = useApp((app) => app.shifts);
  const { grouping, pinned, order } = useApp((app) => app.sidebar);
  const filter = useNavigation((state) => state.filter);
  const tag = useNavigation((state) => state.tag);
  const folded = useNavigation((state) => state.folded);
  const route = useNavigation((state) => state.route);
  const accounts = useMemo(() => sortedAccounts(byId, order), [byId, order]);
  const lastListed = useRef<ReturnType<typeof listedSessions>>([]);
  const listed = useMemo(() => {
    lastListed.current = listedSessions(sessions, lastListed.current);
    return lastListed.current;
  }, [sessions]);
  const sources = useMemo(
    () => ({ vendors, shifts, accounts, listed, grouping, pinned, filter, tag, folded }),
    [vendors, shifts, accounts, listed, grouping, pinned, filter, tag, folded],
  );
  const items = useMemo(() => arrangedItems(sources), [sources]);

  const accountId = 'accountId' in route ? route.accountId : null;
  const sessionId = 'sessionId' in route ? route.sessionId : null;
  const shown = accountId ? chosenSession({ sessions }, accountId, sessionId) : undefined;

  function isSelected(item: ListItem): boolean {
    if (item.kind !== 'row' || item.accountId !== accountId) return false;
    if (item.nested) return item.sessionId === sessionId;
    if (item.sessionIds.length > 0) return item.folded || !sessionId || !item.sessionIds.includes(sessionId);
    // Grouped by realm an account may stand in several, in each with the session that is there.
    return item.sessionId === null || item.sessionId === shown?.id || !shown || !isListed(shown);
  }

  const latest = useRef({ sources, items });
  latest.current = { sources, items };
  useEffect(() => {
    const now = latest.current;
    const isOf = (item: ListItem) => item.kind === 'row' && item.accountId === accountId;
    if (!accountId || now.items.some(isOf)) return;
    // Whoever goes to an account from elsewhere sees it in the list, too.
    const whole = arrangedItems({ ...now.sources, filter: '', tag: null, folded: new Set() });
    const row = whole.find(isOf);
    if (!row) return;
    foldRows(`group ${row.group}`, false);
    if (!arrangedItems({ ...now.sources, folded: new Set() }).some(isOf)) {
      setFilter('');
      setTag(null);
    }
  }, [accountId]);

  return { items, isSelected };
}
