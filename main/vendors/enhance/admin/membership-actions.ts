import { GatehouseError } from '#contract/failure.ts';
import { isLoopback } from '#http/base-url.ts';
import { defineAction } from '../../kit/actions.ts';
import { fieldError, requireField } from '../../kit/fields.ts';
import { splitList } from '../words.ts';
import type { AdminContext } from './context.ts';
import { organisationField, rolesField } from './fields.ts';
import { inviteAgain } from './invites.ts';
import { personOf } from './login-actions.ts';
import type { Membership } from './memberships.ts';
import { readRowId } from './person-id.ts';
import { isSuperAdminOf, organisationAdmin, type Rights } from './rights.ts';

export const addMember = defineAction({
  id: 'add-member',
  label: 'Add to an organisation',
  fields: [organisationField(), rolesField([])],
  effect: 'They can act in that organisation at once.',
  right: organisationAdmin,
  async run({ client }: AdminContext, { target, values }) {
    const orgId = requireField(values, 'organisation', 'Choose an organisation.');
    const roles = splitList(values.roles);
    if (roles.length === 0) throw fieldError('roles', 'Choose at least one role.');
    await client.createMember(orgId, { loginId: personOf(target).loginId, roles });
    return { message: `Added to the organisation as ${roles.join(', ')}.` };
  },
});

/** A membership, and what the session may do; the right to list it is the right to change it. */
type Held = Membership & { rights: Rights };

const personIn = ({ member }: Membership) => member.name || member.email;

/** The panel replaces all of a member's settings at once, so the others are read just before and sent along. */
const changeRoles = defineAction({
  id: 'change-roles',
  label: 'Change roles',
  fields: ({ member }: Held) => [rolesField(member.roles)],
  effect: 'Site accesses and notifications stay as they are.',
  async run({ client }: AdminContext, { target, values }) {
    const { orgId, id } = readRowId(target);
    const roles = splitList(values.roles);
    if (roles.length === 0) {
      throw fieldError('roles', 'Choose at least one role, or remove the person from the organisation.');
    }
    const { siteAccesses, notifications } = await client.getMember(orgId, id);
    await client.updateMember(orgId, id, {
      roles,
      ...(siteAccesses ? { siteAccesses } : {}),
      ...(notifications ? { notifications } : {}),
    });
    const now = await client.getMember(orgId, id);
    return { message: `${now.name || now.email} now has the roles ${now.roles.join(', ') || 'none'}.` };
  },
});

/** Spends a link that signs in as the member: asked for once, at this moment, and passed on to main only. */
const openAs = defineAction({
  id: 'open-as',
  label: 'Open as this person',
  special: 'window',
  confirm: (held: Held) =>
    `Open the panel as ${personIn(held)}? You sign in as them, past their second step, and the panel counts what you do there as theirs.`,
  right: {
    name: 'Owner, SuperAdmin or Sysadmin in this organisation or in the master organisation',
    isHeld: ({ org, rights }: Held) =>
      !rights.known || rights.isMasterAdmin || rights.adminOf.some(({ orgId }) => orgId === org.id),
  },
  async run({ client }: AdminContext, { target }) {
    const { orgId, id } = readRowId(target);
    const { name, email } = await client.getMember(orgId, id);
    const url = safeLink(await client.getOrgMemberLogin(orgId, id));
    return {
      message: `The panel opens in a window of its own, signed in as ${name || email}.`,
      handOver: { url, cookies: [], headers: {} },
    };
  },
});

function safeLink(link: string): string {
  const url = new URL(link);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return link;
  throw new GatehouseError({
    kind: 'unexpected-answer',
    message: 'The panel gave a sign-in link that is not https, so it was not opened.',
    advice: 'Whoever runs the panel has to put its address in order.',
  });
}

const makeOwner = defineAction({
  id: 'make-owner',
  label: 'Make the owner',
  danger: true,
  confirm: (held: Held) =>
    `Make ${personIn(held)} the owner of ${held.org.name}? The present owner is it no longer, and it takes an owner to give it back.`,
  right: {
    name: 'Owner of this organisation, or at least SuperAdmin of the one above it',
    isHeld: ({ org, rights }: Held) =>
      isSuperAdminOf(rights, org.parentId) ||
      rights.memberships.some(({ orgId, roles }) => roles.includes('Owner') && orgId === org.id),
  },
  when: ({ member }: Held) => member.isActive && !member.roles.includes('Owner'),
  async run({ client }: AdminContext, { target }) {
    const { orgId, id } = readRowId(target);
    await client.updateOwner(orgId, id);
    const { name, email, roles } = await client.getMember(orgId, id);
    return { message: `${name || email} is the owner now, with the roles ${roles.join(', ')}.` };
  },
});

const removeOwner = defineAction({
  id: 'remove-owner',
  label: 'Take the ownership away',
  danger: true,
  confirm: (held: Held) =>
    `Take the ownership of ${held.org.name} away from ${personIn(held)}? They stay in it as SuperAdmin, and it has no owner until somebody is made the owner.`,
  right: {
    name: 'at least SuperAdmin of the organisation above this one',
    isHeld: ({ org, rights }: Held) => isSuperAdminOf(rights, org.parentId),
  },
  // Nobody is above the master organisation.
  when: ({ org, member }: Held) => org.parentId !== undefined && member.roles.includes('Owner'),
  async run({ client }: AdminContext, { target }) {
    const { orgId, id } = readRowId(target);
    await client.deleteOwner(orgId);
    const { name, email, roles } = await client.getMember(orgId, id);
    const who = name || email;
    const now = `${who} has the roles ${roles.join(', ') || 'none'}.`;
    return {
      message: roles.includes('Owner')
        ? `The panel took the order, and still calls them the owner: ${now}`
        : `The organisation has no owner now. ${now}`,
    };
  },
});

const removeMember = defineAction({
  id: 'remove-member',
  label: 'Remove from the organisation',
  danger: true,
  confirm: (held: Held) =>
    `Remove ${personIn(held)} from ${held.org.name}? They keep their login and can’t act there any more.`,
  async run({ client }: AdminContext, { target }) {
    const { orgId, id } = readRowId(target);
    await client.deleteMember(orgId, id);
    return { message: 'Removed from the organisation. Their login is still there.' };
  },
});

/** What may be done with a membership. */
export const memberActions = [inviteAgain, changeRoles, openAs, makeOwner, removeOwner, removeMember];
