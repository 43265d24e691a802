import type { Membership, Session, Vendor } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Card } from '../ui/page.tsx';
import { plain } from '../ui/plain.ts';
import { RealmMark } from '../ui/realm-mark.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { canSwitchRealm } from './actions.ts';
import { Loaded } from './loaded.tsx';
import { reload, useLoad } from './loads.ts';
import style from './sessions.module.css';
import { openBeside } from './switch-realm.ts';

/** Where this person may act, with the vendor's roles; a session in another one opens beside this. */
export function MembershipsSection({ session, vendor }: { session: Session; vendor: Vendor }) {
  const load = useLoad('sessions.memberships', session.id);
  const switches = canSwitchRealm(vendor);
  const hasDetail = load.value?.some(({ detail }) => detail) ?? false;
  const realm = plain(vendor.words.realm, 40);
  const columns: Column<Membership>[] = [
    {
      id: 'realm',
      title: realm.charAt(0).toUpperCase() + realm.slice(1),
      width: '41%',
      cell: ({ realm: where, badge }) => (
        <span className={style.where}>
          <RealmMark realm={where} />
          {badge && <Badge>{plain(badge, 30)}</Badge>}
        </span>
      ),
    },
    { id: 'roles', title: 'Roles', cell: ({ roles }) => <VendorText text={roles.join(', ')} length={80} /> },
    ...(hasDetail
      ? [
          {
            id: 'detail',
            title: 'Details',
            minor: true,
            cell: ({ detail }: Membership) => <VendorText text={detail} length={60} />,
          },
        ]
      : []),
    {
      id: 'actions',
      title: '',
      width: '130px',
      align: 'end',
      cell: (membership) =>
        membership.here ? (
          'here'
        ) : switches ? (
          <Button
            variant="link"
            size="small"
            aria-label={`Open ${plain(membership.realm.name, 60)} beside`}
            onPress={() => openBeside(session, membership.realm)}
          >
            Open beside
          </Button>
        ) : null,
    },
  ];
  return (
    <Loaded
      title="Memberships"
      load={load}
      onReload={() => void reload('sessions.memberships', session.id)}
      count={(list) => list.length}
    >
      {(list) =>
        list.length === 0 ? (
          <Card>
            <EmptyState title={`This login is a member of no ${realm}.`} />
          </Card>
        ) : (
          <Table
            label="Memberships"
            columns={columns}
            rows={list}
            rowKey={(membership) => membership.realm.id}
            strong={({ here }) => here}
          />
        )
      }
    </Loaded>
  );
}
