import type { Identity, Membership } from '#contract/shapes.ts';
import { facts, isoTime, yesOrNo } from '../../kit/display.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { noOrganisation, organisationsOf, realmOf } from './realms.ts';
import { clientOf, readSecret } from './secret.ts';

export async function whoAmI(context: VendorContext, secret: Json): Promise<Identity> {
  const user = await clientOf(context, secret).getCurrentUser();
  return {
    name: user.name ?? user.email ?? 'Koyeb user',
    ...(user.email ? { detail: user.email } : {}),
    facts: facts([
      ['Two-factor sign-in', yesOrNo(user.two_factor_authentication)],
      ['E-mail confirmed', yesOrNo(user.email_validated)],
      ['Last sign-in', isoTime(user.last_login)],
      ['Last sign-in from', user.last_login_ip],
      ['Registered', isoTime(user.created_at)],
    ]),
  };
}

/** Every organisation of the person, and the way to be in none. */
export async function memberships(context: VendorContext, secret: Json): Promise<Membership[]> {
  const client = clientOf(context, secret);
  const { here, organisations } = await organisationsOf(client, readSecret(secret).userId);
  const rows = organisations.map(
    ({ organization, role, status, isHere }): Membership => ({
      realm: realmOf(organization),
      roles: role ? [role] : [],
      here: isHere,
      ...(organization.plan ? { detail: `Plan ${organization.plan}` } : {}),
      ...(status === 'active' ? {} : { badge: status }),
    }),
  );
  return [...rows, { realm: noOrganisation, roles: [], here: here.id === '' }];
}
