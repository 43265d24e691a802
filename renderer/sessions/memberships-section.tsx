import { CircleAlert } from 'lucide-react';
import { useTimed } from '../state/clock.ts';
import { showAccount } from '../state/navigation.ts';
import { useSessionsOf } from '../state/store.ts';
import type { Membership, Realm, RealmRefusal, Session, Vendor } from '../state/types.ts';
import { useKeptRead } from '../state/use-read.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Note } from '../ui/note.tsx';
import { Card } from '../ui/page.tsx';
import { RealmName } from '../ui/realm-name.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type Column, Table } from '../ui/table.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { ReadSection } from './read-section.tsx';
import { openRealms } from './realm-choices.ts';
import { refusalText } from './refusal-text.ts';
import { canSwitchRealm } from './session-actions.ts';
import style from './sessions.module.css';
import { openBeside } from './switch-realm.ts';

/** Where this person may act, with the vendor's roles; a session in another one opens beside this. */
export function MembershipsSection({ session, vendor }: { session: Session; vendor: Vendor }) {
  const memberships = useKeptRead('sessions.memberships', { sessionId: session.id });
  const switches = canSwitchRealm(vendor);
  const open = openRealms(session, useSessionsOf(session.accountId));
  const hasDetail = memberships.value?.some(({ detail, closed }) => closed ?? detail) ?? false;
  const refusalOf = (id: string) => session.refusals.find(({ realmId }) => realmId === id);
  const realm = sanitizeText(vendor.words.realm, 40);
  const columns: Column<Membership>[] = [
    {
      id: 'realm',
      title: realm.charAt(0).toUpperCase() + realm.slice(1),
      width: '45%',
      cell: ({ realm: where, badge }) => (
        <span className={style.where}>
          <RealmName realm={where} />
          {badge && <Badge>{sanitizeText(badge, 30)}</Badge>}
          {refusalOf(where.id) && <Badge tone="bad">refused</Badge>}
        </span>
      ),
    },
    {
      id: 'roles',
      title: 'Roles',
      width: '35%',
      cell: ({ roles }) => <VendorText text={roles.join(', ')} length={80} />,
    },
    ...(hasDetail
      ? [
          {
            id: 'detail',
            title: 'Details',
            width: '20%',
            minor: true,
            cell: ({ detail, closed }: Membership) =>
              closed ? (
                <span title={sanitizeText(closed, 200)}>{sanitizeText(closed, 200)}</span>
              ) : (
                <VendorText text={detail} length={60} />
              ),
          },
        ]
      : []),
    {
      id: 'actions',
      title: '',
      width: '130px',
      fit: true,
      align: 'end',
      cell: (membership) =>
        membership.here ? (
          'here'
        ) : open.has(membership.realm.id) ? (
          <Button
            variant="link"
            size="small"
            aria-label={`Show the session in ${sanitizeText(membership.realm.name, 60)}`}
            onPress={() => showAccount(session.accountId, open.get(membership.realm.id))}
          >
            Show
          </Button>
        ) : switches && !membership.closed ? (
          <Button
            variant="link"
            size="small"
            aria-label={`Open ${sanitizeText(membership.realm.name, 60)} as well`}
            onPress={() => openBeside(session, membership.realm)}
          >
            Open as well
          </Button>
        ) : null,
    },
  ];
  return (
    <ReadSection title="Memberships" read={memberships} count={(list) => list.length}>
      {(list) =>
        list.length === 0 ? (
          <Card>
            <EmptyState title={`This login is a member of no ${realm}.`} />
          </Card>
        ) : (
          <div className={style.stack}>
            <Table
              label="Memberships"
              columns={columns}
              rows={list}
              rowKey={(membership) => membership.realm.id}
              strong={({ here }) => here}
            />
            {list.map(({ realm: where }) => {
              const refusal = refusalOf(where.id);
              return refusal && <RefusalNote key={where.id} realm={where} refusal={refusal} />;
            })}
          </div>
        )
      }
    </ReadSection>
  );
}

/** Why a realm that was tried from here did not let this login in. */
function RefusalNote({ realm, refusal }: { realm: Realm; refusal: RealmRefusal }) {
  const text = useTimed((now) => refusalText(refusal, now));
  return (
    <Note tone="wait" icon={CircleAlert}>
      <strong>{sanitizeText(realm.name, 60)}</strong> <bdi>{text}</bdi>
    </Note>
  );
}
