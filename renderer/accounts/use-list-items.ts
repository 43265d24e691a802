import { useMemo } from 'react';
import { chosenSession } from '../sessions/chosen-session.ts';
import { useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { inOrder, type ListItem, listItems } from './list-items.ts';

/** The account list as it is filtered and folded now, and which of its rows the main pane shows. */
export function useListItems(): { items: ListItem[]; isSelected(item: ListItem): boolean } {
  const vendors = useApp((app) => app.vendors);
  const stored = useApp((app) => app.accounts);
  const accounts = useMemo(() => inOrder(stored), [stored]);
  const sessions = useApp((app) => app.sessions);
  const filter = useNavigation((state) => state.filter);
  const tag = useNavigation((state) => state.tag);
  const folded = useNavigation((state) => state.folded);
  const route = useNavigation((state) => state.route);
  const items = useMemo(
    () => listItems({ vendors, accounts, sessions, filter, tag, folded }),
    [vendors, accounts, sessions, filter, tag, folded],
  );
  const shown =
    'sessionId' in route
      ? (chosenSession({ sessions }, route.accountId, route.sessionId) ?? {
          id: null,
          accountId: route.accountId,
        })
      : null;
  return {
    items,
    isSelected: (item) =>
      item.kind === 'row' &&
      item.accountId === shown?.accountId &&
      (item.sessionId === null || item.sessionId === shown.id),
  };
}
