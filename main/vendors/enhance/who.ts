import type { Identity, Membership } from '../../../preload/contract/shapes.ts';
import type { Json, Visit } from '../vendor.ts';
import { inSession } from './secret.ts';

/** The panel's authentication methods in words. */
export const methods: Record<string, string> = {
  basic: 'password only',
  email: 'password and e-mail PIN',
  otp: 'password and authenticator app',
};

function day(date: string): string {
  const time = new Date(date);
  return Number.isNaN(time.getTime()) ? date : time.toISOString().slice(0, 10);
}

export async function whoAmI(visit: Visit, secret: Json): Promise<Identity> {
  const login = await inSession(visit, secret).getLogin();
  const facts = [
    { label: 'E-mail', value: login.email },
    { label: 'Signs in with', value: methods[login.authMethod] ?? login.authMethod },
  ];
  if (login.locale) facts.push({ label: 'Language', value: login.locale });
  if (login.registeredAt) facts.push({ label: 'Registered', value: day(login.registeredAt) });
  if (login.passwordLastChangedAt) {
    facts.push({ label: 'Password changed', value: day(login.passwordLastChangedAt) });
  }
  return { name: login.name, detail: login.email, facts };
}

export async function memberships(visit: Visit, secret: Json): Promise<Membership[]> {
  const found = await inSession(visit, secret).getLoginMemberships();
  return found.map((membership) => ({
    realm: { id: membership.orgId, name: membership.orgName },
    roles: membership.roles,
    ...(membership.siteAccessCount
      ? { detail: `${membership.siteAccessCount} site${membership.siteAccessCount === 1 ? '' : 's'}` }
      : {}),
    ...(membership.isMasterOrg ? { badge: 'master' } : {}),
    here: visit.realm?.id === membership.orgId,
  }));
}
