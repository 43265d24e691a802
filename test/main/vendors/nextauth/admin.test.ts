import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { nextauth } from '../../../../main/vendors/nextauth/index.ts';
import type { Practice, PracticeServer } from '../../../../practice/common/types.ts';
import { startPractice } from '../../../../practice/index.ts';
import { actionOf, factOf, type Open, peopleOf, rowOf, tableOf } from '../admin-harness.ts';
import { contextFor, failureOf, lastSeen, newNetwork, personOf } from '../practice-context.ts';

const network = newNetwork();
let practice: Practice;
let server: PracticeServer;

beforeAll(async () => {
  practice = await startPractice({ only: ['nextauth'], seed: 'admin nextauth' });
  server = practice.servers[0]!;
});
afterEach(() => server.behave());
afterAll(async () => {
  network.close();
  await practice.close();
});

/** The rights are the key's: the nonce of a session that is approved or not makes no difference to the directory. */
function openWith(key: string): Open {
  const { values } = personOf(server, key).account;
  const secret = { nonce: '00112233445566778899aabbccddeeff', serverId: values.serverId ?? '' };
  return { vendor: nextauth, context: contextFor({ network, values }), secret };
}
const people = () => peopleOf(openWith('Front door: Desk key'));

test('people: the vendor’s search, sort and pages', async () => {
  const of = people();
  const sources = await of.sources();
  expect(sources.map((one) => [one.id, one.missingRight])).toEqual([
    ['users', undefined],
    ['accounts', undefined],
  ]);
  const all = await of.page({ source: 'users', sort: 'userid' }, 0, 500);
  expect(all.total).toBe(all.rows.length);
  const part = await of.page({ source: 'users', sort: 'userid' }, 50, 25);
  expect(part.rows).toEqual(all.rows.slice(50, 75));
  expect(lastSeen(server, 'getUsers').query).toMatchObject({ limit: '25', marker: '50', sort: 'userid:asc' });
  const down = await of.page({ source: 'users', sort: 'userid', descending: true }, 0, 1);
  expect(down.rows[0]).toEqual(all.rows.at(-1));
  const found = await of.page({ source: 'users', search: 'USER-019' });
  expect(found.rows.length).toBe(10);
});

test('devices: only the blocked ones, and a row leads to its person', async () => {
  const of = people();
  const blocked = await of.page({ source: 'accounts', filters: { blocked: 'true' } });
  expect(blocked.rows.length).toBeGreaterThan(5);
  expect(new Set(blocked.rows.map((row) => row.cells.blocked))).toEqual(new Set(['yes']));
  const lost = blocked.rows.find((row) => row.cells.description === 'Dora’s lost phone');
  expect((await of.person(lost!.id)).name).toBe('dora');
  expect(await failureOf(of.person('device:999999'))).toMatchObject({ kind: 'not-found' });
  expect(await failureOf(of.person('user:nobody at all'))).toMatchObject({ kind: 'not-found' });
  expect(await failureOf(of.person('else'))).toMatchObject({ kind: 'not-found' });
});

test('a device is moved to another person; all of a person’s are deleted, and the person stays', async () => {
  const of = people();
  const name = 'user-0001';
  const row = rowOf(await of.person(`user:${name}`), 'Devices', name);
  const move = actionOf(row.actions, 'move-device');
  expect(move.effect).toContain(`no longer as ${name}`);
  expect(await failureOf(of.act(move, row.id, { userId: ' ' }))).toMatchObject({
    fields: { userId: expect.any(String) },
  });
  // 403 is declared as a bad name, and stands at the field.
  expect(await failureOf(of.act(move, row.id, { userId: 'x'.repeat(201) }))).toMatchObject({
    kind: 'invalid',
    fields: { userId: expect.stringContaining('does not accept this user name') },
  });
  expect(await of.act(move, row.id, { userId: 'user-0002' })).toMatchObject({
    message: 'The device belongs to user-0002 now.',
    personId: 'user:user-0002',
  });
  const left = await of.person(`user:${name}`);
  expect(left.tables[0]?.rows).toEqual([]);
  expect(left.actions.map(({ id }) => id)).not.toContain('delete-devices');

  const moved = await of.person('user:user-0002');
  expect(moved.tables[0]?.rows).toHaveLength(2);
  const clear = actionOf(moved.actions, 'delete-devices');
  expect(clear).toMatchObject({ danger: true, confirm: expect.stringContaining('all 2 devices') });
  await of.act(clear, 'user:user-0002');
  expect((await of.person('user:user-0002')).tables[0]?.rows).toEqual([]);
  const how = await of.act(actionOf(left.actions, 'how-to-enrol'), `user:${name}`);
  expect(how.message).toContain(`“Enrol a new phone”, and type ${name}`);
});

