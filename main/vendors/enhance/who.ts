import type { Identity, Membership } from '#contract/shapes.ts';
import { lookUp } from '#lib/look-up.ts';
import { orFailure } from '../kit/admin.ts';
import type { Json, VendorContext } from '../vendor.ts';
import { inSession } from './secret.ts';

/** The panel's authentication methods in words. */
export const methods: Record<string, string> = {
  basic: 'password only',
  email: 'password and e-mail PIN',
  otp: 'password and authenticator app',
};

/** OpenAPI 12.21.3, getStatus. */
const states: Record<string, string> = {
  ready: 'ready',
  updating: 'being updated',
  initialising: 'starting',
  initialisingServers: 'starting its servers',
};

function day(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : time.toISOString().slice(0, 10);
}

export async function whoAmI(context: VendorContext, secret: Json): Promise<Identity> {
  const client = inSession(context, secret);
  const [login, version, status] = await Promise.all([
    client.getLogin(),
    orFailure(client.getVersion()),
    orFailure(client.getStatus()),
  ]);
  const facts = [
    { label: 'E-mail', value: login.email },
    { label: 'Signs in with', value: lookUp(methods, login.authMethod) ?? login.authMethod },
  ];
  if (login.locale) facts.push({ label: 'Language', value: login.locale });
  if (login.registeredAt) facts.push({ label: 'Registered', value: day(login.registeredAt) });
  if (login.passwordLastChangedAt) {
    facts.push({ label: 'Password changed', value: day(login.passwordLastChangedAt) });
  }
  if (version.value) facts.push({ label: 'Panel version', value: version.value });
  if (status.value) facts.push({ label: 'Panel', value: lookUp(states, status.value) ?? status.value });
  return { name: login.name, detail: login.email, facts };
}

export async function memberships(context: VendorContext, secret: Json): Promise<Membership[]> {
  const found = await inSession(context, secret).getLoginMemberships();
  return found.map((membership) => ({
    realm: { id: membership.orgId, name: membership.orgName },
    roles: membership.roles,
    ...(membership.siteAccessCount
      ? { detail: `${membership.siteAccessCount} site${membership.siteAccessCount === 1 ? '' : 's'}` }
      : {}),
    ...(membership.isMasterOrg ? { badge: 'master' } : {}),
    here: context.realm?.id === membership.orgId,
  }));
}
