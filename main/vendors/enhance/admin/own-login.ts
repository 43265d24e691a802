import type { PersonPage } from '#contract/admin.ts';
import type { OwnLogin } from '../../admin.ts';
import { offered } from '../../kit/actions.ts';
import { facts } from '../../kit/display.ts';
import { nullIfRefused } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { inSession, readSecret } from '../session/secret.ts';
import { methodWords, statedTime } from '../words.ts';
import { newToken, tokenTables } from './access-tokens.ts';
import { actOnOwnLogin } from './actions.ts';
import { ownActions } from './own-actions.ts';
import { type Rights, rightsOf } from './rights.ts';
import { secondStepNote } from './second-step.ts';

const byToken =
  'This session acts with an access token of an organisation, not with a login of a person. What is shown is what the panel says of it.';

async function page(context: VendorContext, secret: Json): Promise<PersonPage> {
  const client = inSession(context, secret);
  const known = readSecret(secret);
  const token = known.kind === 'token' ? known.token : null;
  // An organisation's token may have no login to show.
  const [login, rights] = await Promise.all([
    token ? nullIfRefused(client.getLogin()) : client.getLogin(),
    rightsOf(client),
  ]);
  return {
    id: login?.id ?? 'token',
    name: login?.name ?? 'Access token',
    ...(login ? { email: login.email, vendorId: login.id } : {}),
    facts: facts([
      ['Name', login?.name, 'change-name'],
      ['E-mail', login?.email, 'change-email'],
      ['Signs in with', token ? 'access token' : methodWords(login?.authMethod)],
      ['Second step', login && !token ? secondStepNote(login.authMethod) : undefined],
      ['Language', login?.locale, 'change-language'],
      ['Password changed', statedTime(login?.passwordLastChangedAt)],
      ['Registered', statedTime(login?.registeredAt)],
      ['Picture', login ? (login.avatarPath ? 'set' : 'none') : undefined],
      ['Access token', token ? byToken : undefined],
    ]),
    tables: [membershipTable(rights), ...(await tokenTables(client, rights, token))],
    actions: [
      ...(login ? offered(ownActions, { login, byToken: token !== null }) : []),
      newToken.offer({ rights }),
    ],
  };
}

function membershipTable(rights: Rights): PersonPage['tables'][number] {
  return {
    title: 'Organisations and roles',
    columns: [
      { id: 'organisation', label: 'Organisation' },
      { id: 'roles', label: 'Roles' },
      { id: 'sites', label: 'Sites' },
    ],
    rows: rights.memberships.map(({ orgId, memberId, orgName, isMasterOrg, roles, siteAccessCount }) => ({
      id: `${orgId}/${memberId}`,
      cells: {
        organisation: isMasterOrg ? `${orgName} (master organisation)` : orgName,
        roles: roles.join(', '),
        sites: String(siteAccessCount ?? ''),
      },
      actions: [],
    })),
    empty: rights.known
      ? 'Your login is a member of no organisation.'
      : 'The panel does not say where this token belongs.',
  };
}

/** The login that the session belongs to. */
export const ownLogin: OwnLogin = { page, act: actOnOwnLogin };
