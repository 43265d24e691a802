import { NotLive, useLiveSession } from './live-session.tsx';
import { PeoplePage } from './people-page.tsx';
import { PersonPage } from './person-page.tsx';

interface Props {
  accountId: string;
  sessionId: string;
  personId: string | null;
}

/** The people that a live session can look into, or one of them. */
export function DirectoryRoute({ accountId, sessionId, personId }: Props) {
  const live = useLiveSession(accountId, sessionId);
  if (!live) return <NotLive accountId={accountId} />;
  if (personId === null) return <PeoplePage key={sessionId} {...live} />;
  return <PersonPage key={`${sessionId} ${personId}`} {...live} personId={personId} />;
}
