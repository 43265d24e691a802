import type { Identity, Membership } from '#contract/shapes.ts';
import { lookUp } from '#lib/look-up.ts';
import { facts } from '../../kit/display.ts';
import { orFailure } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { methodWords, statedTime } from '../words.ts';
import { homeRealms, organisationsOnly } from './realm.ts';
import { inSession } from './secret.ts';

/** OpenAPI 12.21.3, orchdStatus. */
const states: Record<string, string> = {
  ready: 'ready',
  updating: 'being updated',
  initialising: 'starting',
  initialisingServers: 'starting its servers',
};

const noRealm = 'No realm: nobody signs in to it by itself.';

const day = (date: string | undefined) => statedTime(date).replace(/T.*Z$/, '');

export async function whoAmI(context: VendorContext, secret: Json): Promise<Identity> {
  const client = inSession(context, secret);
  const [login, version, status] = await Promise.all([
    client.getLogin(),
    orFailure(client.orchdVersion()),
    orFailure(client.orchdStatus()),
  ]);
  return {
    name: login.name,
    detail: login.email,
    facts: facts([
      ['E-mail', login.email],
      ['Signs in with', methodWords(login.authMethod)],
      ['Language', login.locale],
      ['Registered', day(login.registeredAt)],
      ['Password changed', day(login.passwordLastChangedAt)],
      ['Panel version', version.value],
      ['Panel', status.value && (lookUp(states, status.value) ?? status.value)],
    ]),
  };
}

/** Where the person belongs; what of it is no realm is said to be none. Realms that they can sign in to without a role there come first. */
export async function memberships(context: VendorContext, secret: Json): Promise<Membership[]> {
  const client = inSession(context, secret);
  const found = await client.getLoginMemberships();
  const here = context.realm?.id;
  const ids = new Set(found.map(({ orgId }) => orgId));
  const [noRealms, homes] = await Promise.all([
    organisationsOnly(client, found, here),
    homeRealms(client, found),
  ]);
  const realms = [...(context.realm ? [context.realm] : []), ...homes.filter(({ id }) => id !== here)];
  const without = realms.filter(({ id }) => !ids.has(id));
  return [
    ...without.map((realm) => ({
      realm,
      roles: [],
      detail: 'the realm of this login',
      here: realm.id === here,
    })),
    ...found.map((membership) => ({
      realm: { id: membership.orgId, name: membership.orgName },
      roles: membership.roles,
      ...(membership.siteAccessCount
        ? { detail: `${membership.siteAccessCount} site${membership.siteAccessCount === 1 ? '' : 's'}` }
        : {}),
      ...(membership.isMasterOrg ? { badge: 'master' } : {}),
      ...(noRealms.has(membership.orgId) ? { badge: 'no realm', closed: noRealm } : {}),
      here: here === membership.orgId,
    })),
  ];
}
