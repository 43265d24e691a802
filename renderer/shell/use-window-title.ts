import { useEffect } from 'react';
import { chosenSession } from '../sessions/chosen-session.ts';
import { useNavigation } from '../state/navigation.ts';
import { useStore } from '../state/store.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** The window's title names the account and the realm that the main pane acts in. */
export function useWindowTitle(): void {
  const route = useNavigation((state) => state.route);
  const title = useStore(({ app }) => {
    if (!app || !('sessionId' in route)) return 'Gatehouse';
    const account = app.accounts[route.accountId];
    if (!account) return 'Gatehouse';
    const realm = (chosenSession(app, account.id, route.sessionId) ?? account).realm;
    return [sanitizeText(account.label, 60), realm && sanitizeText(realm.name, 60), 'Gatehouse']
      .filter(Boolean)
      .join(' · ');
  });
  useEffect(() => {
    document.title = title;
    // At a lock the frame goes, and the taskbar must not go on naming who was signed in.
    return () => {
      document.title = 'Gatehouse';
    };
  }, [title]);
}
