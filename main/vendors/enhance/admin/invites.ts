import { GatehouseError } from '#contract/failure.ts';
import type { FormField } from '#contract/shapes.ts';
import type { ActionResult } from '../../admin.ts';
import { defineAction } from '../../kit/actions.ts';
import { field, fieldError, requireField } from '../../kit/fields.ts';
import type { NewInvite } from '../api/organisations.ts';
import { splitList } from '../words.ts';
import type { AdminContext } from './context.ts';
import { emailField, organisationField, requireEmail, rolesField } from './fields.ts';
import type { Membership } from './memberships.ts';
import { memberRowId, readRowId } from './person-id.ts';
import { inviter, isSuperAdminOf, type Rights } from './rights.ts';

const howField: FormField = field('how', 'How they get it', {
  type: 'select',
  initial: 'mail',
  options: [
    { value: 'mail', label: 'The panel mails them the link' },
    { value: 'link', label: 'I pass the link on myself' },
  ],
});

/** Somebody who has not registered becomes a pending login; they choose their password when they accept. */
export const invite = defineAction({
  id: 'invite',
  label: 'Invite',
  fields: ({ email }: { rights: Rights; email?: string }) => [
    organisationField(),
    field('name', 'Name'),
    emailField(email),
    rolesField([]),
    howField,
  ],
  effect:
    'They choose a password of their own when they accept, and can act in the organisation from then on.',
  right: inviter,
  async run(admin: AdminContext, { values }) {
    const orgId = requireField(values, 'organisation', 'Choose an organisation.');
    const name = requireField(values, 'name', 'Type the name.');
    const email = requireEmail(values);
    const roles = splitList(values.roles);
    if (roles.length === 0) throw fieldError('roles', 'Choose at least one role.');
    return send(admin, orgId, { email, name, roles }, values.how);
  },
});

type Invited = Membership & { rights: Rights };

/** The panel sends an invitation again when it is made again, with another link. */
export const inviteAgain = defineAction({
  id: 'invite-again',
  object: ({ org, member }: Invited) => memberRowId(org.id, member.id),
  label: 'Invite again',
  fields: [howField],
  effect: 'They get another link; the former one does not work any more.',
  right: {
    name: 'at least SuperAdmin in this organisation or one above it',
    isHeld: ({ org, rights }: Invited) =>
      isSuperAdminOf(rights, org.id) ||
      isSuperAdminOf(rights, org.parentId) ||
      rights.superAdminOf.some(({ isMasterOrg }) => isMasterOrg),
  },
  when: ({ member }: Invited) => !member.isActive,
  async run(admin: AdminContext, { object, values }) {
    const { orgId, id } = readRowId(object);
    const member = await admin.client.getMember(orgId, id);
    if (member.isActive) {
      throw new GatehouseError({
        kind: 'conflict',
        message: `${member.email} has accepted the invitation meanwhile.`,
      });
    }
    const { email, name, roles, siteAccesses, notifications } = member;
    const invitation = {
      ...{ email, name, roles },
      ...(siteAccesses ? { siteAccesses } : {}),
      ...(notifications ? { notifications } : {}),
    };
    return send(admin, orgId, invitation, values.how);
  },
});

/** The link lets whoever has it in: mailed by the panel, or put on main's clipboard only. */
async function send(
  { client }: AdminContext,
  orgId: string,
  invitation: NewInvite,
  how: string | undefined,
): Promise<ActionResult> {
  const sendEmail = how !== 'link';
  const link = await client.createInvite(orgId, { ...invitation, sendEmail });
  const { email } = invitation;
  if (sendEmail) return { message: `${email} is invited; the panel was asked to mail them the link.` };
  if (!URL.canParse(link)) {
    return {
      message: `${email} is invited, but the panel gave no link that could be passed on. Invite them again by mail.`,
    };
  }
  return {
    message: `${email} is invited. Pass the link on to them alone: it lets in whoever has it.`,
    copy: link,
  };
}
