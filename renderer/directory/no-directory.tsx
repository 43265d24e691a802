import { LogIn, Users } from 'lucide-react';
import { signIn } from '../sessions/session-actions.ts';
import { showAccount, useNavigation } from '../state/navigation.ts';
import { useApp, useAppList } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { directorySession, openDirectory } from './open-directory.ts';

/** Ways in that are offered; the account list has the others. */
const most = 4;

/** In place of the directory while no session can look people up: how to get one. */
export function NoDirectory() {
  const last = useNavigation((state) => state.lastDirectory);
  const isThere = useApp((app) => directorySession(app, last) !== undefined);
  const ways = useAppList((app) => {
    const able = new Set(
      app.vendors.filter(({ abilities }) => abilities.includes('people')).map(({ id }) => id),
    );
    return Object.values(app.accounts)
      .filter(({ vendor }) => able.has(vendor))
      .slice(0, most);
  });
  if (isThere)
    return (
      <EmptyState
        level={1}
        title="The directory is there"
        actions={
          <Button variant="main" icon={Users} onPress={openDirectory}>
            Open the directory
          </Button>
        }
      >
        A session has become active that can look people up.
      </EmptyState>
    );
  return (
    <EmptyState
      level={1}
      title="No live session can look people up"
      actions={ways.map(({ id, label }) => (
        <Button
          key={id}
          icon={LogIn}
          onPress={() => {
            showAccount(id);
            void signIn(id);
          }}
        >
          Sign in to {sanitizeText(label, 40)}
        </Button>
      ))}
    >
      {ways.length > 0
        ? 'The directory shows the people that a session can look into. Sign in to one of these, then come back.'
        : 'No account here belongs to a vendor whose people can be looked up. Add one that does.'}
    </EmptyState>
  );
}
