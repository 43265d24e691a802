import { useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import { showAccount } from '../state/navigation.ts';
import { useAccount, useSession, useVendor } from '../state/store.ts';
import type { Failure, Membership, Session } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plain } from '../ui/plain.ts';
import { SearchField } from '../ui/search-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { reload, useLoad } from './loads.ts';
import style from './sessions.module.css';

/** The vendor's realms for this login: move there, or open one beside. A switch that fails leaves the session as it is. */
export function SwitchRealmDialog({ sessionId, onClose }: { sessionId: string; onClose(): void }) {
  const session = useSession(sessionId);
  if (!session) return null;
  return <Shown session={session} onClose={onClose} />;
}

function Shown({ session, onClose }: { session: Session; onClose(): void }) {
  const account = useAccount(session.accountId);
  const vendor = useVendor(session.vendor);
  const load = useLoad('sessions.memberships', session.id);
  const [query, setQuery] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const word = plain(vendor?.words.realm ?? 'realm', 40);
  const again = () => void reload('sessions.memberships', session.id);
  const found = load.value?.filter(({ realm }) => realm.name.toLowerCase().includes(query.toLowerCase()));

  async function go(membership: Membership, how: 'move' | 'beside') {
    setBusy(true);
    setFailure(null);
    try {
      const { sessionId } = await call('sessions.switchRealm', {
        sessionId: session.id,
        realm: membership.realm,
        how,
      });
      showAccount(session.accountId, sessionId);
      onClose();
    } catch (error) {
      setFailure(asFailure(error));
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={`Switch ${word}`}
      subtitle={`${plain(account?.label ?? '', 60)} is in ${plain(session.realm?.name ?? `no ${word}`, 60)}. Move ends this session once the new one is active.`}
      onClose={onClose}
    >
      {(load.value?.length ?? 0) > 6 && (
        <SearchField label={`Find a ${word}`} value={query} onChange={setQuery} autoFocus />
      )}
      {failure && <FailureNote failure={failure} />}
      {load.failure && <FailureNote failure={load.failure} onRetry={again} />}
      {!found && !load.failure && (
        <Skeleton rows={3} label={`Loading ${plain(vendor?.words.realms ?? 'realms', 40)}`} />
      )}
      {found && (
        <ul className={style.realms}>
          {found.map((membership) => {
            const name = plain(membership.realm.name, 60);
            return (
              <li key={membership.realm.id} className={style.realm}>
                <span className={style.realmWho}>
                  <span className={style.where}>
                    <span className={`${style.strong} ${style.cut}`}>{name}</span>
                    {membership.badge && <Badge>{plain(membership.badge, 30)}</Badge>}
                  </span>
                  <VendorText
                    text={membership.roles.join(', ')}
                    className={style.secondary}
                    empty="No role"
                  />
                </span>
                {membership.here ? (
                  <span className={style.secondary}>here</span>
                ) : (
                  <>
                    <Button
                      size="small"
                      isDisabled={busy}
                      aria-label={`Move to ${name}`}
                      onPress={() => void go(membership, 'move')}
                    >
                      Move
                    </Button>
                    <Button
                      size="small"
                      isDisabled={busy}
                      aria-label={`Open ${name} beside`}
                      onPress={() => void go(membership, 'beside')}
                    >
                      Open beside
                    </Button>
                  </>
                )}
              </li>
            );
          })}
          {found.length === 0 && <li className={style.secondary}>None has this name.</li>}
        </ul>
      )}
    </Dialog>
  );
}
