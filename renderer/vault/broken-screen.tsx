import { FolderOpen } from 'lucide-react';
import { act } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Gate } from './gate.tsx';
import { ByKeyring, ByPassphrase } from './lock-screen.tsx';
import style from './vault.module.css';
import { WaysOut } from './ways-out.tsx';

const unknown = { kind: 'vault-broken', message: 'The vault can’t be read.' } as const;

/** The vault or the database can't be used: why, where the data lies, and the ways out. Nothing here deletes anything. */
export function BrokenScreen() {
  const vault = useApp((app) => app.vault);
  const { storeFailure, dataFolder } = useApp((app) => app.appInfo);
  const failure = storeFailure ?? vault.failure ?? unknown;
  return (
    <Gate
      wide
      title={storeFailure ? 'The stored data can’t be used' : 'The vault can’t be opened'}
      lead="Nothing was deleted or written over."
    >
      {(storeFailure || vault.hasPassphrase) && <FailureNote failure={failure} announce={false} />}
      {!storeFailure && (vault.hasPassphrase ? <ByPassphrase /> : <ByKeyring label="Try again" />)}
      {storeFailure && <WaysOut />}
      <div className={style.folder}>
        <div className={style.path}>
          <p className={style.small}>
            Everything is in this folder. Copy it before you try to repair anything
            {storeFailure && '; once the cause is gone, quit and start Gatehouse again'}.
          </p>
          <code>{dataFolder}</code>
        </div>
        <Button icon={FolderOpen} onPress={() => act('app.openDataFolder')}>
          Open folder
        </Button>
      </div>
    </Gate>
  );
}
