import { CircleAlert, Hourglass, MonitorSmartphone } from 'lucide-react';
import { useEffect } from 'react';
import { endRemote, placeOf } from '../sessions/end-remote.ts';
import { isUnconfirmed } from '../sessions/unconfirmed.ts';
import { act } from '../state/call.ts';
import { showAccount } from '../state/navigation.ts';
import { useAccount, useApp, useAppList } from '../state/store.ts';
import type { Elsewhere, RemoteEnding, Session } from '../state/types.ts';
import { useRead } from '../state/use-read.ts';
import { Button, RowButton } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './live.module.css';
import { liveSessions } from './live-rows.ts';
import { showChip } from './live-view.ts';
import { most, RailSection, SessionLink } from './rail-parts.tsx';

/** ms between two questions to main, which looks at one more list only when one is due. */
const ask = 30_000;

/** What may go on without anybody's eye on it, and the logins that are open elsewhere, too. */
export function AtRisk() {
  const risky = useAppList((app) => liveSessions(app.sessions).filter(isAtRisk));
  const refused = useAppList((app) => Object.values(app.remoteEndings).filter(({ failure }) => failure));
  const elsewhere = useElsewhere();
  const count = risky.length + refused.length + elsewhere.length;
  if (count === 0) return null;
  // Some of each kind are in sight, whatever there is much of.
  const ours = risky.slice(0, Math.max(most - elsewhere.length, 3));
  return (
    <RailSection title="At risk" count={count}>
      <ul className={style.railCard}>
        {refused.map((order) => (
          <Refused key={order.id} order={order} />
        ))}
        {ours.map((session) => (
          <Risk key={session.id} session={session} />
        ))}
        {elsewhere.slice(0, most).map((one) => (
          <OpenElsewhere key={`${one.accountId} ${one.remoteId}`} one={one} />
        ))}
      </ul>
      {risky.length > ours.length && (
        <Button size="small" variant="link" onPress={() => showChip(riskChip(risky.slice(ours.length)))}>
          Show {risky.length - ours.length} more
        </Button>
      )}
      {elsewhere.length > most && (
        <p className={style.railNone}>
          {elsewhere.length - most} more are open elsewhere; each stands on its session’s page.
        </p>
      )}
    </RailSection>
  );
}

const isAtRisk = (session: Session): boolean => {
  // Somebody has just signed out of it and may still undo that.
  if (session.ending?.undoUntil !== undefined && session.ending.attempts === 0) return false;
  return (
    isUnconfirmed(session) ||
    session.state === 'failed' ||
    session.state === 'expired' ||
    (session.state === 'active' && session.checkFailure !== null)
  );
};

/** The chip that shows these, or most of them. */
function riskChip([first]: readonly Session[]): 'unconfirmed' | 'failed' | 'active' {
  if (!first || isUnconfirmed(first)) return 'unconfirmed';
  return first.state === 'active' ? 'active' : 'failed';
}

/** Asked for while this is looked at: not while the window is hidden, nor while it is locked, as then it isn't there. */
function useElsewhere(): readonly Elsewhere[] {
  const read = useRead('sessions.elsewhere');
  const orders = useApp((app) => Object.keys(app.remoteEndings).length);
  const { reload } = read;
  useEffect(() => {
    // An order was given, undone or carried out: what main tells has changed.
    if (orders >= 0) reload();
    const timer = window.setInterval(() => document.visibilityState === 'visible' && reload(), ask);
    return () => window.clearInterval(timer);
  }, [orders, reload]);
  const accounts = useApp((app) => app.accounts);
  return (read.value ?? []).filter(({ accountId }) => accounts[accountId]);
}

function Risk({ session }: { session: Session }) {
  const owed = isUnconfirmed(session);
  const Icon = owed ? Hourglass : CircleAlert;
  return (
    <li className={style.railRow}>
      <span className={owed ? style.waitInk : style.badInk}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </span>
      <span className={style.railWords}>
        <SessionLink session={session} />
        <span className={style.railDetail}>{riskOf(session)}</span>
      </span>
      {session.state === 'ending' && (
        <RowButton
          label="Try ending it now"
          onPress={() => void act('sessions.tryEndingNow', { sessionId: session.id })}
        >
          Try now
        </RowButton>
      )}
      {session.state === 'active' && (
        <RowButton label="Check it now" onPress={() => void act('sessions.check', { sessionId: session.id })}>
          Check
        </RowButton>
      )}
    </li>
  );
}

function riskOf(session: Session): string {
  if (session.endedHow === 'possibly-alive') return 'may still be alive at the vendor';
  if (isUnconfirmed(session)) return 'is not confirmed as ended';
  if (session.state === 'failed') return 'could not be signed in';
  if (session.state === 'expired') return 'has ended elsewhere or run out';
  return 'could not be checked';
}

function OpenElsewhere({ one }: { one: Elsewhere }) {
  const account = useAccount(one.accountId);
  const label = sanitizeText(account?.label ?? '', 60);
  return (
    <li className={style.railRow}>
      <span className={style.waitInk}>
        <MonitorSmartphone size={16} strokeWidth={1.75} aria-hidden />
      </span>
      <span className={style.railWords}>
        <button
          type="button"
          className={style.railLink}
          title={`Show ${label}`}
          onClick={() => showAccount(one.accountId, one.sessionId)}
        >
          <bdi>{label}</bdi>
        </button>
        <span className={style.railDetail}>is also open in {placeOf(one)}</span>
      </span>
      {one.canEnd && (
        <RowButton
          label={`End the session of ${label} in ${placeOf(one)}`}
          onPress={() => void endRemote(one.sessionId, one.remoteId, placeOf(one))}
        >
          End
        </RowButton>
      )}
    </li>
  );
}

/** A session elsewhere that the vendor did not end. */
function Refused({ order }: { order: RemoteEnding }) {
  const account = useAccount(order.accountId);
  const label = sanitizeText(account?.label ?? 'Removed account', 60);
  return (
    <li className={style.railRow}>
      <span className={style.badInk}>
        <CircleAlert size={16} strokeWidth={1.75} aria-hidden />
      </span>
      <span className={style.railWords}>
        <button
          type="button"
          className={style.railLink}
          onClick={() => showAccount(order.accountId, order.sessionId)}
        >
          <bdi>{label}</bdi>
        </button>
        <span className={style.railDetail}>
          {order.nextTryAt === null ? 'was not ended' : 'is not ended yet'} in {sanitizeText(order.where, 60)}
          : {sanitizeText(order.failure?.message ?? '', 160)}
        </span>
      </span>
      <RowButton
        label={`Give up ending the session of ${label}`}
        onPress={() => void act('sessions.withdrawEndRemote', { id: order.id })}
      >
        Give up
      </RowButton>
    </li>
  );
}
