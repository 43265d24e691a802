import type { PersonPage } from '../../../../preload/contract/admin.ts';
import type { Done } from '../../admin.ts';
import { actionOf, orFailure } from '../../admin-kit.ts';
import type { EnhanceClient } from '../client.ts';
import { memberRowId, readRowId } from './person-id.ts';
import type { Rights } from './rights.ts';
import { iso } from './words.ts';

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

export async function revokeToken(client: EnhanceClient, target: string | null): Promise<Done> {
  const { orgId, id } = readRowId(target);
  await client.deleteAccessToken(orgId, id);
  return { message: 'The access token is deleted; the panel refuses it from now on.' };
}
