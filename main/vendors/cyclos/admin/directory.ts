import type { DirectoryPage, DirectoryQuery, DirectorySource } from '#contract/admin.ts';
import { isKind } from '#contract/failure.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import { type AdminContext, adminContext } from './context.ts';
import { roleOptions, statusOptions } from './words.ts';

/** Without a wish for one status, everybody but the removed: the server itself would show the active and the blocked only. */
const presentStatuses = ['active', 'blocked', 'disabled', 'pending'];

const columns = [
  ['display', 'Name'],
  ['username', 'User name'],
  ['email', 'E-mail'],
  ['phone', 'Phone'],
  ['group', 'Group'],
].map(([id = '', label = '']) => ({ id, label, sortable: false }));

export async function sources(context: VendorContext, secret: Json): Promise<DirectorySource[]> {
  const groups = await groupsOf(await adminContext(context, secret));
  return [
    {
      id: 'users',
      label: 'People',
      needsOrganisation: false,
      columns,
      search: 'Search by name, user name, e-mail or account number',
      filters: [
        { id: 'status', label: 'Status', options: statusOptions },
        { id: 'group', label: 'Group', options: groups ?? [] },
        { id: 'role', label: 'Role', options: roleOptions },
      ].filter((filter) => filter.options.length > 0),
      actions: [],
      ...(groups ? {} : { missingRight: 'the right to search people' }),
    },
  ];
}

/** The groups that people can be filtered by; null when people may not be searched. */
async function groupsOf({ auth, client }: AdminContext) {
  if (auth.permissions?.users?.search === false) return null;
  try {
    const { groups } = await client.users.getUserDataForSearch();
    return groups.flatMap(({ id, internalName, name }) => {
      const value = internalName ?? id;
      return value ? [{ value, label: name ?? value }] : [];
    });
  } catch (error) {
    if (isKind(error, 'forbidden')) return null;
    throw error;
  }
}

/** Cyclos pages by number; a range that lies across two pages is cut out of both. */
export async function page(
  context: VendorContext,
  secret: Json,
  query: DirectoryQuery,
  { offset, limit }: { offset: number; limit: number },
): Promise<DirectoryPage> {
  const { client } = await adminContext(context, secret);
  const { status, group, role } = query.filters ?? {};
  const read = (number: number) =>
    client.users.searchUsers({
      page: number,
      pageSize: limit,
      statuses: status ? [status] : presentStatuses,
      ...(query.search?.trim() ? { keywords: query.search.trim() } : {}),
      ...(group ? { groups: [group] } : {}),
      ...(role ? { roles: [role] } : {}),
    });
  const skip = offset % limit;
  const first = await read((offset - skip) / limit);
  const rows = [...first.rows];
  if (skip > 0 && first.more) rows.push(...(await read((offset - skip) / limit + 1)).rows);
  return {
    total: first.total,
    rows: rows.slice(skip, skip + limit).flatMap((user) => {
      const id = user.id ?? user.username;
      if (!id) return [];
      const cells: Record<string, string> = {
        display: user.display ?? user.name ?? '',
        username: user.username ?? user.shortDisplay ?? '',
        email: user.email ?? '',
        phone: user.phone ?? '',
        group: user.group?.name ?? '',
      };
      return [{ id, cells }];
    }),
  };
}

/**
 * People whose e-mail address, user name or account number is exactly this, the removed included. 4.11 shows nobody's status, so there
 * each status is searched for alone, and comes back with the people who have it.
 */
export async function findExactly({ client, generation }: AdminContext, text: string) {
  const wanted = text.trim().toLowerCase();
  const all = [...presentStatuses, 'removed'];
  const search = async (statuses: string[], status?: string) => {
    const { rows } = await client.users.searchUsers({ keywords: wanted, statuses, page: 0, pageSize: 40 });
    return rows
      .filter((user) =>
        [user.email, user.username, user.accountNumber, user.phone].some(
          (one) => one?.toLowerCase() === wanted,
        ),
      )
      .map((user) => ({ user, status }));
  };
  try {
    if (generation === '4.16') return await search(all);
    return (await Promise.all(all.map((status) => search([status], status)))).flat();
  } catch (error) {
    if (isKind(error, 'not-found')) return [];
    throw error;
  }
}
