import { afterEach, beforeEach, expect, test } from 'vitest';
import { enhance } from '../../../../main/vendors/enhance/index.ts';
import { activeOf, failureOf } from '../practice-context.ts';
import { type Agent, openPanel, type Panel, rowOf } from './admin-harness.ts';

let panel: Panel;
let nora: Agent;
beforeEach(async () => {
  panel = await openPanel();
  nora = await panel.signIn('Nora Lindholm');
});
afterEach(() => panel.close());

const idOf = async (email: string) => (await rowOf(nora, email)).id;

async function membership(email: string, organisation: string) {
  const { tables } = await nora.person(await idOf(email));
  const row = tables[0]!.rows.find(({ cells }) => cells.organisation === organisation);
  if (!row) throw new Error(`${email} is not in ${organisation}.`);
  return row;
}

test('a person: facts, organisations and what may be done', async () => {
  const page = await nora.person(await idOf('amir@northwind.example'));
  expect(page).toMatchObject({ name: 'Amir Haddad', email: 'amir@northwind.example' });
  expect(page.facts).toContainEqual({ label: 'Signs in with', value: 'password and e-mail PIN' });
  expect(page.facts).toContainEqual({ label: 'Blocked', value: 'no' });
  expect(page.tables[0]!.rows.map(({ cells }) => [cells.organisation, cells.roles])).toEqual([
    ['Northwind Hosting', 'SuperAdmin'],
    ['Reseller EU', 'SuperAdmin'],
  ]);
  expect(page.actions.filter(({ missingRight }) => missingRight)).toEqual([]);
  const suspended = await nora.person(await idOf('otto@oldmill.example'));
  expect(suspended.tables[0]!.rows[0]!.cells.state).toBe('active, organisation suspended');
});

test('opening a person changes nothing at the panel and spends no link', async () => {
  const before = panel.server.log().length;
  await nora.person(await idOf('frieda@harbourbakery.example'));
  const asked = panel.server.log().slice(before);
  expect(asked.filter(({ method }) => method !== 'GET')).toEqual([]);
  expect(asked.map(({ operation }) => operation)).not.toContain('getOrgMemberLogin');
});

test('with few rights the page says what is not known and which right is missing', async () => {
  const sam = await panel.signIn('Sam Whitlock');
  const page = await sam.person(await idOf('nora@northwind.example'));
  expect(page.email).toBe('nora@northwind.example');
  expect(page.facts.find(({ label }) => label === 'Known')!.value).toContain('by its id');
  expect(page.tables[0]!.empty).toContain('Your roles do not let you see the members');
  const missing = Object.fromEntries(page.actions.map((one) => [one.id, one.missingRight]));
  expect(missing).toMatchObject({
    'set-password': undefined,
    'send-recovery': undefined,
    'allow-email': 'Owner, SuperAdmin or Sysadmin in the master organisation',
    'add-member': 'Owner, SuperAdmin or Sysadmin in an organisation',
  });
  expect((await failureOf(nora.person('nonsense'))).kind).toBe('not-found');
});

test('a member list that fails says so in its table; the rest of the page is good', async () => {
  const id = await idOf('kari@fjordweb.example');
  panel.server.misbehave({ operation: 'getMembers', status: 400 });
  const page = await nora.person(id);
  expect(page.name).toBe('Kari Nordahl');
  expect(page.tables[0]!.failed).toContain('did not accept');
});

test('a new password works at once and the old one no more', async () => {
  const frieda = await idOf('frieda@harbourbakery.example');
  const sam = await panel.signIn('Sam Whitlock');
  await sam.act('set-password', frieda, { password: 'canary-from-support' });
  await panel.signIn('Frieda Holm', { password: 'canary-from-support' });
  expect((await failureOf(panel.signIn('Frieda Holm'))).kind).toBe('refused-credentials');
  const short = await failureOf(nora.act('set-password', frieda, { password: 'short' }));
  expect(short.kind).toBe('invalid');
  expect(JSON.stringify(short)).not.toContain('short"');
  const ines = await panel.signIn('Ines Duarte');
  const refused = await failureOf(ines.act('set-password', frieda, { password: 'canary-from-ines' }));
  expect(refused).toMatchObject({ kind: 'forbidden', missingRight: expect.stringContaining('support') });
  const unknown = await failureOf(nora.act('set-password', 'a0-0//', { password: 'canary-to-nobody' }));
  expect(['invalid', 'not-found']).toContain(unknown.kind);
});

