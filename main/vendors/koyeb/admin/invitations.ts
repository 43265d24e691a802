import type { DirectoryPage, DirectoryQuery, DirectorySource, Finding, PersonPage } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import { defineAction, offered } from '../../kit/actions.ts';
import { displayTime, facts, isoTime } from '../../kit/display.ts';
import { field, requireField } from '../../kit/fields.ts';
import { nullIfRefused } from '../../kit/reads.ts';
import type { KoyebClient } from '../api/client.ts';
import type { Invitation } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';
import { wordOf } from './members.ts';

/** An invitation stands in the directory beside people, whose ids are UUIDs. */
const before = 'invitation:';
const pageIdOf = (id: string) => `${before}${id}`;

/** The invitation that a page or a row is about; undefined for a person. */
export const invitationIdOf = (pageId: string) =>
  pageId.startsWith(before) ? pageId.slice(before.length) : undefined;

const columns = [
  ['email', 'E-mail'],
  ['status', 'Status'],
  ['inviter', 'Invited by'],
  ['expires', 'Expires'],
].map(([id = '', label = '']) => ({ id, label, sortable: false }));

/** The invitations of the session's organisation, beside its members. */
export const invitationSource = (organisation: string | null) =>
  ({
    id: 'invitations',
    label: organisation ? `Invitations to ${organisation}` : 'Invitations',
    needsOrganisation: false,
    columns,
    filters: [
      {
        id: 'status',
        label: 'Status',
        options: ['PENDING', 'ACCEPTED', 'REFUSED', 'EXPIRED'].map((value) => ({
          value,
          label: wordOf(value),
        })),
      },
    ],
    actions: organisation ? [invite.offer({ organisation })] : [],
  }) satisfies DirectorySource;

/** One page of them; Koyeb gives 100 at most in one answer. */
export async function invitationsPage(
  client: KoyebClient,
  query: DirectoryQuery,
  { offset, limit }: { offset: number; limit: number },
): Promise<DirectoryPage> {
  const status = query.filters?.status;
  const invitations: Invitation[] = [];
  let total: number | null = null;
  while (invitations.length < limit) {
    const most = Math.min(limit - invitations.length, assumptions.pageSize);
    const reply = await client.listOrganizationInvitations({
      limit: most,
      offset: offset + invitations.length,
      ...(status ? { statuses: [status] } : {}),
    });
    invitations.push(...reply.invitations);
    total = reply.count ?? null;
    if (reply.invitations.length < most) break;
  }
  const rows = invitations.flatMap((one) => {
    if (!one.id) return [];
    const cells: Record<string, string> = {
      email: one.email ?? '',
      status: wordOf(one.status),
      inviter: one.inviter?.name ?? one.inviter?.email ?? '',
      expires: isoTime(one.expires_at),
    };
    return [{ id: pageIdOf(one.id), cells }];
  });
  return { total, rows };
}

/** An invitation and what may be done with it. Throws `not-found` for one that is no longer there. */
export async function invitationPage(client: KoyebClient, id: string): Promise<PersonPage> {
  const found = await nullIfRefused(client.getOrganizationInvitation(id));
  if (!found)
    throw new GatehouseError({
      kind: 'not-found',
      message: 'This invitation is no longer there: it was deleted.',
      advice: 'Look at the invitations again.',
    });
  const invitation = { ...found, id };
  return {
    id: pageIdOf(id),
    name: invitation.email ?? id,
    detail: 'An invitation',
    facts: facts([
      ['Status', wordOf(invitation.status)],
      ['Invited by', invitation.inviter?.name ?? invitation.inviter?.email],
      ['Expires', isoTime(invitation.expires_at)],
    ]),
    tables: [],
    actions: offered([resendInvitation, deleteInvitation], invitation),
  };
}

/** Somebody who has not answered their invitation is no member yet: that is why they see nothing here. */
export async function invitationFindings(
  client: KoyebClient,
  email: string,
  organisation: string,
): Promise<Finding[]> {
  const open = { offset: 0, limit: assumptions.pageSize, statuses: ['PENDING', 'EXPIRED'] };
  const found = await nullIfRefused(client.listOrganizationInvitations(open));
  return (found?.invitations ?? [])
    .filter((one) => one.email?.toLowerCase() === email.toLowerCase())
    .flatMap((one) => {
      if (!one.id) return [];
      const until = one.expires_at ? `, which ${pastOrFuture(one)} on ${displayTime(one.expires_at)}` : '';
      return {
        weight: 'cause' as const,
        text: `They have not accepted the invitation to ${organisation}${until}.`,
        personId: pageIdOf(one.id),
        mend: resendInvitation.offer({ ...one, id: one.id }),
      };
    });
}

const pastOrFuture = ({ status }: Invitation) => (status === 'EXPIRED' ? 'ran out' : 'runs out');

export const invite = defineAction({
  id: 'invite',
  label: 'Invite a person',
  fields: [field('email', 'E-mail', { type: 'email' })],
  effect: ({ organisation }: { organisation: string }) =>
    `They get an e-mail from Koyeb. Once they accept they are an owner of ${organisation}: Koyeb has no lesser role.`,
  async run(client: KoyebClient, { values }) {
    const email = requireField(values, 'email', 'Type the e-mail address.');
    await client.createOrganizationInvitation(email);
    return { message: `${email} is invited.` };
  },
});

interface Sent extends Invitation {
  id: string;
}

const resendInvitation = defineAction({
  id: 'resend-invitation',
  object: ({ id }: Sent) => id,
  label: 'Send the invitation again',
  effect: 'They get the e-mail from Koyeb once more.',
  when: ({ status }: Sent) => status !== 'ACCEPTED' && status !== 'REFUSED',
  async run(client: KoyebClient, { object }) {
    await client.resendOrganizationInvitation(object);
    return { message: 'The invitation is on its way again.' };
  },
});

const deleteInvitation = defineAction({
  id: 'delete-invitation',
  object: ({ id }: Sent) => id,
  label: 'Delete the invitation',
  danger: true,
  confirm: ({ email }: Sent) =>
    `Delete the invitation of ${email ?? 'this person'}? The link in their e-mail is no longer good. Who is a member already stays one.`,
  async run(client: KoyebClient, { object }) {
    await client.deleteOrganizationInvitation(object);
    return { message: 'The invitation is deleted.' };
  },
});

export const invitationActions = [invite, resendInvitation, deleteInvitation];
