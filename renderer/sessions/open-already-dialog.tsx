import { useAccount, useSession } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { RealmName } from '../ui/realm-name.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { signIn } from './session-actions.ts';
import { openBeside } from './switch-realm.ts';

interface Props {
  /** The one that is open, and shown behind this. */
  sessionId: string;
  /** The session that was switched from; null for a sign-in. */
  from: string | null;
  onClose(): void;
}

/** Asks before a realm is opened twice. */
export function OpenAlreadyDialog({ sessionId, from, onClose }: Props) {
  const session = useSession(sessionId);
  const account = useAccount(session?.accountId);
  const origin = useSession(from ?? undefined);
  if (!session || !account) return null;

  function openAnother() {
    onClose();
    if (origin && session?.realm) void openBeside(origin, session.realm, true);
    else if (session) void signIn(session.accountId, true);
  }

  return (
    <Dialog title="Signed in already" size="small" alert onClose={onClose} noClose>
      <p>
        {sanitizeText(account.label, 60)} is signed in
        {session.realm && (
          <>
            {' to '}
            <RealmName realm={session.realm} />
          </>
        )}
        . That session is shown now; nothing was opened.
      </p>
      <DialogActions end={<Button onPress={openAnother}>Open as well</Button>}>
        <Button variant="main" autoFocus onPress={onClose}>
          Use this one
        </Button>
      </DialogActions>
    </Dialog>
  );
}
