import type { Realm } from '#contract/shapes.ts';
import { isUuid } from '#lib/uuid.ts';
import { fieldError } from '../../kit/fields.ts';
import { nullIfFailed } from '../../kit/reads.ts';
import type { VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../api/client.ts';
import type { LoginMembership } from '../api/models.ts';
import { sameText } from '../words.ts';

/** ms; a name is worth no more waiting. */
const nameTimeout = 5_000;

/**
 * The realm that the account asks for, with the name that the panel gives it when the account has none. Throws `invalid`
 * for an id that no realm can have (OpenAPI 12.21.3, realmId: a UUID).
 */
export async function realmAskedFor(context: VendorContext, client: EnhanceClient): Promise<Realm | null> {
  if (context.realm && !isUuid(context.realm.id)) {
    throw fieldError(
      'realm.id',
      'This is not the id of a realm: Enhance’s are of the form 01234567-89ab-cdef-0123-456789abcdef.',
    );
  }
  if (!context.realm || context.realm.name !== context.realm.id) return context.realm;
  return realmNamed(client, context.realm.id);
}

/** The master organisation, when the person is a member of it: then that is the realm. */
export function realmOfMaster(memberships: LoginMembership[]): Realm | null {
  const masters = memberships.filter((membership) => membership.isMasterOrg);
  return masters.length === 1 ? { id: masters[0]!.orgId, name: masters[0]!.orgName } : null;
}

/** The same where nothing may fail any more: a session is open, and has to be told of. */
export const realmOfOpen = (client: EnhanceClient): Promise<Realm | null> =>
  realmOfSession(client).catch(() => null);

/**
 * The realm of a session whose account names none: the master organisation, or the parent of the person's first
 * organisation if the person's roles let us see it. null when the panel does not tell.
 */
export async function realmOfSession(client: EnhanceClient): Promise<Realm | null> {
  const memberships = await nullIfFailed(client.getLoginMemberships());
  const master = realmOfMaster(memberships ?? []);
  if (master) return master;
  const first = memberships?.[0];
  const org = first ? await nullIfFailed(client.getOrg(first.orgId)) : null;
  return org?.parentId ? realmNamed(client, org.parentId) : null;
}

/** Memberships that the panel is asked about; whether another is a realm shows when somebody signs in to it. */
const mostAsked = 20;

/**
 * The organisations among these that are no realms. The panel gives a customer the branding of its realm, and a realm its own (OpenAPI 12.21.3,
 * getBranding), so that an organisation under another's name is a customer.
 */
export async function organisationsOnly(
  client: EnhanceClient,
  memberships: LoginMembership[],
  hereId: string | undefined,
): Promise<Set<string>> {
  const open = memberships.filter(({ orgId, isMasterOrg }) => !isMasterOrg && orgId !== hereId);
  const asked = await Promise.all(
    open.slice(0, mostAsked).map(async ({ orgId, orgName }) => {
      const brand = await nullIfFailed(client.getBranding(orgId, nameTimeout));
      return brand?.orgName && !sameText(brand.orgName, orgName) ? [orgId] : [];
    }),
  );
  return new Set(asked.flat());
}

/** The realms in which the login lives: those above its organisations, as far as its roles let us see them. */
export async function homeRealms(client: EnhanceClient, memberships: LoginMembership[]): Promise<Realm[]> {
  const below = memberships.filter(({ isMasterOrg }) => !isMasterOrg).slice(0, mostAsked);
  const orgs = await Promise.all(below.map(({ orgId }) => nullIfFailed(client.getOrg(orgId))));
  const ids = new Set(orgs.flatMap((org) => org?.parentId ?? []));
  return Promise.all([...ids].map((id) => realmNamed(client, id)));
}

async function realmNamed(client: EnhanceClient, id: string): Promise<Realm> {
  const brand = await nullIfFailed(client.getBranding(id, nameTimeout));
  return { id, name: brand?.orgName ?? id };
}
