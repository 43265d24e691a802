import { GatehouseError } from '#contract/failure.ts';
import { isLoopback } from '#http/base-url.ts';
import type { ActionInput, ActionResult } from '../../admin.ts';
import { wrong } from '../../kit/admin.ts';
import type { EnhanceClient } from '../client.ts';
import { readRowId } from './person-id.ts';
import { splitList } from './words.ts';

/** The panel replaces all of a member's settings at once, so the others are read just before and sent along. */
export async function changeRoles(
  client: EnhanceClient,
  { target, values }: ActionInput,
): Promise<ActionResult> {
  const { orgId, id } = readRowId(target);
  const roles = splitList(values.roles);
  if (roles.length === 0) {
    throw wrong('roles', 'Choose at least one role, or remove the person from the organisation.');
  }
  const { siteAccesses, notifications } = await client.getMember(orgId, id);
  await client.updateMember(orgId, id, {
    roles,
    ...(siteAccesses ? { siteAccesses } : {}),
    ...(notifications ? { notifications } : {}),
  });
  const now = await client.getMember(orgId, id);
  return { message: `${now.name || now.email} now has the roles ${now.roles.join(', ') || 'none'}.` };
}

export async function makeOwner(client: EnhanceClient, { target }: ActionInput): Promise<ActionResult> {
  const { orgId, id } = readRowId(target);
  await client.setOwner(orgId, id);
  const { name, email, roles } = await client.getMember(orgId, id);
  return { message: `${name || email} is the owner now, with the roles ${roles.join(', ')}.` };
}

export async function removeMember(client: EnhanceClient, { target }: ActionInput): Promise<ActionResult> {
  const { orgId, id } = readRowId(target);
  await client.deleteMember(orgId, id);
  return { message: 'Removed from the organisation. Their login is still there.' };
}

/** Spends a link that signs in as the member: asked for once, at this moment, and passed on to main only. */
export async function openAs(client: EnhanceClient, { target }: ActionInput): Promise<ActionResult> {
  const { orgId, id } = readRowId(target);
  const { name, email } = await client.getMember(orgId, id);
  const url = safeLink(await client.getMemberSsoLink(orgId, id));
  return {
    message: `The panel opens in a window of its own, signed in as ${name || email}.`,
    handOver: { url, cookies: [], headers: {} },
  };
}

function safeLink(link: string): string {
  const url = new URL(link);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return link;
  throw new GatehouseError({
    kind: 'unexpected-answer',
    message: 'The panel gave a sign-in link that is not https, so it was not opened.',
    advice: 'Whoever runs the panel has to put its address in order.',
  });
}
