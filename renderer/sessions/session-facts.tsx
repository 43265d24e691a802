import { CircleAlert, CircleCheck, CircleDashed, Hourglass } from 'lucide-react';
import { useTimed } from '../state/clock.ts';
import { useApp } from '../state/store.ts';
import type { Session, Vendor } from '../state/types.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { formatDuration, formatFullTime, formatTimeTitle, isValidTime } from '../ui/format.ts';
import { Facts } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { RealmFact } from './realm-fact.tsx';
import { sessionStatus, timeLeftTone } from './session-status.ts';
import style from './sessions.module.css';

const icons: Partial<Record<Tone, typeof CircleCheck>> = {
  ok: CircleCheck,
  wait: Hourglass,
  bad: CircleAlert,
};

/** State, realm, signed in, and the time left where the vendor states it; where not, only how long it is open. */
export function SessionFacts({ session, vendor }: { session: Session; vendor: Vendor | undefined }) {
  const ask = useApp(
    (app) => Object.values(app.prompts).find((prompt) => prompt.sessionId === session.id)?.ask,
  );
  const tone = useTimed((now) => sessionStatus(session, ask, now).tone);
  const long = useTimed((now) => sessionStatus(session, ask, now).long);
  const began = useTimed((now) => formatTimeTitle(session.openedAt ?? session.startedAt, now));
  const realmWord = vendor?.words.realm ?? 'realm';
  const opened = session.openedAt !== null;
  const method = session.method ? `, ${sanitizeText(session.method, 60)}` : '';
  return (
    <Facts
      facts={[
        {
          label: 'State',
          value: (
            <Badge tone={tone} icon={icons[tone] ?? CircleDashed}>
              {long}
            </Badge>
          ),
        },
        {
          label: realmWord.charAt(0).toUpperCase() + realmWord.slice(1),
          value: <RealmFact session={session} canList={vendor?.abilities.includes('realms') ?? false} />,
        },
        {
          label: opened ? 'Signed in' : 'Started',
          value: (
            <span title={formatFullTime(session.openedAt ?? session.startedAt)}>
              {began}
              {method}
            </span>
          ),
        },
        ...(opened ? [{ label: timeLabel(session), value: <TimeFact session={session} /> }] : []),
      ]}
    />
  );
}

const timeLabel = (session: Session): string => {
  if (session.state !== 'active') return 'Was open for';
  return session.expiresAt === null ? 'Open for' : 'Time left';
};

function TimeFact({ session }: { session: Session }) {
  const text = useTimed((now) => {
    if (session.state !== 'active')
      return formatDuration(
        (session.endedAt ?? session.ending?.orderedAt ?? session.checkedAt ?? now) -
          (session.openedAt ?? now),
      );
    return formatDuration(
      session.expiresAt === null ? now - (session.openedAt ?? now) : session.expiresAt - now,
    );
  });
  const tone = useTimed((now) =>
    session.state === 'active' && session.expiresAt !== null ? timeLeftTone(session.expiresAt - now) : 'off',
  );
  return (
    <span
      className={tone === 'wait' ? style.waitInk : tone === 'bad' ? style.badInk : undefined}
      title={
        session.expiresAt === null || !isValidTime(session.expiresAt)
          ? undefined
          : `Until ${formatFullTime(session.expiresAt)}`
      }
    >
      {text}
    </span>
  );
}
