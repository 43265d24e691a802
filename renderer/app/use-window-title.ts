import { useEffect } from 'react';
import { chosenSession } from '../sessions/chosen-session.ts';
import { useNavigation } from '../state/navigation.ts';
import { useStore } from '../state/store.ts';
import { plain } from '../ui/plain.ts';

/** The window's title names the account and the realm that the middle acts in. */
export function useWindowTitle(): void {
  const place = useNavigation((state) => state.place);
  const title = useStore(({ app }) => {
    if (!app || !('sessionId' in place)) return 'Gatehouse';
    const account = app.accounts[place.accountId];
    if (!account) return 'Gatehouse';
    const realm = (chosenSession(app, account.id, place.sessionId) ?? account).realm;
    return [plain(account.label, 60), realm && plain(realm.name, 60), 'Gatehouse']
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
