import type { Realm } from '#contract/shapes.ts';
import { isUuid } from '#lib/uuid.ts';
import { fieldError } from '../../kit/fields.ts';
import { nullIfFailed } from '../../kit/reads.ts';
import type { VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../api/client.ts';
import type { LoginMembership } from '../api/models.ts';

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
  const brand = await nullIfFailed(client.getBranding(context.realm.id, nameTimeout));
  return { id: context.realm.id, name: brand?.orgName ?? context.realm.id };
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
  if (!org?.parentId) return null;
  const brand = await nullIfFailed(client.getBranding(org.parentId, nameTimeout));
  return { id: org.parentId, name: brand?.orgName ?? org.parentId };
}
