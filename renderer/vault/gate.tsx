import type { ReactNode } from 'react';
import { act } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Mark } from '../ui/mark.tsx';
import style from './vault.module.css';

type Props = { title: string; lead?: ReactNode; children: ReactNode; wide?: boolean };

/** The frame of the pages before the vault is open: mark, one card, the way out. Says nothing about any account. */
export function Gate({ title, lead, children, wide = false }: Props) {
  const version = useApp((app) => app.appInfo.version);
  const vaultBroken = useApp((app) => app.vault.state === 'broken');
  const storeFailure = useApp((app) => app.appInfo.storeFailure);
  return (
    <div className={style.gate}>
      <main className={`${style.card} ${wide ? style.wide : ''}`}>
        <header className={style.header}>
          <Mark size={40} />
          <div>
            <h1 className={style.title}>{title}</h1>
            {lead && <p className={style.lead}>{lead}</p>}
          </div>
        </header>
        {storeFailure && !vaultBroken && <FailureNote failure={storeFailure} announce={false} />}
        {children}
      </main>
      <footer className={style.foot}>
        <span>Gatehouse {version}</span>
        <Button size="small" variant="quiet" onPress={() => act('app.quit', { endAll: false })}>
          Quit
        </Button>
      </footer>
    </div>
  );
}
