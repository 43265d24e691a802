import { useRead } from '../state/use-read.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { ScrollPage } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { LiveSession } from './live-session.tsx';
import { NotLive, useLiveSession } from './live-session.tsx';
import { PersonView } from './person-view.tsx';
import { SessionTabs } from './session-tabs.tsx';
import { SessionTitle } from './session-title.tsx';

/** The login that a session belongs to, and what its owner may change of it. */
export function OwnLoginPage({ accountId, sessionId }: { accountId: string; sessionId: string }) {
  const live = useLiveSession(accountId, sessionId);
  return live ? <OwnLogin key={sessionId} {...live} /> : <NotLive accountId={accountId} />;
}

function OwnLogin({ account, session }: LiveSession) {
  const login = useRead('login.page', { sessionId: session.id });
  return (
    <ScrollPage practice={account.practice} dense>
      <SessionTitle account={account} session={session} />
      <SessionTabs account={account} session={session} tab="own-login" />
      {login.failure && <FailureNote failure={login.failure} onRetry={login.reload} />}
      {!login.value && !login.failure && <Skeleton rows={6} label="Loading your login" />}
      {login.value && (
        <PersonView
          page={login.value}
          busy={login.busy}
          channel="login.act"
          sessionId={session.id}
          onDone={login.reload}
        />
      )}
    </ScrollPage>
  );
}
