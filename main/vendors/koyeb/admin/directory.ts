import type { DirectoryPage, DirectoryQuery, DirectorySource } from '#contract/admin.ts';
import { isoTime } from '../../kit/display.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { assumptions } from '../assumptions.ts';
import { clientOf } from '../session/secret.ts';
import { invitationSource, invitationsPage, invite } from './invitations.ts';
import { type Member, organisationOf, personIdOf, wordOf } from './members.ts';

const columns = [
  ['name', 'Name'],
  ['email', 'E-mail'],
  ['role', 'Role'],
  ['status', 'Status'],
  ['joined', 'Joined'],
].map(([id = '', label = '']) => ({ id, label, sortable: false }));

export async function sources(context: VendorContext, secret: Json): Promise<DirectorySource[]> {
  const organisation = await organisationOf(clientOf(context, secret));
  const name = organisation && (organisation.name ?? organisation.id);
  const missing = organisation ? {} : { missingRight: 'a session in an organisation: this one is in none' };
  return [
    {
      id: 'members',
      label: name ? `Members of ${name}` : 'Members',
      needsOrganisation: false,
      columns,
      filters: [],
      actions: name ? [invite.offer({ organisation: name })] : [],
      ...missing,
    },
    { ...invitationSource(name), ...missing },
  ];
}

/** Members of the session's organisation, or its invitations. Koyeb has no search or order for them, and gives 100 at most in one answer. */
export async function page(
  context: VendorContext,
  secret: Json,
  query: DirectoryQuery,
  { offset, limit }: { offset: number; limit: number },
): Promise<DirectoryPage> {
  const client = clientOf(context, secret);
  const organisation = await organisationOf(client);
  if (!organisation) return { rows: [], total: 0 };
  if (query.source === 'invitations') return invitationsPage(client, query, { offset, limit });
  const members: Member[] = [];
  let total: number | null = null;
  while (members.length < limit) {
    const most = Math.min(limit - members.length, assumptions.pageSize);
    const reply = await client.listOrganizationMembers({
      organizationId: organisation.id,
      limit: most,
      offset: offset + members.length,
    });
    members.push(...reply.members);
    total = reply.count ?? null;
    if (reply.members.length < most) break;
  }
  return { total, rows: members.flatMap(rowOf) };
}

function rowOf(member: Member) {
  const id = personIdOf(member) ?? member.id;
  if (!id) return [];
  const cells: Record<string, string> = {
    name: member.user?.name ?? '',
    email: member.user?.email ?? '',
    role: wordOf(member.role),
    status: wordOf(member.status),
    joined: isoTime(member.joined_at),
  };
  return [{ id, cells }];
}
