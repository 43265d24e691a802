import type { Membership, Realm, Session } from '../state/types.ts';
import { useKeptRead } from '../state/use-read.ts';
import { RealmName } from '../ui/realm-name.tsx';

/**
 * The realm that a session acts in, by its name: the vendor's list of realms knows it where the session has its id alone or says
 * nothing of it.
 */
export function realmByName(realm: Realm | null, memberships: readonly Membership[]): Realm | null {
  if (realm && realm.name !== realm.id) return realm;
  const found = memberships.find(({ realm: one, here }) => (realm ? one.id === realm.id : here));
  return found?.realm ?? realm;
}

/** `canList`: the vendor lists realms. */
export function RealmFact({ session, canList }: { session: Session; canList: boolean }) {
  const isNamed = session.realm !== null && session.realm.name !== session.realm.id;
  if (isNamed || !canList || session.state !== 'active') return <RealmOrNone realm={session.realm} />;
  return <ListedRealm session={session} />;
}

/** The read is shared with the section of the memberships. */
function ListedRealm({ session }: { session: Session }) {
  const memberships = useKeptRead('sessions.memberships', { sessionId: session.id });
  return <RealmOrNone realm={realmByName(session.realm, memberships.value ?? [])} />;
}

const RealmOrNone = ({ realm }: { realm: Realm | null }) =>
  realm ? <RealmName realm={realm} /> : 'The vendor’s choice';
