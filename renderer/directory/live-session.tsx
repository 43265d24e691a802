import { showAccount } from '../state/navigation.ts';
import { useAccount, useSession, useVendor } from '../state/store.ts';
import type { Account, Session, Vendor } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export interface LiveSession {
  account: Account;
  session: Session;
  vendor: Vendor;
}

/** An account and a session of it while that is active. */
export function useLiveSession(accountId: string, sessionId: string): LiveSession | null {
  const account = useAccount(accountId);
  const session = useSession(sessionId);
  const vendor = useVendor(account?.vendor);
  return account && vendor && session?.state === 'active' ? { account, session, vendor } : null;
}

/** In place of a page that needs a live session. */
export function NotLive({ accountId }: { accountId: string }) {
  return (
    <EmptyState
      level={1}
      title="This session is not active any more"
      actions={<Button onPress={() => showAccount(accountId)}>Show the account</Button>}
    >
      What you were looking at belongs to a live session. Sign in again to go on.
    </EmptyState>
  );
}
