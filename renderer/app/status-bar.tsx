import { Clock, FlaskConical, Hourglass, Monitor, Wifi, WifiOff } from 'lucide-react';
import { ReceiptBadge } from '../receipts/receipt-badge.tsx';
import { isUnconfirmed } from '../sessions/unconfirmed.ts';
import { useTimed } from '../state/clock.ts';
import { openDialog } from '../state/navigation.ts';
import { useApp, useAppList } from '../state/store.ts';
import { plain } from '../ui/plain.ts';
import { count, span } from '../ui/words.ts';
import style from './status-bar.module.css';

/** Bottom: connection, lock, endings that no vendor has confirmed, and the counts. */
export function StatusBar() {
  const online = useApp((app) => app.appInfo.online);
  const host = useApp((app) => app.appInfo.host);
  const practice = useApp((app) => app.appInfo.practice.state);
  const counts = useAppList((app) => {
    const states = { active: 0, waiting: 0, failed: 0, unconfirmed: 0 };
    for (const session of Object.values(app.sessions)) {
      const { state } = session;
      if (isUnconfirmed(session)) states.unconfirmed += 1;
      if (state === 'active') states.active += 1;
      else if (state === 'waiting') states.waiting += 1;
      else if (state === 'failed') states.failed += 1;
    }
    return states;
  });
  const words = [
    `${counts.active} active`,
    counts.waiting > 0 && `${counts.waiting} waiting`,
    counts.failed > 0 && `${counts.failed} failed`,
  ];
  const Signal = online ? Wifi : WifiOff;
  return (
    <footer className={style.bar}>
      <span className={`${style.item} ${online ? '' : style.wait}`}>
        <Signal size={14} strokeWidth={1.75} aria-hidden />
        {online ? 'Online' : 'No connection'}
      </span>
      <LocksIn />
      {counts.unconfirmed > 0 && (
        <button
          type="button"
          className={`${style.item} ${style.button} ${style.wait}`}
          onClick={() => openDialog({ what: 'endings' })}
        >
          <Hourglass size={14} strokeWidth={1.75} aria-hidden />
          {count(counts.unconfirmed, 'ending')} not confirmed yet
        </button>
      )}
      <ReceiptBadge />
      {practice === 'running' && (
        <span className={`${style.item} ${style.practice}`}>
          <FlaskConical size={14} strokeWidth={1.75} aria-hidden />
          Practice servers running
        </span>
      )}
      <span className={`${style.item} ${style.host}`}>
        <Monitor size={14} strokeWidth={1.75} aria-hidden />
        {plain(host, 60)}
      </span>
      <span className={style.counts}>{words.filter(Boolean).join(' · ')}</span>
    </footer>
  );
}

function LocksIn() {
  const locksAt = useApp((app) => app.vault.locksAt);
  const left = useTimed((now) => {
    if (locksAt === null) return null;
    const ms = locksAt - now;
    return ms < 60_000 ? span(ms) : `${Math.round(ms / 60_000)} min`;
  });
  if (left === null) return null;
  return (
    <span className={style.item}>
      <Clock size={14} strokeWidth={1.75} aria-hidden />
      Locks in {left}
    </span>
  );
}
