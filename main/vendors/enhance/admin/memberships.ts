import type { z } from 'zod';
import type { PersonPage } from '#contract/admin.ts';
import { offered } from '../../kit/actions.ts';
import { nullIfRefused, orFailure } from '../../kit/reads.ts';
import type { EnhanceClient } from '../api/client.ts';
import type { member } from '../api/models.ts';
import { count, statedTime } from '../words.ts';
import { memberActions } from './membership-actions.ts';
import { memberRowId, type PersonKey } from './person-id.ts';
import { organisationsInReach, type Reached } from './reach.ts';
import type { Rights } from './rights.ts';

type Member = z.infer<typeof member>;

/** Member lists are long and have no search, so this much is read for one person and not more. */
const mostLists = 40;
const pageSize = 500;
/** Of the organisation in whose list the person was seen, more is read: they are in there. */
const mostPagesHere = 10;

export interface Membership {
  org: Reached;
  member: Member;
}

export interface Memberships {
  found: Membership[];
  /** Organisations whose members were looked through. */
  looked: number;
  /** Every organisation in reach was looked through to the end. */
  complete: boolean;
}

/** In which organisations this login is a member, as far as the session can see. */
export async function membershipsOf(
  client: EnhanceClient,
  rights: Rights,
  key: Pick<PersonKey, 'loginId' | 'place'>,
): Promise<Memberships> {
  const reach: Reached[] = [];
  for await (const org of organisationsInReach(client, rights)) reach.push(org);
  const here = key.place?.kind === 'org' ? key.place.id : null;
  if (here && !reach.some(({ id }) => id === here)) {
    reach.push({ id: here, name: here, stopped: null, own: false });
  }
  const weight = (org: Reached) =>
    org.id === here ? 0 : org.ownerLoginId === key.loginId ? 1 : org.own ? 2 : 3;
  const chosen = reach.sort((a, b) => weight(a) - weight(b)).slice(0, mostLists);
  const looks = await Promise.all(
    chosen.map(async (org) => {
      const look = await memberIn(client, org.id, key.loginId, org.id === here ? mostPagesHere : 1);
      return { org, ...look };
    }),
  );
  return {
    found: looks.flatMap(({ org, member }) => (member ? [{ org, member }] : [])),
    looked: looks.filter(({ read }) => read).length,
    complete: reach.length <= mostLists && looks.every(({ read, toTheEnd }) => !read || toTheEnd),
  };
}

async function memberIn(client: EnhanceClient, orgId: string, loginId: string, mostPages: number) {
  let offset = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await nullIfRefused(client.getMembers(orgId, { offset, limit: pageSize }));
    if (!page) return { member: null, read: pages > 0, toTheEnd: false };
    const member = page.items.find((one) => one.loginId === loginId) ?? null;
    offset += page.items.length;
    const toTheEnd = member !== null || page.items.length === 0 || offset >= page.total;
    if (toTheEnd) return { member, read: true, toTheEnd };
  }
  return { member: null, read: true, toTheEnd: false };
}

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
      state: [member.isActive ? 'active' : 'not active', org.stopped && `organisation ${org.stopped}`]
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
