import type { Realm } from '#contract/shapes.ts';
import { isKind } from '../../kit/failures.ts';
import type { KoyebClient } from '../api/client.ts';
import type { Organization } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';

/** A session without an organisation acts in this realm. */
export const noOrganisation: Realm = { id: '', name: 'No organisation' };

/** The realm that a bearer acts in: its organisation, or none when Koyeb answers 404. */
export async function currentRealm(client: KoyebClient): Promise<Realm> {
  try {
    return realmOf(await client.getCurrentOrganization());
  } catch (error) {
    if (isKind(error, 'not-found')) return noOrganisation;
    throw error;
  }
}

export function realmOf(organization: Organization): Realm {
  return { id: organization.id, name: organization.name ?? organization.id };
}

/** An organisation of a person, as a session sees it. */
export interface OwnOrganisation {
  organization: Organization;
  /** Where Koyeb tells it. */
  role: string | undefined;
  /** In small letters. */
  status: string;
  /** The session acts in it. */
  isHere: boolean;
}

/** Every organisation of the person, page by page, and the realm that the session acts in. */
export async function organisationsOf(
  client: KoyebClient,
  userId: string | null,
): Promise<{ here: Realm; organisations: OwnOrganisation[] }> {
  const here = await currentRealm(client);
  const organizations = await everyOrganization(client);
  const roles = userId ? await rolesOf(client, userId) : new Map<string, string>();
  const organisations = organizations.map((organization) => ({
    organization,
    role: roles.get(organization.id),
    status: (organization.status || 'active').toLowerCase(),
    isHere: organization.id === here.id,
  }));
  return { here, organisations };
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
    if (!isKind(error, 'forbidden', 'not-found')) throw error;
  }
  return roles;
}
