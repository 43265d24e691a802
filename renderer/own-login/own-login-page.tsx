import { SourceTitle } from '../people/desk-title.tsx';
import type { Live } from '../people/people-place.tsx';
import { NotLive, useLive } from '../people/people-place.tsx';
import { PersonView } from '../people/person-view.tsx';
import { SessionTabs } from '../people/session-tabs.tsx';
import { useAnswer } from '../people/use-answer.ts';
import { call } from '../state/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import room from '../ui/room.module.css';
import { Skeleton } from '../ui/skeleton.tsx';

/** The login that a session belongs to, and what its owner may change of it. */
export function OwnLoginPage({ accountId, sessionId }: { accountId: string; sessionId: string }) {
  const live = useLive(accountId, sessionId);
  return live ? <Shown key={sessionId} {...live} /> : <NotLive accountId={accountId} />;
}

function Shown({ account, session }: Live) {
  const login = useAnswer(session.id, () => call('login.page', { sessionId: session.id }));
  return (
    <div className={`${room.scrollRoom} ${account.practice ? room.practice : ''}`}>
      <div className={room.content}>
        <SourceTitle account={account} session={session} />
        <SessionTabs account={account} session={session} tab="own-login" />
        {login.failure && <FailureNote failure={login.failure} onRetry={login.again} />}
        {!login.value && !login.failure && <Skeleton rows={6} label="Loading your login" />}
        {login.value && (
          <PersonView
            page={login.value}
            busy={login.busy}
            channel="login.act"
            sessionId={session.id}
            onDone={login.again}
          />
        )}
      </div>
    </div>
  );
}
