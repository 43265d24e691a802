import type { DirectoryPage, DirectoryQuery, DirectorySource } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import { isEmail } from '#contract/form.ts';
import { lookUp } from '#lib/look-up.ts';
import { fieldError } from '../../kit/fields.ts';
import { missingRight, type Right } from '../../kit/rights.ts';
import type { Json, VendorContext } from '../../vendor.ts';
import type { LoginPage } from '../api/logins.ts';
import { inSession } from '../session/secret.ts';
import { methodWords, statedTime } from '../words.ts';
import { invite } from './invites.ts';
import { newLogin } from './login-actions.ts';
import { findByEmail, type Login, listAt } from './login-lists.ts';
import { type Place, personId } from './person-id.ts';
import { masterAdmin, organisationAdmin, type Rights, rightsOf, staffRights } from './rights.ts';

const columns = [
  { id: 'name', label: 'Name', sortable: true },
  { id: 'email', label: 'E-mail', sortable: true },
  { id: 'method', label: 'Signs in with', sortable: false },
  { id: 'registered', label: 'Registered', sortable: true },
  { id: 'locale', label: 'Language', sortable: false },
];

/** OpenAPI 12.21.3, getLogins, sortBy. */
const sorts: Record<string, LoginPage['sortBy']> = {
  name: 'name',
  email: 'email',
  registered: 'registrationDate',
};

export async function sources(context: VendorContext, secret: Json): Promise<DirectorySource[]> {
  const rights = await rightsOf(inSession(context, secret));
  const source = (
    id: string,
    label: string,
    needsOrganisation: boolean,
    right: Right<{ rights: Rights }>,
  ) => ({
    ...{
      id,
      label,
      needsOrganisation,
      columns,
      findsEmail: true,
      filters: [],
      actions: [newLogin.offer({ rights }), invite.offer({ rights })],
    },
    ...missingRight(right, { rights }),
  });
  return [
    source('all', 'All logins', false, masterAdmin),
    source('realm', 'Logins of a realm', true, masterAdmin),
    source('organisation', 'Logins of an organisation', true, organisationAdmin),
    source('customers', 'Customers’ logins', true, staffRights),
  ];
}

const kinds: Record<string, Place['kind']> = {
  realm: 'realm',
  organisation: 'org',
  customers: 'customers',
};

function placeOf(context: VendorContext, { source, organisation }: DirectoryQuery): Place {
  if (source === 'all') return { kind: 'realm', id: context.realm?.id ?? null };
  const kind = lookUp(kinds, source);
  if (!kind) throw new GatehouseError({ kind: 'not-found', message: 'Enhance has no such table.' });
  if (!organisation) throw fieldError('organisation', 'Choose an organisation first.');
  return { kind, id: organisation };
}

/**
 * One page, sorted by the panel; with a search, which has to be a whole e-mail address, the one login that has it. A missing right
 * throws `forbidden` and names it.
 */
export async function page(
  context: VendorContext,
  secret: Json,
  query: DirectoryQuery,
  range: { offset: number; limit: number },
): Promise<DirectoryPage> {
  const place = placeOf(context, query);
  const list = listAt(inSession(context, secret), place);
  const email = query.search?.trim();
  if (email) {
    const { login } = isEmail(email) ? await findByEmail(list, email) : { login: null };
    const found = login ? [rowOf(login, place)] : [];
    return { rows: found.slice(range.offset, range.offset + range.limit), total: found.length };
  }
  const sortBy = lookUp(sorts, query.sort ?? 'email');
  if (!sortBy) throw fieldError('sort', 'The panel can’t sort by this column.');
  const sortOrder = query.descending ? 'desc' : 'asc';
  const { items, total } = await list({ ...range, sortBy, sortOrder });
  return { rows: items.map((login) => rowOf(login, place)), total };
}

function rowOf(login: Login, place: Place) {
  return {
    id: personId({ loginId: login.id, place, email: login.email }),
    cells: {
      name: login.name,
      email: login.email,
      method: methodWords(login.authMethod),
      registered: statedTime(login.registeredAt),
      locale: login.locale ?? '',
    },
  };
}
