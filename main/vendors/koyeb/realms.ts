import { GatehouseError } from '#contract/failure.ts';
import type { Membership, Realm } from '#contract/shapes.ts';
import { lookUp } from '#lib/look-up.ts';
import { assumptions } from './assumptions.ts';
import type { KoyebClient } from './client.ts';
import type { Organization } from './models.ts';

/** A session without an organisation acts in this realm. */
export const noOrganisation: Realm = { id: '', name: 'No organisation' };

export function isFailure(error: unknown, ...kinds: string[]): error is GatehouseError {
  return error instanceof GatehouseError && kinds.includes(error.failure.kind);
}

/** The realm that a bearer acts in: its organisation, or none when Koyeb answers 404. */
export async function currentRealm(client: KoyebClient): Promise<Realm> {
  try {
    return realmOf(await client.getCurrentOrganization());
  } catch (error) {
    if (isFailure(error, 'not-found')) return noOrganisation;
    throw error;
  }
}

function realmOf(organization: Organization): Realm {
  return { id: organization.id, name: organization.name ?? organization.id };
}

/** Organisations that reject every session in them, and why. */
const closedStatuses: Record<string, string> = {
  DEACTIVATED: 'Deactivated: Koyeb rejects every session in it.',
  DELETED: 'Deleted: Koyeb rejects every session in it.',
};

/** Every organisation of the person, page by page, and the way to be in none; roles where Koyeb tells them. */
export async function listMemberships(client: KoyebClient, userId: string | null): Promise<Membership[]> {
  const here = await currentRealm(client);
  const organizations = await everyOrganization(client);
  const roles = userId ? await rolesOf(client, userId) : new Map<string, string>();
  const rows = organizations.map((one): Membership => {
    const role = roles.get(one.id);
    const odd = one.status && one.status !== 'ACTIVE' ? one.status.toLowerCase() : undefined;
    const closed = lookUp(closedStatuses, one.status);
    return {
      realm: realmOf(one),
      roles: role ? [role] : [],
      here: one.id === here.id,
      ...(one.plan ? { detail: `Plan ${one.plan}` } : {}),
      ...(odd ? { badge: odd } : {}),
      ...(closed ? { closed } : {}),
    };
  });
  return [...rows, { realm: noOrganisation, roles: [], here: here.id === '' }];
}

async function everyOrganization(client: KoyebClient): Promise<Organization[]> {
  const all: Organization[] = [];
  for (let page = 0; page < assumptions.mostPages; page++) {
    const reply = await client.listUserOrganizations({ limit: assumptions.pageSize, offset: all.length });
    all.push(...reply.organizations);
    if (!reply.has_next || reply.organizations.length === 0) break;
  }
  return all;
}

/** Organisation id to role. A person who may not read members still sees the organisations. */
async function rolesOf(client: KoyebClient, userId: string): Promise<Map<string, string>> {
  const roles = new Map<string, string>();
  try {
    const { members } = await client.listOrganizationMembers({
      userId,
      limit: assumptions.pageSize,
      offset: 0,
    });
    for (const one of members) {
      const id = one.organization_id ?? one.organization?.id;
      if (id && one.role) roles.set(id, one.role);
    }
  } catch (error) {
    if (!isFailure(error, 'forbidden', 'not-found')) throw error;
  }
  return roles;
}
