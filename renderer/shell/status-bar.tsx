import { CircleArrowUp, Clock, Hourglass, Monitor, Wifi, WifiOff } from 'lucide-react';
import { ReceiptBadge } from '../receipts/receipt-badge.tsx';
import { isUnconfirmed } from '../sessions/unconfirmed.ts';
import { useTimed } from '../state/clock.ts';
import { goTo, openDialog } from '../state/navigation.ts';
import { useApp, useAppList } from '../state/store.ts';
import { formatCount, formatDuration } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { StatusItem } from '../ui/status-item.tsx';
import { PracticeItem } from './practice-item.tsx';
import style from './status-bar.module.css';

/** Bottom: connection, lock, endings that no vendor has confirmed, and the counts. */
export function StatusBar() {
  const online = useApp((app) => app.appInfo.online);
  const host = useApp((app) => app.appInfo.host);
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
  return (
    <footer className={style.bar}>
      <StatusItem icon={online ? Wifi : WifiOff} tone={online ? undefined : 'wait'}>
        {online ? 'Online' : 'No connection'}
      </StatusItem>
      <LocksIn />
      {counts.unconfirmed > 0 && (
        <StatusItem icon={Hourglass} tone="wait" onPress={() => openDialog({ what: 'endings' })}>
          {formatCount(counts.unconfirmed, 'ending')} not confirmed yet
        </StatusItem>
      )}
      <ReceiptBadge />
      <UpdateReady />
      <PracticeItem />
      <span className={style.host}>
        <StatusItem icon={Monitor}>{sanitizeText(host, 60)}</StatusItem>
      </span>
      <span className={style.counts}>{words.filter(Boolean).join(' · ')}</span>
    </footer>
  );
}

function UpdateReady() {
  const { state, version } = useApp((app) => app.appInfo.updates);
  if (state !== 'ready') return null;
  return (
    <StatusItem icon={CircleArrowUp} onPress={() => goTo({ at: 'settings' })}>
      Gatehouse {sanitizeText(version, 30)} is ready
    </StatusItem>
  );
}

function LocksIn() {
  const locksAt = useApp((app) => app.vault.locksAt);
  const left = useTimed((now) => {
    if (locksAt === null) return null;
    const ms = locksAt - now;
    return ms < 60_000 ? formatDuration(ms) : `${Math.round(ms / 60_000)} min`;
  });
  if (left === null) return null;
  return <StatusItem icon={Clock}>Locks in {left}</StatusItem>;
}
