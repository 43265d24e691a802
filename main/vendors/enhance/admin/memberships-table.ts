import type { PersonPage } from '#contract/admin.ts';
import { offered } from '../../kit/actions.ts';
import { orFailure } from '../../kit/reads.ts';
import { count, statedTime } from '../words.ts';
import { memberActions } from './membership-actions.ts';
import type { Membership, Memberships } from './memberships.ts';
import { memberRowId } from './person-id.ts';
import type { Rights } from './rights.ts';

type Table = PersonPage['tables'][number];

/** The table of a person's organisations; its own failure is told in it. */
export async function membershipsTable(
  work: Promise<Memberships>,
  rights: Rights,
): Promise<{ table: Table; memberships: Memberships | null }> {
  const read = await orFailure(work);
  const table: Table = {
    title: 'Organisations and roles',
    columns: [
      { id: 'organisation', label: 'Organisation' },
      { id: 'roles', label: 'Roles' },
      { id: 'sites', label: 'Sites' },
      { id: 'state', label: 'State' },
      { id: 'joined', label: 'Joined' },
    ],
    rows: (read.value?.found ?? []).map((one) => rowOf(one, rights)),
    empty: emptyWords(read.value ?? null),
    ...(read.failed ? { failed: read.failed } : {}),
  };
  return { table, memberships: read.value ?? null };
}

function rowOf({ org, member }: Membership, rights: Rights): Table['rows'][number] {
  return {
    id: memberRowId(org.id, member.id),
    cells: {
      organisation: org.name,
      roles: member.roles.join(', '),
      sites: String(member.siteAccesses?.length ?? ''),
      state: [
        member.isActive ? 'active' : 'invited, not accepted yet',
        org.stopped && `organisation ${org.stopped}`,
      ]
        .filter(Boolean)
        .join(', '),
      joined: statedTime(member.joinedAt),
    },
    actions: offered(memberActions, { org, member, rights }),
  };
}

function emptyWords(read: Memberships | null): string {
  if (!read || read.looked === 0) {
    return 'Your roles do not let you see the members of any organisation, so it is not known where this login belongs.';
  }
  const looked = count(read.looked, 'organisation');
  return read.complete
    ? `Not a member of any of the ${looked} that you can look into.`
    : `Not found in the ${looked} that were looked through. The panel has no search for this, and not all of it was read.`;
}

/** Says that the table may not be all; undefined when it is. */
export function limitsInWords(read: Memberships | null): string | undefined {
  if (!read || read.complete || read.looked === 0) return undefined;
  return `Looked through ${count(read.looked, 'organisation')}; there may be more memberships.`;
}
