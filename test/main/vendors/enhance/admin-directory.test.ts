import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { failureOf } from '../practice-context.ts';
import { openPanel, type Panel } from './admin-harness.ts';

let panel: Panel;
afterEach(() => panel.close());

describe('a panel of a dozen people', () => {
  beforeEach(async () => {
    panel = await openPanel();
  });

  test('all logins, sorted by the panel, a page at a time, with the total', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const first = await nora.page({ source: 'all', sort: 'email' }, 0, 3);
    const next = await nora.page({ source: 'all', sort: 'email' }, 3, 3);
    expect(first.total).toBe(11);
    const emails = [...first.rows, ...next.rows].map(({ cells }) => cells.email);
    expect(emails).toEqual([...emails].sort());
    expect(new Set(emails).size).toBe(6);
    expect(first.rows[0]!.cells).toMatchObject({
      email: 'alex@moreau.example',
      name: 'Alex Moreau',
      method: 'password only',
      locale: 'en-GB',
    });
    expect(first.rows[0]!.cells.registered).toMatch(/^\d{4}-\d\d-\d\dT/);
    const newest = await nora.page({ source: 'all', sort: 'registered', descending: true }, 0, 1);
    expect(newest.rows[0]!.cells.email).toBe('bea@northwind.example');
    expect(panel.lastSeen('getLogins').query).toMatchObject({
      sortBy: 'registrationDate',
      sortOrder: 'desc',
      limit: '1',
    });
    expect((await failureOf(nora.page({ source: 'all', sort: 'locale' }))).kind).toBe('invalid');
  });

  test('a whole e-mail address is looked up in the list that is shown; what is none finds nobody', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    expect((await nora.sources()).every(({ findsEmail }) => findsEmail)).toBe(true);
    const found = await nora.page({ source: 'all', search: ' Alex@moreau.example ' });
    expect(found).toMatchObject({ total: 1, rows: [{ cells: { name: 'Alex Moreau' } }] });
    expect((await nora.person(found.rows[0]!.id)).name).toBe('Alex Moreau');
    expect(await nora.page({ source: 'all', search: 'nobody@moreau.example' })).toEqual({
      rows: [],
      total: 0,
    });
    expect(await nora.page({ source: 'all', search: 'alex@moreau.example' }, 100)).toEqual({
      rows: [],
      total: 1,
    });
    const before = panel.lastSeen('getLogins');
    expect(await nora.page({ source: 'all', search: 'alex' })).toEqual({ rows: [], total: 0 });
    expect(panel.lastSeen('getLogins')).toEqual(before);
    const [reseller] = await nora.organisations('reseller');
    const inReseller = { source: 'customers', organisation: reseller!.id };
    expect((await nora.page({ ...inReseller, search: 'alex@moreau.example' })).total).toBe(1);
    expect((await nora.page({ ...inReseller, search: 'nora@northwind.example' })).total).toBe(0);
  });

  test('another realm, an organisation, customers', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    expect((await failureOf(nora.page({ source: 'realm' }))).fields).toHaveProperty('organisation');
    const [reseller] = await nora.organisations('reseller');
    expect(reseller).toMatchObject({ name: 'Reseller EU', detail: 'customer, petra@reseller-eu.example' });
    const emails = async (source: string) =>
      (await nora.page({ source, organisation: reseller!.id })).rows.map(({ cells }) => cells.email);
    expect(await emails('realm')).toEqual(['alex@moreau.example']);
    expect(await emails('organisation')).toEqual(['amir@northwind.example', 'petra@reseller-eu.example']);
    expect(await emails('customers')).toEqual(['alex@moreau.example']);
  });

  test('organisations are found by name, owner and id, below resellers too', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    expect((await nora.organisations('')).length).toBe(10);
    const [moreau] = await nora.organisations('moreau');
    expect(moreau!.name).toBe('Atelier Moreau');
    expect((await nora.organisations(moreau!.id)).map(({ name }) => name)).toEqual(['Atelier Moreau']);
    expect((await nora.organisations('old mill'))[0]!.detail).toContain('suspended');
    const sam = await panel.signIn('Sam Whitlock');
    expect((await sam.organisations('')).map(({ name }) => name)).toEqual(['Northwind Hosting']);
    expect(await sam.organisations(moreau!.id)).toEqual([
      { id: moreau!.id, name: moreau!.id, detail: 'by its id' },
    ]);
  });

  test('what the roles do not open is named, and refused by the panel', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    expect((await nora.sources()).map(({ missingRight }) => missingRight)).toEqual(Array(4).fill(undefined));
    const sam = await panel.signIn('Sam Whitlock');
    const byId = Object.fromEntries((await sam.sources()).map((source) => [source.id, source]));
    expect(byId.all!.missingRight).toBe('Owner, SuperAdmin or Sysadmin in the master organisation');
    expect(byId.organisation!.missingRight).toContain('in an organisation');
    expect(byId.customers!.missingRight).toBeUndefined();
    expect(byId.all!.actions[0]!.missingRight).toBeUndefined();
    const refused = await failureOf(sam.page({ source: 'all' }));
    expect(refused).toMatchObject({ kind: 'forbidden', missingRight: 'Owner, SuperAdmin or Sysadmin' });
    const ines = await panel.signIn('Ines Duarte');
    const few = await ines.sources();
    expect(few.map(({ missingRight }) => missingRight)).toEqual([
      'Owner, SuperAdmin or Sysadmin in the master organisation',
      'Owner, SuperAdmin or Sysadmin in the master organisation',
      'Owner, SuperAdmin or Sysadmin in an organisation',
      'admin or support rights in an organisation',
    ]);
    for (const { actions } of few)
      expect(actions[0]!.missingRight).toBe('admin or support rights in an organisation');
    const token = await panel.signIn('Support desk token');
    expect((await token.sources())[0]!.missingRight).toBeUndefined();
    expect((await token.page({ source: 'all' })).total).toBe(11);
  });

  test('a new login can sign in, and opens as a person', async () => {
    const sam = await panel.signIn('Sam Whitlock');
    const nora = await panel.signIn('Nora Lindholm');
    const [harbour] = await nora.organisations('harbour');
    const values = {
      organisation: harbour!.id,
      name: 'Olga Winter',
      email: 'olga@harbourbakery.example',
      password: 'canary-new-login',
    };
    const done = await sam.act('new-login', null, values);
    expect(done.message).toContain('olga@harbourbakery.example');
    await panel.signIn('Frieda Holm', { email: values.email, password: values.password });
    const page = await nora.person((await nora.act('new-login', null, values)).personId!);
    expect(page).toMatchObject({ name: 'Olga Winter', email: values.email });
    const [table] = page.tables;
    expect(table!.rows).toEqual([]);
    expect(table!.empty).toBe('Not a member of any of the 10 organisations that you can look into.');
  });

  test('a login that exists already is named and shown, or said to be out of sight', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const [harbour] = await nora.organisations('harbour');
    const values = {
      organisation: harbour!.id,
      name: 'Somebody',
      email: 'Kari@fjordweb.example',
      password: 'canary-new-login',
    };
    const there = await nora.act('new-login', null, values);
    expect(there.message).toBe(
      'Nothing was created: Kari@fjordweb.example has a login in this realm already, Kari Nordahl.',
    );
    expect((await nora.person(there.personId!)).name).toBe('Kari Nordahl');
    const sam = await panel.signIn('Sam Whitlock');
    const unseen = await failureOf(sam.act('new-login', null, values));
    expect(unseen).toMatchObject({ kind: 'conflict', advice: expect.stringContaining('administrator') });
  });

  test('a new login is refused for a missing right, a short password and empty fields', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const ines = await panel.signIn('Ines Duarte');
    const [harbour] = await nora.organisations('harbour');
    const values = {
      organisation: harbour!.id,
      name: 'A',
      email: 'a@b.example',
      password: 'canary-new-login',
    };
    const refused = await failureOf(ines.act('new-login', null, values));
    expect(refused).toMatchObject({ kind: 'forbidden', missingRight: expect.stringContaining('support') });
    expect((await failureOf(nora.act('new-login', null, { ...values, password: 'short' }))).kind).toBe(
      'invalid',
    );
    for (const name of ['organisation', 'name', 'email', 'password']) {
      const failure = await failureOf(nora.act('new-login', null, { ...values, [name]: '' }));
      expect(Object.keys(failure.fields ?? {})).toEqual([name]);
    }
    expect((await nora.page({ source: 'all' })).total).toBe(11);
  });
});

test('a realm of 100,000 is read in pages, and one of them found in few requests', async () => {
  panel = await openPanel({ logins: 100_000 });
  const nora = await panel.signIn('Nora Lindholm');
  const far = await nora.page({ source: 'all', sort: 'email' }, 77_000, 50);
  expect(far.total).toBe(100_011);
  expect(far.rows).toHaveLength(50);
  const row = far.rows[7]!;
  const before = panel.server.log().length;
  const page = await nora.person(row.id);
  expect(page).toMatchObject({ name: row.cells.name, email: row.cells.email });
  const reads = panel.server.log().slice(before);
  const logins = reads.filter(({ operation }) => operation === 'getLogins');
  expect(logins.length).toBeLessThan(16);
  const rows = logins.reduce((sum, { query }) => sum + Number(query.limit), 0);
  expect(rows).toBeLessThan(1_500);
  expect(page.facts).toContainEqual({
    label: 'Organisations',
    value: 'Looked through 10 organisations; there may be more memberships.',
  });
  const nobody = await nora.whyNot('person0500000@depot.example');
  expect(nobody[0]!.text).toContain('has registered at this panel');
}, 60_000);
