import { useTimed } from '../state/clock.ts';
import { useApp } from '../state/store.ts';
import type { Session } from '../state/types.ts';
import { formatCount, formatDuration } from '../ui/format.ts';

/** "11 sessions in 9 realms · 3 need you · the next one ends in 22 m". */
export function LiveSummary({ sessions }: { sessions: readonly Session[] }) {
  const prompts = useApp((app) => Object.keys(app.prompts).length);
  const active = sessions.filter(({ state }) => state === 'active');
  const realms = new Set(active.map(({ vendor, realm }) => (realm ? `${vendor} ${realm.id}` : '')));
  realms.delete('');
  const next = active.reduce((least, { expiresAt }) => Math.min(least, expiresAt ?? Infinity), Infinity);
  const left = useTimed((now) => (next === Infinity ? null : formatDuration(Math.max(0, next - now))));
  return (
    <>
      <strong>{formatCount(active.length, 'session')}</strong>
      {realms.size > 0 && ` in ${formatCount(realms.size, 'realm')}`}
      {prompts > 0 && (
        <>
          {' · '}
          <strong>{prompts === 1 ? '1 needs you' : `${prompts} need you`}</strong>
        </>
      )}
      {left !== null && (
        <>
          {' · the next one ends in '}
          <strong>{left}</strong>
        </>
      )}
    </>
  );
}