test('a key without rights is told what moving and deleting devices needs', async () => {
  const of = peopleOf(openWith('Back office: Back office key'));
  const page = await of.person('user:anna');
  // “users” alone deletes a person’s devices, and moves none.
  expect(actionOf(page.actions, 'delete-devices').missingRight).toBeUndefined();
  expect(actionOf(page.tables[0]!.rows[0]!.actions, 'move-device').missingRight).toContain('accounts');
});

test('a device is blocked, unblocked and deleted; the person after it', async () => {
  const of = people();
  const page = await of.person('user:anna');
  expect(factOf(page, 'Attributes')).toContain('support');
  expect(page.tables[0]?.rows).toHaveLength(2);
  const tablet = rowOf(page, 'Devices', 'tablet');
  expect(tablet.cells.created).toMatch(/^\d{4}-/);
  const block = actionOf(tablet.actions, 'block');
  expect(block).toMatchObject({ danger: true, confirm: expect.stringContaining('Anna’s tablet') });
  expect((await of.act(block, tablet.id)).message).toBe('The device is blocked.');
  const after = rowOf(await of.person('user:anna'), 'Devices', 'tablet');
  expect(after.cells.blocked).toBe('yes');
  expect((await of.act(actionOf(after.actions, 'unblock'), after.id)).message).toBe(
    'The device is not blocked.',
  );
  expect(rowOf(await of.person('user:anna'), 'Devices', 'tablet').cells.blocked).toBe('no');
  const push = await of.act(actionOf(tablet.actions, 'how-to-push'), tablet.id);
  expect(push.message).toContain('sign in');
  await of.act(actionOf(tablet.actions, 'delete-device'), tablet.id);
  expect(tableOf(await of.person('user:anna'), 'Devices').rows).toHaveLength(1);
  // Gone already.
  expect(await failureOf(of.act(block, tablet.id))).toMatchObject({ kind: 'not-found' });

  const nobody = await of.person('user:user-0200');
  await of.act(actionOf(nobody.actions, 'delete-user'), nobody.id);
  expect(await failureOf(of.person('user:user-0200'))).toMatchObject({ kind: 'not-found' });
  expect((await of.page({ source: 'users', search: 'user-0200' })).rows).toEqual([]);
});

test('a key of few permissions: what is missing is named, and refused', async () => {
  const few = peopleOf(openWith('Front door: Sign-in only key'));
  const sources = await few.sources();
  expect(sources.map((one) => one.missingRight)).toEqual([
    'the permission “users” on this server',
    'the permission “accounts” on this server',
  ]);
  expect(await failureOf(few.page({ source: 'users' }))).toMatchObject({ kind: 'forbidden' });
  const page = await few.person('user:ben');
  const phone = rowOf(page, 'Devices', 'Ben’s phone');
  expect(actionOf(phone.actions, 'block').missingRight).toContain('accounts');
  expect(actionOf(page.actions, 'delete-user').missingRight).toContain('users');
  expect(await failureOf(few.act(actionOf(phone.actions, 'block'), phone.id))).toMatchObject({
    kind: 'forbidden',
    missingRight: 'accounts',
  });
  expect(await failureOf(few.act(actionOf(page.actions, 'delete-user'), page.id))).toMatchObject({
    kind: 'forbidden',
  });
  // Sessions alone are enough to look at one person's devices.
  expect((await few.why('ben'))[0]).toMatchObject({ weight: 'fine' });
  // People, but not devices.
  const back = peopleOf(openWith('Back office: Back office key'));
  expect((await back.sources()).map((one) => one.missingRight)).toEqual([
    undefined,
    'the permission “accounts” on this server',
  ]);
  const none = peopleOf(openWith('Front door: Key without rights'));
  expect(await failureOf(none.person('user:ben'))).toMatchObject({ kind: 'forbidden' });
});

test('why they can’t sign in, with the device unblocked', async () => {
  const of = people();
  expect(await of.why('not.there@example.org')).toEqual([]);
  expect((await of.why('nobody'))[0]).toMatchObject({
    weight: 'cause',
    text: expect.stringContaining('no device'),
    personId: 'user:nobody',
  });
  const [blocked] = await of.why('DORA');
  expect(blocked).toMatchObject({ weight: 'cause', text: expect.stringContaining('blocked') });
  await of.act(blocked!.mend!, blocked!.personId!);
  expect((await of.why('dora'))[0]).toMatchObject({ weight: 'fine' });
  const byEmail = await of.why('ben@example.org');
  expect(byEmail[0]).toMatchObject({ weight: 'hint', text: expect.stringContaining('“ben”') });
});

test('nonsense is refused, and what nextAuth has no way for is not offered', async () => {
  const nonsense = { id: 'block:abc', label: '', fields: [], danger: false };
  expect(await failureOf(people().act(nonsense, 'user:ben'))).toMatchObject({ kind: 'not-found' });
  expect(nextauth).not.toHaveProperty('recovery');
  expect(nextauth).not.toHaveProperty('handOver');
  expect(nextauth).not.toHaveProperty('copyables');
});
