import type { DirectoryPage, DirectoryQuery, DirectorySource } from '#contract/admin.ts';
import { isoTime } from '../../kit/display.ts';
import { missingRight } from '../../kit/rights.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { Account } from '../api/models.ts';
import { timeOf } from '../assumptions.ts';
import {
  accountsPermission,
  adminContext,
  deviceRowId,
  rightsOf,
  userRowId,
  usersPermission,
} from './context.ts';

const columnsOf = (names: Record<string, string>) =>
  Object.entries(names).map(([id, label]) => ({ id, label, sortable: true }));

export async function sources(context: VendorContext, secret: Json): Promise<DirectorySource[]> {
  const rights = await rightsOf(adminContext(context, secret));
  const common = { needsOrganisation: false, actions: [] };
  return [
    {
      ...common,
      id: 'users',
      label: 'People',
      columns: columnsOf({ userid: 'User name', numberaccounts: 'Devices', lastlogin: 'Last sign-in' }),
      search: 'Search user names',
      filters: [],
      ...missingRight(usersPermission, { rights }),
    },
    {
      ...common,
      id: 'accounts',
      label: 'Devices',
      columns: columnsOf({
        description: 'Device',
        userid: 'User name',
        blocked: 'Blocked',
        clientVersion: 'App version',
        created: 'Enrolled',
        lastlogin: 'Last sign-in',
        lastprovoke: 'Last push',
      }),
      filters: [
        {
          id: 'blocked',
          label: 'Blocked',
          options: [
            { value: 'true', label: 'Blocked' },
            { value: 'false', label: 'Not blocked' },
          ],
        },
      ],
      ...missingRight(accountsPermission, { rights }),
    },
  ];
}

/** What the tables show of a device. */
export function deviceCells(account: Account): Record<string, string> {
  return {
    description: account.description ?? '',
    userid: account.userid ?? '',
    blocked: account.blocked ? 'yes' : 'no',
    clientVersion: account.clientVersion ?? '',
    created: isoTime(timeOf(account.created)),
    lastlogin: isoTime(timeOf(account.lastlogin)),
    lastprovoke: isoTime(timeOf(account.lastprovoke)),
  };
}

/** nextAuth pages by `limit` and `marker`, which is taken for an offset (see assumptions.ts). */
export async function page(
  context: VendorContext,
  secret: Json,
  query: DirectoryQuery,
  { offset, limit }: { offset: number; limit: number },
): Promise<DirectoryPage> {
  const { directory, serverId } = adminContext(context, secret);
  const range = {
    limit,
    marker: offset,
    ...(query.sort ? { sort: `${query.sort}:${query.descending ? 'desc' : 'asc'}` } : {}),
  };
  if (query.source === 'accounts') {
    const blocked = query.filters?.blocked;
    const found = await directory.getAccounts(serverId, {
      ...range,
      ...(blocked ? { filter: `blocked=${blocked}` } : {}),
    });
    const rows = found.accounts.map((one) => ({ id: deviceRowId(one.id), cells: deviceCells(one) }));
    return { rows, total: found.totalnumber ?? null };
  }
  const search = query.search?.trim();
  const found = await directory.getUsers(serverId, { ...range, ...(search ? { search } : {}) });
  const rows = found.users.map(({ userid, numberaccounts, lastlogin }) => ({
    id: userRowId(userid),
    cells: {
      userid,
      numberaccounts: numberaccounts === undefined ? '' : String(numberaccounts),
      lastlogin: isoTime(timeOf(lastlogin)),
    },
  }));
  return { rows, total: found.totalnumber ?? null };
}
