import { type KeyboardEvent, useState } from 'react';
import { act, call } from '../state/call.ts';
import { showAccount } from '../state/navigation.ts';
import { useAccount, useSession, useSessionsOf, useVendor } from '../state/store.ts';
import type { Realm, Session, Vendor } from '../state/types.ts';
import { useKeptRead, useRead } from '../state/use-read.ts';
import { useSubmit } from '../state/use-submit.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SearchField } from '../ui/search-field.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { OtherRealm } from './other-realm.tsx';
import { openRealms, realmChoices } from './realm-choices.ts';
import { type How, RealmRow } from './realm-row.tsx';
import style from './sessions.module.css';
import { showOpened } from './switch-realm.ts';

/** The vendor's realms for this login, pinned and recent ones first: move there, or open one beside. A switch that fails leaves the session as it is. */
export function SwitchRealmDialog({ sessionId, onClose }: { sessionId: string; onClose(): void }) {
  const session = useSession(sessionId);
  const vendor = useVendor(session?.vendor);
  if (!session || !vendor) return null;
  return <RealmSwitcher session={session} vendor={vendor} onClose={onClose} />;
}

function RealmSwitcher({ session, vendor, onClose }: { session: Session; vendor: Vendor; onClose(): void }) {
  const account = useAccount(session.accountId);
  const siblings = useSessionsOf(session.accountId);
  const memberships = useKeptRead('sessions.memberships', { sessionId: session.id });
  const used = useRead('realms.used', { accountId: session.accountId });
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  /** What is under way: "move ID" or "beside ID". */
  const [going, setGoing] = useState('');
  const { busy, failure, run } = useSubmit(async (realm: Realm, how: How, again?: boolean) => {
    setGoing(`${how} ${realm.id}`);
    const opened = await call('sessions.switchRealm', {
      sessionId: session.id,
      realm,
      how,
      again,
    });
    onClose();
    showOpened(session, opened);
  });
  const word = sanitizeText(vendor.words.realm, 40);
  const groups = realmChoices(
    memberships.value ?? [],
    used.value ?? [],
    session.realm?.id ?? null,
    typed,
    openRealms(session, siblings),
  );
  const choices = groups.flatMap((group) => group.choices).filter(({ here, closed }) => !here && !closed);
  const chosen = choices[Math.min(at, choices.length - 1)];
  const loading = !memberships.value && !memberships.failure;

  function show(sessionId: string) {
    onClose();
    showAccount(session.accountId, sessionId);
  }

  /** Up and Down choose, Enter switches to it, Shift Enter opens it as well. */
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, choices.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter' && chosen && !busy) {
      if (event.shiftKey) void run(chosen.realm, 'beside', chosen.openId !== undefined);
      else if (chosen.openId) show(chosen.openId);
      else void run(chosen.realm, 'move');
    } else return;
    event.preventDefault();
  }

  async function pin(realm: Realm, pinned: boolean) {
    await act('realms.pin', { accountId: session.accountId, realm, pinned });
    used.reload();
  }

  return (
    <Dialog
      title={`Switch ${word}`}
      subtitle={`${sanitizeText(account?.label ?? '', 60)} is in ${sanitizeText(session.realm?.name ?? `no ${word}`, 60)}. Enter switches: this session ends once the new one is active. Shift Enter opens one as well.`}
      onClose={onClose}
    >
      <SearchField
        label={`Search ${sanitizeText(vendor.words.realms, 40)}`}
        value={typed}
        onChange={(text) => {
          setTyped(text);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        autoFocus
      />
      {failure && <FailureNote failure={failure} />}
      {memberships.failure && <FailureNote failure={memberships.failure} onRetry={memberships.reload} />}
      <div className={style.realms}>
        {groups.map(({ title, choices: inGroup }) => (
          <section key={title} aria-label={title || sanitizeText(vendor.words.realms, 40)}>
            {title && <h3 className={style.realmGroup}>{title}</h3>}
            <ul>
              {inGroup.map((choice) => (
                <RealmRow
                  key={choice.realm.id}
                  choice={choice}
                  chosen={choice === chosen}
                  refusal={session.refusals.find(({ realmId }) => realmId === choice.realm.id)}
                  busy={busy ? going : null}
                  onGo={run}
                  onShow={show}
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
