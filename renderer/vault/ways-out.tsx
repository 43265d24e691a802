import { History } from 'lucide-react';
import { useState } from 'react';
import { call } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import type { AppInfo } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { plain } from '../ui/plain.ts';
import { fullMoment } from '../ui/words.ts';
import style from './vault.module.css';

type Backup = AppInfo['backups'][number];

const inUnit = (unit: string, maximumFractionDigits: number) =>
  new Intl.NumberFormat('en-GB', { style: 'unit', unit, maximumFractionDigits });
const kilobytes = inUnit('kilobyte', 0);
const megabytes = inUnit('megabyte', 1);

const size = (bytes: number): string =>
  bytes < 1_000_000 ? kilobytes.format(bytes / 1000) : megabytes.format(bytes / 1_000_000);

/** What can be done when the database can't be used: go back to a backup, or begin with nothing. */
export function WaysOut() {
  const { backups } = useApp((app) => app.appInfo);
  const [asks, setAsks] = useState<Backup | 'anew' | null>(null);
  const close = () => setAsks(null);
  return (
    <>
      <section className={style.way} aria-labelledby="backups">
        <h2 id="backups" className={style.wayTitle}>
          Backups
        </h2>
        {backups.length === 0 ? (
          <p className={style.small}>There is no backup in the data folder.</p>
        ) : (
          <ul className={style.backups}>
            {backups.map((backup) => (
              <li key={backup.name}>
                <History size={16} strokeWidth={1.75} aria-hidden />
                <span className={style.backup}>
                  <span>{fullMoment(backup.madeAt)}</span>
                  <span className={style.small}>{size(backup.bytes)}</span>
                </span>
                <Button
                  size="small"
                  aria-label={`Put the backup of ${fullMoment(backup.madeAt)} in its place`}
                  onPress={() => setAsks(backup)}
                >
                  Put in its place…
                </Button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section className={style.way} aria-labelledby="anew">
        <h2 id="anew" className={style.wayTitle}>
          Without a backup
        </h2>
        <div className={style.actions}>
          <Button onPress={() => setAsks('anew')}>Start with an empty desk…</Button>
        </div>
      </section>
      {asks === 'anew' ? (
        <StartAnew onClose={close} />
      ) : (
        asks && <RestoreBackup backup={asks} onClose={close} />
      )}
    </>
  );
}

function RestoreBackup({ backup, onClose }: { backup: Backup; onClose(): void }) {
  return (
    <Confirm
      title="Put this backup in its place"
      action="Put it in its place"
      danger={false}
      onConfirm={() => call('store.restoreBackup', { name: backup.name })}
      onClose={onClose}
    >
      <p>
        Gatehouse starts again with what was stored by {fullMoment(backup.madeAt)}. Accounts and sessions from
        after that moment are not in it; such sessions stay open at the vendors.
      </p>
      <KeptAside />
    </Confirm>
  );
}

function StartAnew({ onClose }: { onClose(): void }) {
  return (
    <Confirm
      title="Start with an empty desk"
      action="Start empty"
      onConfirm={() => call('store.startAnew')}
      onClose={onClose}
    >
      <p>
        Gatehouse starts again with a new vault and no accounts. It no longer knows the sessions that it
        opened; they stay open at the vendors until someone ends them there.
      </p>
      <KeptAside />
    </Confirm>
  );
}

function KeptAside() {
  const { dataFolder } = useApp((app) => app.appInfo);
  return (
    <p className={style.aside}>
      The present files are not deleted. They are kept aside in <code>{plain(dataFolder, 300)}</code>.
    </p>
  );
}
