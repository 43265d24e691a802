import type { PersonPage } from '../../../../preload/contract/admin.ts';
import type { ActionInput, Done, OwnLogin } from '../../admin.ts';
import { actionOf, facts, iso, orFailure, splitAction, unknownAction } from '../../admin-kit.ts';
import type { Json, Visit } from '../../vendor.ts';
import { assumptions } from '../assumptions.ts';
import type { KoyebClient } from '../client.ts';
import { listMemberships } from '../realms.ts';
import { readSecret } from '../secret.ts';
import { clientOf, wordOf } from './desk.ts';

type Table = PersonPage['tables'][number];
type Credential = Awaited<ReturnType<KoyebClient['listCredentials']>>['credentials'][number];

const yesNo = (value: boolean | undefined) => (value === undefined ? '' : value ? 'yes' : 'no');

async function page(visit: Visit, secret: Json): Promise<PersonPage> {
  const client = clientOf(visit, secret);
  const user = await client.getCurrentUser();
  const id = user.id ?? readSecret(secret).userId ?? 'self';
  return {
    id,
    name: user.name ?? user.email ?? 'Koyeb user',
    ...(user.email ? { detail: user.email } : {}),
    facts: facts([
      ['E-mail', user.email],
      ['E-mail confirmed', yesNo(user.email_validated)],
      ['Two-factor sign-in', yesNo(user.two_factor_authentication)],
      ['Last sign-in', iso(user.last_login)],
      ['Last sign-in from', user.last_login_ip],
      ['Registered', iso(user.created_at)],
      ['Flags', user.flags.map(wordOf).join(', ')],
      ['Not told', 'Koyeb does not list a person’s sessions.'],
    ]),
    tables: await Promise.all([organisationsTable(client, id), credentialsTable(client)]),
    actions: [],
  };
}

async function organisationsTable(client: KoyebClient, userId: string): Promise<Table> {
  const { value, failed } = await orFailure(listMemberships(client, userId));
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

async function credentialsTable(client: KoyebClient): Promise<Table> {
  const { value, failed } = await orFailure(everyCredential(client));
  return {
    title: 'API credentials',
    columns: [
      { id: 'name', label: 'Name' },
      { id: 'type', label: 'Belongs to' },
      { id: 'description', label: 'Description' },
      { id: 'created', label: 'Made' },
      { id: 'expires', label: 'Expires' },
    ],
    rows: (value ?? []).map((one, index) => ({
      id: one.id ?? `row/${index}`,
      cells: {
        name: one.name ?? '',
        type: one.type === 'ORGANIZATION' ? 'the organisation' : one.type === 'USER' ? 'you' : '',
        description: one.description ?? '',
        created: iso(one.created_at),
        expires: iso(one.expires_at),
      },
      actions: one.id ? [revoke(one)] : [],
    })),
    empty: 'No API credentials. New ones are made in Koyeb’s settings.',
    ...(failed ? { failed } : {}),
  };
}

async function everyCredential(client: KoyebClient): Promise<Credential[]> {
  const all: Credential[] = [];
  for (let page = 0; page < assumptions.mostPages; page++) {
    const { credentials } = await client.listCredentials({ limit: assumptions.pageSize, offset: all.length });
    all.push(...credentials);
    if (credentials.length < assumptions.pageSize) break;
  }
  return all;
}

const revoke = (one: Credential) =>
  actionOf(`delete-credential:${one.id ?? ''}`, 'Delete', {
    danger: true,
    confirm: `Delete “${one.name ?? one.id}”? Whatever uses its token stops working at once, this session too if it was signed in with it.`,
  });

async function act(visit: Visit, secret: Json, input: ActionInput): Promise<Done> {
  const { verb, object } = splitAction(input.action);
  if (verb !== 'delete-credential' || !object) throw unknownAction('Koyeb');
  await clientOf(visit, secret).deleteCredential(object);
  return { message: 'The API credential is deleted; its token no longer works.' };
}

export const ownLogin: OwnLogin = { page, act };
