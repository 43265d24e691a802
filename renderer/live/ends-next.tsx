import { useState } from 'react';
import { timeLeftTone } from '../sessions/session-status.ts';
import { act } from '../state/call.ts';
import { useNow, useTimed } from '../state/clock.ts';
import { useAccount, useAppList } from '../state/store.ts';
import type { Session } from '../state/types.ts';
import { Button, RowButton } from '../ui/button.tsx';
import { formatShortDuration } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './live.module.css';
import { labelOf } from './live-rows.ts';
import { most, RailSection, SessionLink } from './rail-parts.tsx';

const hour = 60 * 60_000;

const words = { 'keep-alive': 'Keep alive', renew: 'Renew' } as const;

const renewable = ({ renewal }: Session): boolean => renewal !== undefined && renewal.not === undefined;

/** The open sessions that run out first, each with what puts its end off. */
export function EndsNext() {
  const sessions = useAppList((app) =>
    Object.values(app.sessions)
      .filter(({ state, expiresAt }) => state === 'active' && expiresAt !== null)
      .toSorted((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0)),
  );
  const now = useNow(60_000);
  const soon = sessions.filter((one) => (one.expiresAt ?? Infinity) - now < hour && renewable(one));
  return (
    <RailSection title="Ends next">
      {sessions.length === 0 ? (
        <p className={style.railNone}>No open session has a stated end.</p>
      ) : (
        <ul className={style.railCard}>
          {sessions.slice(0, most).map((session) => (
            <Ending key={session.id} session={session} />
          ))}
        </ul>
      )}
      {soon.length > 1 && <RenewAll sessions={soon} />}
    </RailSection>
  );
}

function Ending({ session }: { session: Session }) {
  const account = useAccount(session.accountId);
  const timed = useTimed((now) => {
    const left = (session.expiresAt ?? now) - now;
    return `${timeLeftTone(left)} ${formatShortDuration(Math.max(0, left))}`;
  });
  const [tone, ...left] = timed.split(' ');
  const { renewal } = session;
  return (
    <li className={style.railRow}>
      <span className={style.railWords}>
        <SessionLink session={session} />
        {renewal?.not && <span className={style.railDetail}>{sanitizeText(renewal.not, 120)}</span>}
      </span>
      <span className={style[`${tone}Ink`]}>{left.join(' ')}</span>
      {renewal && !renewal.not && (
        <RenewOne session={session} label={words[renewal.how]} of={labelOf(session, account)} />
      )}
    </li>
  );
}

function RenewOne({ session, label, of }: { session: Session; label: string; of: string }) {
  return (
    <RowButton
      label={`${label}: ${sanitizeText(of, 60)}`}
      onPress={() => void act('sessions.renew', { sessionId: session.id })}
    >
      {label}
    </RowButton>
  );
}

/** One after another: what fails says so, the others go on. */
function RenewAll({ sessions }: { sessions: readonly Session[] }) {
  const [busy, setBusy] = useState(false);
  const hows = new Set(sessions.map(({ renewal }) => renewal?.how));
  const verb = hows.size > 1 ? 'Keep alive or renew' : hows.has('renew') ? 'Renew' : 'Keep alive';

  async function run() {
    setBusy(true);
    for (const { id } of sessions) await act('sessions.renew', { sessionId: id });
    setBusy(false);
  }

  return (
    <Button size="small" isPending={busy} onPress={() => void run()}>
      {verb} all {sessions.length} within the hour
    </Button>
  );
}