test('a recovery mail goes to the realm in which the person was seen', async () => {
  const [reseller] = await nora.organisations('reseller');
  const row = await rowOf(nora, 'alex@moreau.example', {
    source: 'realm',
    organisation: reseller!.id,
  });
  const done = await nora.act('send-recovery', row.id, { email: 'alex@moreau.example' });
  expect(done.message).toContain('says yes to every address');
  expect(panel.lastSeen('startPasswordRecovery').query).toEqual({ realmId: reseller!.id });
  expect(panel.inbox.latest('alex@moreau.example')!.subject).toBe('Choose a new password');
});

test('roles change while site accesses stay; an empty choice is refused', async () => {
  const row = await membership('ines@harbourbakery.example', 'Harbour Bakery');
  const field = row.actions.find(({ id }) => id === 'change-roles')!.fields[0]!;
  expect(field).toMatchObject({ type: 'choices', initial: 'SiteAccess' });
  expect(field.options!.map(({ value }) => value)).not.toContain('Owner');
  const done = await nora.act('change-roles', row.id, { roles: 'SiteAccess,Business' });
  expect(done.message).toBe('Ines Duarte now has the roles SiteAccess, Business.');
  const after = await membership('ines@harbourbakery.example', 'Harbour Bakery');
  expect(after.cells).toMatchObject({ roles: 'SiteAccess, Business', sites: '2' });
  expect((await failureOf(nora.act('change-roles', row.id, { roles: '' }))).fields).toHaveProperty('roles');
  const petra = await panel.signIn('Petra Vogel');
  const refused = await failureOf(petra.act('change-roles', row.id, { roles: 'Business' }));
  expect(refused).toMatchObject({ kind: 'forbidden', missingRight: 'Owner, SuperAdmin or Sysadmin' });
});

test('a member becomes the owner, by the right of an owner or of who is above', async () => {
  const row = await membership('ines@harbourbakery.example', 'Harbour Bakery');
  const make = row.actions.find(({ id }) => id === 'make-owner')!;
  expect(make).toMatchObject({
    danger: true,
    confirm: expect.stringContaining('the owner of Harbour Bakery'),
  });
  expect(make.missingRight).toBeUndefined();
  const owner = await membership('frieda@harbourbakery.example', 'Harbour Bakery');
  expect(owner.actions.map(({ id }) => id)).not.toContain('make-owner');
  const petra = await panel.signIn('Petra Vogel');
  expect(await failureOf(petra.act('make-owner', row.id))).toMatchObject({
    kind: 'forbidden',
    missingRight: 'Owner of this organisation, or at least SuperAdmin of the one above it',
  });
  expect((await nora.act('make-owner', row.id)).message).toBe(
    'Ines Duarte is the owner now, with the roles Owner, SiteAccess.',
  );
  expect(panel.lastSeen('updateOwner').body).toEqual({ memberId: row.id.split('/')[1] });
  expect((await membership('frieda@harbourbakery.example', 'Harbour Bakery')).cells.roles).toBe('SuperAdmin');
});

test('the ownership is taken away by who is above, and said as the panel then has it', async () => {
  const owner = await membership('frieda@harbourbakery.example', 'Harbour Bakery');
  const offered = owner.actions.find(({ id }) => id === 'remove-owner')!;
  expect(offered).toMatchObject({ danger: true, confirm: expect.stringContaining('Harbour Bakery') });
  expect(offered.missingRight).toBeUndefined();
  const tess = await panel.signIn('Tess Okafor');
  const { id } = await rowOf(tess, 'frieda@harbourbakery.example');
  const byTess = (await tess.person(id)).tables[0]!.rows[0]!.actions.find(
    (one) => one.id === 'remove-owner',
  )!;
  expect(byTess.missingRight).toBe('at least SuperAdmin of the organisation above this one');
  expect(await failureOf(tess.act('remove-owner', owner.id))).toMatchObject({ kind: 'forbidden' });
  const own = await membership('nora@northwind.example', 'Northwind Hosting');
  expect(own.actions.map((one) => one.id)).not.toContain('remove-owner');
  panel.server.misbehave({ operation: 'deleteOwner', status: 204, times: 1 });
  expect((await nora.act('remove-owner', owner.id)).message).toContain('still calls them the owner');
  expect((await nora.act('remove-owner', owner.id)).message).toBe(
    'The organisation has no owner now. Frieda Holm has the roles SuperAdmin.',
  );
  expect((await membership('frieda@harbourbakery.example', 'Harbour Bakery')).cells.roles).toBe('SuperAdmin');
});

