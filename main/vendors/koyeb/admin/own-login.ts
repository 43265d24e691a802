import type { PersonPage } from '#contract/admin.ts';
import type { Membership } from '#contract/shapes.ts';
import type { ActionInput, ActionResult, OwnLogin } from '../../admin.ts';
import { unknownAction } from '../../kit/actions.ts';
import { facts, isoTime } from '../../kit/display.ts';
import { splitAction } from '../../kit/legacy.ts';
import { orFailure, type Read } from '../../kit/reads.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { listMemberships } from '../realms.ts';
import { readSecret } from '../secret.ts';
import { createCredential, credentialsTable, newCredential } from './credentials.ts';
import { clientOf, wordOf } from './desk.ts';

type Table = PersonPage['tables'][number];

const yesNo = (value: boolean | undefined) => (value === undefined ? '' : value ? 'yes' : 'no');

async function page(context: VendorContext, secret: Json): Promise<PersonPage> {
  const client = clientOf(context, secret);
  const user = await client.getCurrentUser();
  const id = user.id ?? readSecret(secret).userId ?? 'self';
  const [memberships, credentials] = await Promise.all([
    orFailure(listMemberships(client, id)),
    credentialsTable(client),
  ]);
  const here = memberships.value?.find((one) => one.here && one.realm.id)?.realm.name;
  return {
    id,
    name: user.name ?? user.email ?? 'Koyeb user',
    ...(user.email ? { detail: user.email } : {}),
    facts: facts([
      ['E-mail', user.email],
      ['E-mail confirmed', yesNo(user.email_validated)],
      ['Two-factor sign-in', yesNo(user.two_factor_authentication)],
      ['Last sign-in', isoTime(user.last_login)],
      ['Last sign-in from', user.last_login_ip],
      ['Registered', isoTime(user.created_at)],
      ['Flags', user.flags.map(wordOf).join(', ')],
      ['Not told', 'Koyeb does not list a person’s sessions.'],
    ]),
    tables: [organisationsTable(memberships), credentials],
    actions: [newCredential(here)],
  };
}

function organisationsTable({ value, failed }: Read<Membership[]>): Table {
  return {
    title: 'Organisations',
    columns: [
      { id: 'name', label: 'Organisation' },
      { id: 'role', label: 'Role' },
      { id: 'status', label: 'Status' },
      { id: 'detail', label: 'Plan' },
      { id: 'here', label: 'This session' },
    ],
    rows: (value ?? [])
      .filter(({ realm }) => realm.id)
      .map(({ realm, roles, badge = 'active', detail = '', here }) => ({
        id: realm.id,
        cells: {
          name: realm.name,
          role: roles.map(wordOf).join(', '),
          status: badge,
          detail: detail.replace(/^Plan /, ''),
          here: here ? 'yes' : '',
        },
        actions: [],
      })),
    empty: 'In no organisation.',
    ...(failed ? { failed } : {}),
  };
}

async function act(context: VendorContext, secret: Json, input: ActionInput): Promise<ActionResult> {
  if (input.action === 'new-credential') return createCredential(clientOf(context, secret), input.values);
  const { verb, object } = splitAction(input.action);
  if (verb !== 'delete-credential' || !object) throw unknownAction('Koyeb');
  await clientOf(context, secret).deleteCredential(object);
  return { message: 'The API credential is deleted; its token no longer works.' };
}

export const ownLogin: OwnLogin = { page, act };
