import { useState } from 'react';
import { act, call } from '../state/call.ts';
import { showAccount } from '../state/navigation.ts';
import { useAccount, useSession, useVendor } from '../state/store.ts';
import type { Realm, Session, Vendor } from '../state/types.ts';
import { useKeptRead, useRead } from '../state/use-read.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SearchField } from '../ui/search-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { OtherRealm } from './other-realm.tsx';
import { realmChoices } from './realm-choices.ts';
import { RealmRow } from './realm-row.tsx';
import style from './sessions.module.css';

/** The vendor's realms for this login, pinned and recent ones first: move there, or open one beside. A switch that fails leaves the session as it is. */
export function SwitchRealmDialog({ sessionId, onClose }: { sessionId: string; onClose(): void }) {
  const session = useSession(sessionId);
  const vendor = useVendor(session?.vendor);
  if (!session || !vendor) return null;
  return <RealmSwitcher session={session} vendor={vendor} onClose={onClose} />;
}

function RealmSwitcher({ session, vendor, onClose }: { session: Session; vendor: Vendor; onClose(): void }) {
  const account = useAccount(session.accountId);
  const memberships = useKeptRead('sessions.memberships', { sessionId: session.id });
  const used = useRead('realms.used', { accountId: session.accountId });
  const [typed, setTyped] = useState('');
  /** What is under way: "move ID" or "beside ID". */
  const [going, setGoing] = useState('');
  const { busy, failure, run } = useSubmit(async (realm: Realm, how: 'move' | 'beside') => {
    setGoing(`${how} ${realm.id}`);
    const { sessionId } = await call('sessions.switchRealm', { sessionId: session.id, realm, how });
    showAccount(session.accountId, sessionId);
    onClose();
  });
  const word = sanitizeText(vendor.words.realm, 40);
  const groups = realmChoices(memberships.value ?? [], used.value ?? [], session.realm?.id ?? null, typed);
  const loading = !memberships.value && !memberships.failure;

  async function pin(realm: Realm, pinned: boolean) {
    await act('realms.pin', { accountId: session.accountId, realm, pinned });
    used.reload();
  }

  return (
    <Dialog
      title={`Switch ${word}`}
      subtitle={`${sanitizeText(account?.label ?? '', 60)} is in ${sanitizeText(session.realm?.name ?? `no ${word}`, 60)}. Move ends this session once the new one is active.`}
      onClose={onClose}
    >
      <SearchField label={`Find a ${word}`} value={typed} onChange={setTyped} autoFocus />
      {failure && <FailureNote failure={failure} />}
      {memberships.failure && <FailureNote failure={memberships.failure} onRetry={memberships.reload} />}
      <div className={style.realms}>
        {groups.map(({ title, choices }) => (
          <section key={title} aria-label={title || sanitizeText(vendor.words.realms, 40)}>
            {title && <h3 className={style.realmGroup}>{title}</h3>}
            <ul>
              {choices.map((choice) => (
                <RealmRow
                  key={choice.realm.id}
                  choice={choice}
                  refusal={session.refusals.find(({ realmId }) => realmId === choice.realm.id)}
                  busy={busy ? going : null}
                  onGo={run}
                  onPin={pin}
                />
              ))}
            </ul>
          </section>
        ))}
        {loading && <Skeleton rows={3} label={`Loading ${sanitizeText(vendor.words.realms, 40)}`} />}
        {groups.length === 0 && !loading && !vendor.otherRealm && (
          <p className={style.secondary}>
            {typed ? 'None has these words.' : `There is no other ${word} to go to.`}
          </p>
        )}
      </div>
      {vendor.otherRealm && (
        <OtherRealm
          words={vendor.otherRealm}
          busy={busy}
          error={failure?.fields?.realm}
          onGo={(realm, how) => void run(realm, how)}
        />
      )}
    </Dialog>
  );
}
