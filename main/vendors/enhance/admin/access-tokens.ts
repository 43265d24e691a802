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
  return {
    id: memberRowId(orgId, token.id),
    cells: {
      name: used ? `${name} (this session’s, by its first letters)` : name,
      begins: `${token.firstFive}…`,
      roles: token.roles.join(', '),
      expires: statedTime(token.tokenExpires) || 'never',
      from: addressesOf(token).join(', ') || 'anywhere',
    },
    actions: [changeToken.offer({ token, used }), revokeToken.offer({ name, used })],
  };
}

/** The addresses that a token is good from; none where it is good from anywhere. */
const addressesOf = ({ allowedIps = [], ipRestricted }: Token) => (ipRestricted === false ? [] : allowedIps);

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

async function readBack(client: EnhanceClient, orgId: string, tokenId: string): Promise<Token | undefined> {
  const { value } = await orFailure(client.getAccessTokens(orgId));
  return value?.find(({ id }) => id === tokenId);
}

/** Panels before 12.21 know no restriction and take it all the same, so that it is read back. */
const isRestricted = (token: Token | undefined) =>
  token?.ipRestricted === true && addressesOf(token).length > 0;

const sameEntries = (one: string[], other: string[]) =>
  one.length === other.length && one.every((entry) => other.includes(entry));

interface Wanted {
  friendlyName: string;
  roles: string[];
  allowedIps: string[];
}

/** What the panel says of a token that is not as it was to be. */
function otherwise(token: Token, { friendlyName, roles, allowedIps }: Wanted): string[] {
  const addresses = isRestricted(token) ? addressesOf(token) : [];
  return [
    ...(token.friendlyName === friendlyName ? [] : [`its name is “${token.friendlyName ?? ''}”`]),
    ...(sameEntries(token.roles, roles) ? [] : [`its roles are ${token.roles.join(', ') || 'none'}`]),
    ...(sameEntries(addresses, allowedIps)
      ? []
      : [
          addresses.length > 0
            ? `it is allowed from ${addresses.join(', ')}`
            : 'it may be good from anywhere',
        ]),
  ];
}

/** What a token may do and from where, as its form has it. */
const tokenFields = (token?: Token) => [
  field('name', 'Name', {
    help: 'What it is for, so that it can be told from the others.',
    ...(token?.friendlyName ? { initial: token.friendlyName } : {}),
  }),
  { ...rolesField(token?.roles ?? []), help: 'What the token may do in this organisation.' },
];

const addressesField = (token?: Token) =>
  field('from', 'Allowed from', {
    required: false,
    placeholder: '203.0.113.7, 203.0.113.8',
    help: 'Network addresses, separated by commas. Empty: from anywhere.',
    ...(token ? { initial: addressesOf(token).join(', ') } : {}),
  });

function readToken(values: Record<string, string>): Wanted {
  const friendlyName = requireField(values, 'name', 'Type a name.');
  const roles = splitList(values.roles);
  if (roles.length === 0) throw fieldError('roles', 'Choose at least one role.');
  return { friendlyName, roles, allowedIps: splitList(values.from) };
}

/** Renames a token, or changes its roles and addresses; what it is and when it expires stay. */
export const changeToken = defineAction({
  id: 'change-token',
  label: 'Change the token',
  fields: ({ token }: { token: Token; used: boolean }) => [...tokenFields(token), addressesField(token)],
  effect: ({ used }: { token: Token; used: boolean }) =>
    used
      ? 'It holds at once for whatever uses the token, this session included.'
      : 'It holds at once for whatever uses the token.',
  async run({ client }: AdminContext, { target, values }) {
    const { orgId, id } = readRowId(target);
    const wanted = readToken(values);
    await client.updateAccessToken(orgId, id, { ...wanted, ipRestricted: wanted.allowedIps.length > 0 });
    const now = await readBack(client, orgId, id);
    if (!now)
      return { message: 'The panel took the change, but its list can’t be read, so that it is not certain.' };
    const differs = otherwise(now, wanted);
    return {
      message:
        differs.length > 0
          ? `The panel took the change, but says otherwise of the token now: ${differs.join('; ')}.`
          : `The access token “${wanted.friendlyName}” is changed.`,
    };
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
    ...tokenFields(),
    field('life', 'Good for', { type: 'select', options: lives, initial: '90' }),
    addressesField(),
  ],
  effect: newTokenEffect,
  right: knownOrganisationAdmin,
  async run({ context, client }: AdminContext, { values }) {
    const orgId = requireField(values, 'organisation', 'Choose the organisation.');
    const { friendlyName, roles, allowedIps } = readToken(values);
    const days = Number(values.life);
    const { id, unencryptedToken } = await withLostTokenAdvice(
      client.createAccessToken(orgId, {
        friendlyName,
        roles,
        ...(days > 0 ? { tokenExpires: new Date(context.now() + days * day).toISOString() } : {}),
        ...(allowedIps.length > 0 ? { allowedIps, ipRestricted: true } : {}),
      }),
    );
    const open = allowedIps.length > 0 && !isRestricted(await readBack(client, orgId, id));
    return {
      message: open
        ? `The access token “${friendlyName}” is made, but the panel does not say that it restricts it: it may be good from anywhere. Delete it if that is too much.`
        : `The access token “${friendlyName}” is made.`,
      copy: unencryptedToken,
    };
  },
});
