import type { Action, PersonPage } from '#contract/admin.ts';
import type { ActionResult } from '../../admin.ts';
import { actionOf, field, need, orFailure, toldOnce, toldOnceBy, unless, wrong } from '../../kit/admin.ts';
import type { VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../client.ts';
import { rolesField } from './fields.ts';
import { memberRowId, readRowId } from './person-id.ts';
import { missing, type Rights } from './rights.ts';
import { iso, splitList } from './words.ts';

type Table = PersonPage['tables'][number];
type Token = Awaited<ReturnType<EnhanceClient['getAccessTokens']>>[number];

/** Organisations whose tokens are listed on one page. */
const mostOrganisations = 5;

/** One table for each organisation that the session administers. `own`: the token that the session itself acts with. */
export async function tokenTables(
  client: EnhanceClient,
  rights: Rights,
  own: string | null,
): Promise<Table[]> {
  return Promise.all(
    rights.adminOf.slice(0, mostOrganisations).map(async ({ orgId, orgName }) => {
      const read = await orFailure(client.getAccessTokens(orgId));
      return {
        title: `Access tokens of ${orgName}`,
        columns: [
          { id: 'name', label: 'Name' },
          { id: 'begins', label: 'Begins with' },
          { id: 'roles', label: 'Roles' },
          { id: 'expires', label: 'Expires' },
          { id: 'from', label: 'Allowed from' },
        ],
        rows: (read.value ?? []).map((token) => rowOf(orgId, token, own)),
        empty: 'This organisation has no access tokens.',
        ...(read.failed ? { failed: read.failed } : {}),
      };
    }),
  );
}

function rowOf(orgId: string, token: Token, own: string | null): Table['rows'][number] {
  const used = own?.startsWith(token.firstFive) ?? false;
  const name = token.friendlyName ?? 'without a name';
  const anywhere = !token.allowedIps?.length || token.ipRestricted === false;
  return {
    id: memberRowId(orgId, token.id),
    cells: {
      name: used ? `${name} (this session’s, by its first letters)` : name,
      begins: `${token.firstFive}…`,
      roles: token.roles.join(', '),
      expires: iso(token.tokenExpires) || 'never',
      from: anywhere ? 'anywhere' : (token.allowedIps ?? []).join(', '),
    },
    actions: [
      actionOf('revoke-token', 'Delete the token', {
        danger: true,
        confirm: `Delete the access token “${name}”? Whatever uses it is refused from then on${used ? ', this session included' : ''}.`,
      }),
    ],
  };
}

export async function revokeToken(client: EnhanceClient, target: string | null): Promise<ActionResult> {
  const { orgId, id } = readRowId(target);
  await client.deleteAccessToken(orgId, id);
  return { message: 'The access token is deleted; the panel refuses it from now on.' };
}

const day = 24 * 3600 * 1000;
const lives = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: 'never', label: 'until it is deleted' },
];

/** A token of an organisation that the session administers. */
export const newToken = ({ adminOf }: Rights): Action =>
  actionOf('new-token', 'New access token', {
    fields: [
      field('organisation', 'Organisation', {
        type: 'select',
        options: adminOf
          .slice(0, mostOrganisations)
          .map(({ orgId, orgName }) => ({ value: orgId, label: orgName })),
      }),
      field('name', 'Name', { help: 'What it is for, so that it can be told from the others.' }),
      { ...rolesField([]), help: 'What the token may do in this organisation.' },
      field('life', 'Good for', { type: 'select', options: lives, initial: '90' }),
      field('from', 'Allowed from', {
        required: false,
        placeholder: '203.0.113.7, 203.0.113.8',
        help: 'Network addresses, separated by commas. Empty: from anywhere.',
      }),
    ],
    effect: toldOnce,
    ...unless(adminOf.length > 0, missing.admin),
  });

/** Makes a token; the panel gives it once, and it goes to main's clipboard only. */
export async function createToken(
  { now }: VendorContext,
  client: EnhanceClient,
  values: Record<string, string>,
): Promise<ActionResult> {
  const orgId = need(values, 'organisation', 'Choose the organisation.');
  const friendlyName = need(values, 'name', 'Type a name.');
  const roles = splitList(values.roles);
  if (roles.length === 0) throw wrong('roles', 'Choose at least one role.');
  const days = Number(values.life);
  const allowedIps = splitList(values.from);
  const { unencryptedToken } = await toldOnceBy(
    client.createAccessToken(orgId, {
      friendlyName,
      roles,
      ...(days > 0 ? { tokenExpires: new Date(now() + days * day).toISOString() } : {}),
      ...(allowedIps.length > 0 ? { allowedIps, ipRestricted: true } : {}),
    }),
  );
  return { message: `The access token “${friendlyName}” is made.`, copy: unencryptedToken };
}
