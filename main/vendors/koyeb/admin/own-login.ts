import type { PersonPage } from '#contract/admin.ts';
import type { OwnLogin } from '../../admin.ts';
import { createDispatcher } from '../../kit/actions.ts';
import { facts, isoTime, yesOrNo } from '../../kit/display.ts';
import { orFailure, type Read } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { type OwnOrganisation, organisationsOf, realmOf } from '../session/realms.ts';
import { clientOf, readSecret } from '../session/secret.ts';
import { credentialsTable, newCredential, ownActions } from './credentials.ts';
import { wordOf } from './members.ts';

type Table = PersonPage['tables'][number];

async function page(context: VendorContext, secret: Json): Promise<PersonPage> {
  const client = clientOf(context, secret);
  const user = await client.getCurrentUser();
  const id = user.id ?? readSecret(secret).userId ?? 'self';
  const [read, credentials] = await Promise.all([
    orFailure(organisationsOf(client, id)),
    credentialsTable(client),
  ]);
  const organisations: Read<OwnOrganisation[]> = read.value ? { value: read.value.organisations } : read;
  const here = organisations.value?.find((one) => one.isHere)?.organization;
  return {
    id,
    name: user.name ?? user.email ?? 'Koyeb user',
    ...(user.email ? { email: user.email } : {}),
    ...(user.id ? { vendorId: user.id } : {}),
    facts: facts([
      ['E-mail confirmed', yesOrNo(user.email_validated)],
      ['Two-factor sign-in', yesOrNo(user.two_factor_authentication)],
      ['Last sign-in', isoTime(user.last_login)],
      ['Last sign-in from', user.last_login_ip],
      ['Registered', isoTime(user.created_at)],
      ['Flags', user.flags.map(wordOf).join(', ')],
      ['Not told', 'Koyeb does not list a person’s sessions.'],
    ]),
    tables: [organisationsTable(organisations), credentials],
    actions: [newCredential.offer({ organisation: here && realmOf(here).name })],
  };
}

function organisationsTable({ value, failed }: Read<OwnOrganisation[]>): Table {
  return {
    title: 'Organisations',
    columns: [
      { id: 'name', label: 'Organisation' },
      { id: 'role', label: 'Role' },
      { id: 'status', label: 'Status' },
      { id: 'detail', label: 'Plan' },
      { id: 'here', label: 'This session' },
    ],
    rows: (value ?? []).map(({ organization, role, status, isHere }) => ({
      id: organization.id,
      cells: {
        name: realmOf(organization).name,
        role: wordOf(role),
        status,
        detail: organization.plan ?? '',
        here: isHere ? 'yes' : '',
      },
      actions: [],
    })),
    empty: 'In no organisation.',
    ...(failed ? { failed } : {}),
  };
}

const dispatch = createDispatcher('Koyeb', ownActions);

export const ownLogin: OwnLogin = {
  page,
  act: (context, secret, input) => dispatch(clientOf(context, secret), input),
};
