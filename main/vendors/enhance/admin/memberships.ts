import type { z } from 'zod';
import { nullIfRefused } from '../../kit/reads.ts';
import type { EnhanceClient } from '../api/client.ts';
import type { member } from '../api/models.ts';
import { sameText } from '../words.ts';
import type { PersonKey } from './person-id.ts';
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

type Match = (member: Member) => boolean;

/** In which organisations this login is a member, or invited to be one, as far as the session can see. */
export function membershipsOf(
  client: EnhanceClient,
  rights: Rights,
  { loginId, place }: Pick<PersonKey, 'loginId' | 'place'>,
): Promise<Memberships> {
  const here = place?.kind === 'org' ? place.id : null;
  return membersWhere(client, rights, (member) => member.loginId === loginId, { here, ownerOf: loginId });
}

/** To which organisations somebody of this address was invited without having accepted. */
export async function invitationsOf(
  client: EnhanceClient,
  rights: Rights,
  email: string,
): Promise<Membership[]> {
  const matches: Match = (member) => !member.isActive && sameText(member.email, email);
  return (await membersWhere(client, rights, matches, { here: null, ownerOf: null })).found;
}

/** `here`: an organisation that they were seen in; `ownerOf`: a login whose own organisations are looked through first. */
async function membersWhere(
  client: EnhanceClient,
  rights: Rights,
  matches: Match,
  { here, ownerOf }: { here: string | null; ownerOf: string | null },
): Promise<Memberships> {
  const reach: Reached[] = [];
  for await (const org of organisationsInReach(client, rights)) reach.push(org);
  if (here && !reach.some(({ id }) => id === here)) {
    reach.push({ id: here, name: here, stopped: null, own: false });
  }
  const weight = (org: Reached) =>
    org.id === here ? 0 : ownerOf !== null && org.ownerLoginId === ownerOf ? 1 : org.own ? 2 : 3;
  const chosen = reach.sort((a, b) => weight(a) - weight(b)).slice(0, mostLists);
  const answers = await Promise.all(
    chosen.map(async (org) => {
      const answer = await memberIn(client, org.id, matches, org.id === here ? mostPagesHere : 1);
      return { org, ...answer };
    }),
  );
  return {
    found: answers.flatMap(({ org, member }) => (member ? [{ org, member }] : [])),
    looked: answers.filter(({ read }) => read).length,
    complete: reach.length <= mostLists && answers.every(({ read, toTheEnd }) => !read || toTheEnd),
  };
}

async function memberIn(client: EnhanceClient, orgId: string, matches: Match, mostPages: number) {
  let offset = 0;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await nullIfRefused(client.getMembers(orgId, { offset, limit: pageSize }));
    if (!page) return { member: null, read: pages > 0, toTheEnd: false };
    const member = page.items.find(matches) ?? null;
    offset += page.items.length;
    const toTheEnd = member !== null || page.items.length === 0 || offset >= page.total;
    if (toTheEnd) return { member, read: true, toTheEnd };
  }
  return { member: null, read: true, toTheEnd: false };
}