test('what the panel recorded about a login, where its record may be read', async () => {
  const record = async (agent: Agent, id: string) =>
    (await agent.person(id)).tables.find(({ title }) => title === 'Recorded about this login');
  const ines = await idOf('ines@harbourbakery.example');
  const [lindqvist] = await nora.organisations('lindqvist');
  await nora.act('add-member', ines, { organisation: lindqvist!.id, roles: 'Support' });
  const table = await record(nora, ines);
  expect(table!.rows.map(({ cells }) => [cells.what, cells.by, cells.organisation])).toEqual([
    ['A member was added', 'Nora Lindholm', 'Lindqvist Legal'],
    ['Ines Duarte joined Harbour Bakery', 'Ines Duarte', 'Harbour Bakery'],
  ]);
  expect(Date.parse(table!.rows[0]!.cells.when!)).toBeGreaterThan(Date.parse(table!.rows[1]!.cells.when!));
  const asked = panel.seen('getOrgActivities').slice(-2);
  const [loginId] = ines.split('/');
  expect(asked.map(({ query }) => query.anyEntityId)).toEqual([loginId, loginId]);

  panel.server.misbehave({ operation: 'getOrgActivities', status: 400, times: 2 });
  const failed = await record(nora, ines);
  expect(failed).toMatchObject({ rows: [], failed: expect.stringContaining('did not accept') });
  const sam = await panel.signIn('Sam Whitlock');
  expect(await record(sam, ines)).toBeUndefined();
});

test('adding to an organisation, twice, and removing again', async () => {
  const ines = await idOf('ines@harbourbakery.example');
  const [lindqvist] = await nora.organisations('lindqvist');
  const values = { organisation: lindqvist!.id, roles: 'Support' };
  await nora.act('add-member', ines, values);
  const row = await membership('ines@harbourbakery.example', 'Lindqvist Legal');
  expect(row.cells.roles).toBe('Support');
  const twice = await failureOf(nora.act('add-member', ines, values));
  expect(twice).toMatchObject({ kind: 'conflict', message: expect.stringContaining('member') });
  expect((await failureOf(nora.act('add-member', ines, { ...values, roles: '' }))).kind).toBe('invalid');
  await nora.act('remove-member', row.id);
  const page = await nora.person(ines);
  expect(page.tables[0]!.rows.map(({ cells }) => cells.organisation)).toEqual(['Harbour Bakery']);
  expect((await failureOf(nora.act('remove-member', row.id))).kind).toBe('not-found');
  const sam = await panel.signIn('Sam Whitlock');
  expect((await failureOf(sam.act('add-member', ines, values))).kind).toBe('forbidden');
});

test('opening as a person spends one link that signs in past the second step', async () => {
  const row = await membership('kari@fjordweb.example', 'Fjord Web');
  const action = row.actions.find(({ id }) => id === 'open-as')!;
  expect(action).toMatchObject({ special: 'window', confirm: expect.stringContaining('Kari Nordahl') });
  const { handOver, ...outcome } = await nora.act('open-as', row.id);
  expect(outcome.message).toContain('Kari Nordahl');
  expect(JSON.stringify(outcome)).not.toContain('otp=');
  expect(panel.seen('getOrgMemberLogin')).toHaveLength(1);
  const way = await enhance.begin(panel.contextAs('Kari Nordahl'), 'link', { link: handOver!.url });
  const identity = await enhance.whoAmI!(panel.contextAs('Kari Nordahl'), activeOf(way).secret);
  expect(identity.name).toBe('Kari Nordahl');
});

test('a reseller may list a customer’s members and not open as them, by the panel’s rule', async () => {
  const petra = await panel.signIn('Petra Vogel');
  const [moreau] = await petra.organisations('moreau');
  const { rows } = await petra.page({
    source: 'customers',
    organisation: (await petra.organisations('reseller'))[0]!.id,
  });
  const page = await petra.person(rows[0]!.id);
  const row = page.tables[0]!.rows.find(({ cells }) => cells.organisation === moreau!.name)!;
  expect(row.actions.find(({ id }) => id === 'open-as')!.missingRight).toContain(
    'this organisation or in the master',
  );
  const refused = await failureOf(petra.act('open-as', row.id));
  expect(refused.kind).toBe('forbidden');
});

test('a link that is neither https nor on this computer is not opened', async () => {
  const row = await membership('kari@fjordweb.example', 'Fjord Web');
  const link = 'http://panel.example/login/sessions/sso?otp=canary';
  panel.server.misbehave({
    operation: 'getOrgMemberLogin',
    status: 201,
    body: JSON.stringify(link),
    headers: { 'content-type': 'application/json' },
  });
  const failure = await failureOf(nora.act('open-as', row.id));
  expect(failure.kind).toBe('unexpected-answer');
  expect(JSON.stringify(failure)).not.toContain('canary');
});

test('an action that Enhance has not', async () => {
  expect((await failureOf(nora.act('explode', null))).kind).toBe('not-found');
  expect((await failureOf(nora.act('toString', null))).kind).toBe('not-found');
});
