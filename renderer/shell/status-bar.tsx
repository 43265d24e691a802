import { CircleArrowUp, Clock, Hourglass, Monitor, Wifi, WifiOff } from 'lucide-react';
import { chipCounts, liveSessions } from '../live/live-rows.ts';
import { setLiveFilter, showChip } from '../live/live-view.ts';
import { ReceiptBadge } from '../receipts/receipt-badge.tsx';
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
  const counts = useAppList(({ sessions }) => chipCounts(liveSessions(sessions), 0));
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
      <span className={style.counts}>
        <Count chip="active" count={counts.active} />
        {counts.waiting > 0 && <Count chip="waiting" count={counts.waiting} />}
        {counts.failed > 0 && <Count chip="failed" count={counts.failed} />}
      </span>
    </footer>
  );
}

/** What is counted leads to its rows. */
function Count({ chip, count }: { chip: 'active' | 'waiting' | 'failed'; count: number }) {
  function show() {
    goTo({ at: 'live' });
    setLiveFilter('');
    showChip(chip);
  }
  return (
    <StatusItem onPress={show}>
      {count} {chip}
    </StatusItem>
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
