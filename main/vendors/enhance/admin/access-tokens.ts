import type { PersonPage } from '#contract/admin.ts';
import { defineAction } from '../../kit/actions.ts';
import { field, fieldError, requireField } from '../../kit/fields.ts';
import { newTokenEffect, withLostTokenAdvice } from '../../kit/new-token.ts';
import { orFailure } from '../../kit/reads.ts';
import type { EnhanceClient } from '../api/client.ts';
import { splitList, statedTime } from '../words.ts';
import type { AdminContext } from './context.ts';
import { rolesField } from './fields.ts';
import { memberRowId, readRowId } from './person-id.ts';
import { knownOrganisationAdmin, type Rights } from './rights.ts';

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
      expires: statedTime(token.tokenExpires) || 'never',
      from: anywhere ? 'anywhere' : (token.allowedIps ?? []).join(', '),
    },
    actions: [revokeToken.offer({ name, used })],
  };
}

/** `used`: by this session itself. */
export const revokeToken = defineAction({
  id: 'revoke-token',
  label: 'Delete the token',
  danger: true,
  confirm: ({ name, used }: { name: string; used: boolean }) =>
    `Delete the access token “${name}”? Whatever uses it is refused from then on${used ? ', this session included' : ''}.`,
  async run({ client }: AdminContext, { target }) {
    const { orgId, id } = readRowId(target);
    await client.deleteAccessToken(orgId, id);
    return { message: 'The access token is deleted; the panel refuses it from now on.' };
  },
});

const day = 24 * 3600 * 1000;
const lives = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'a year' },
  { value: 'never', label: 'until it is deleted' },
];

/** Makes a token of an organisation; the panel gives it once, and it goes to main's clipboard only. */
export const newToken = defineAction({
  id: 'new-token',
  label: 'New access token',
  fields: ({ rights }: { rights: Rights }) => [
    field('organisation', 'Organisation', {
      type: 'select',
      options: rights.adminOf
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
  effect: newTokenEffect,
  right: knownOrganisationAdmin,
  async run({ context, client }: AdminContext, { values }) {
    const orgId = requireField(values, 'organisation', 'Choose the organisation.');
    const friendlyName = requireField(values, 'name', 'Type a name.');
    const roles = splitList(values.roles);
    if (roles.length === 0) throw fieldError('roles', 'Choose at least one role.');
    const days = Number(values.life);
    const allowedIps = splitList(values.from);
    const { unencryptedToken } = await withLostTokenAdvice(
      client.createAccessToken(orgId, {
        friendlyName,
        roles,
        ...(days > 0 ? { tokenExpires: new Date(context.now() + days * day).toISOString() } : {}),
        ...(allowedIps.length > 0 ? { allowedIps, ipRestricted: true } : {}),
      }),
    );
    return { message: `The access token “${friendlyName}” is made.`, copy: unencryptedToken };
  },
});
