import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Realm } from '#contract/shapes.ts';
import { koyeb } from '../../../../main/vendors/koyeb/index.ts';
import type { PracticeServer } from '../../../../practice/common/types.ts';
import { startKoyeb } from '../../../../practice/koyeb/index.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  lastSeen,
  newNetwork,
  personOf,
  practiceOptions,
} from '../practice-context.ts';

const network = newNetwork();
const options = practiceOptions('koyeb');
let server: PracticeServer;

beforeAll(async () => {
  server = await startKoyeb(options);
});
afterAll(async () => {
  network.close();
  await server.close();
});

const context = (name: string, more: Record<string, string> = {}, realm?: Realm | null) => {
  const { values, realm: own } = personOf(server, name).account;
  return contextFor({
    network,
    values: { ...values, ...more },
    realm: realm === undefined ? (own ?? null) : realm,
  });
};
const alive = () => server.sessions().length;

test('signs in by password, is alive, knows the person, and its ending is the vendor’s', async () => {
  const here = context('Maya Castell');
  const before = alive();
  const grant = activeOf(await koyeb.begin(here, null, {}));
  expect(grant.expiresAt).toBeGreaterThan(Date.now());
  expect(alive()).toBe(before + 1);
  const sent = lastSeen(server, 'login');
  expect(sent.headers.authorization).toBeUndefined();
  expect(sent.body).toEqual({ email: 'maya@lanternworks.example', password: 'amber-window-9' });
  expect(await koyeb.check(here, grant.secret)).toMatchObject({
    alive: true,
    person: 'Maya Castell',
    realm: { name: 'Lantern Works' },
  });
  expect(await koyeb.whoAmI?.(here, grant.secret)).toMatchObject({
    name: 'Maya Castell',
    detail: 'maya@lanternworks.example',
  });
  expect(koyeb.cannotEnd?.(grant.secret)).toBeNull();
  await koyeb.end(here, grant.secret);
  expect(alive()).toBe(before);
  expect(await koyeb.check(here, grant.secret)).toMatchObject({ alive: false });
  // Koyeb answers 401 for what it no longer knows: that confirms the ending too.
  await koyeb.end(here, grant.secret);
});

test('lands in the organisation of the form, with its id in the request', async () => {
  const here = context('Jonas Weber');
  const grant = activeOf(await koyeb.begin(here, null, {}));
  expect(grant.realm?.name).toBe('Tidepool Labs');
  expect(lastSeen(server, 'login').body).toMatchObject({ organization_id: grant.realm?.id });
  await koyeb.end(here, grant.secret);
});

test('a session without an organisation leaves no second one behind', async () => {
  const here = context('Maya Castell', {}, { id: '', name: 'No organisation' });
  const before = alive();
  const grant = activeOf(await koyeb.begin(here, null, {}));
  expect(grant.realm).toEqual({ id: '', name: 'No organisation' });
  expect(await koyeb.check(here, grant.secret)).toMatchObject({ alive: true, realm: { id: '' } });
  expect(alive()).toBe(before + 2);
  await koyeb.end(here, grant.secret);
  expect(alive()).toBe(before);
});

test('where Koyeb has taken newSession away, the session without an organisation comes by the way that stays', async () => {
  const here = context('Maya Castell', {}, { id: '', name: 'No organisation' });
  const before = alive();
  for (const status of [404, 410, 501]) {
    server.misbehave({ operation: 'newSession', status, times: 1 });
    const grant = activeOf(await koyeb.begin(here, null, {}));
    expect(lastSeen(server, 'unscopeOrganizationToken').status).toBe(200);
    expect(await koyeb.check(here, grant.secret)).toMatchObject({ alive: true, realm: { id: '' } });
    await koyeb.end(here, grant.secret);
    expect(alive()).toBe(before);
  }
});

test('if the second token can’t be had, the first is ended, or the failure says that it may live', async () => {
  const here = context('Maya Castell', {}, { id: '', name: 'No organisation' });
  const before = alive();
  server.misbehave({ operation: 'newSession', status: 500, times: 1 });
  expect(await failureOf(koyeb.begin(here, null, {}))).toMatchObject({ kind: 'server-fault' });
  expect(alive()).toBe(before);
  server.misbehave({ operation: 'newSession', status: 500, times: 1 });
  server.misbehave({ operation: 'logout', status: 500, times: 1 });
  await expect(koyeb.begin(here, null, {})).rejects.toMatchObject({ mayHaveWorked: true });
  server.behave();
});

test('refresh gives a new token; the old one lives on and ends with the session', async () => {
  const here = context('Jonas Weber');
  const before = alive();
  const first = activeOf(await koyeb.begin(here, null, {}));
  const second = await koyeb.refresh?.(here, first.secret);
  expect(second?.realm?.name).toBe('Tidepool Labs');
  expect(alive()).toBe(before + 2);
  await koyeb.end(here, second?.secret ?? null);
  expect(alive()).toBe(before);
});

test('an ending that reaches only some tokens is not a confirmation', async () => {
  const here = context('Jonas Weber');
  const first = activeOf(await koyeb.begin(here, null, {}));
  const second = await koyeb.refresh?.(here, first.secret);
  server.misbehave({ operation: 'logout', status: 503, times: 1 });
  expect(await failureOf(koyeb.end(here, second?.secret ?? null))).toMatchObject({ kind: 'server-fault' });
  server.behave();
  await koyeb.end(here, second?.secret ?? null);
});

test('lists organisations and switches to one and to none', async () => {
  const here = context('Maya Castell');
  const grant = activeOf(await koyeb.begin(here, null, {}));
  const rows = (await koyeb.memberships?.(here, grant.secret)) ?? [];
  expect(rows.map((one) => one.realm.name)).toEqual(
    expect.arrayContaining(['Lantern Works', 'Tidepool Labs', 'Meadow Analytics', 'No organisation']),
  );
  expect(rows.find((one) => one.realm.name === 'Old Foundry')?.badge).toBe('deactivated');
  expect(rows.filter((one) => one.here).map((one) => one.realm.name)).toEqual(['Lantern Works']);
  expect(lastSeen(server, 'listUserOrganizations').query).toEqual({ limit: '100', offset: '0' });
  for (const wanted of ['Tidepool Labs', 'No organisation']) {
    const realm = rows.find((one) => one.realm.name === wanted)?.realm;
    const step = await koyeb.switchRealm?.(here, grant.secret, realm ?? { id: '?', name: '?' });
    if (!step) throw new Error('No switch.');
    const other = activeOf(step);
    expect(await koyeb.check(here, other.secret)).toMatchObject({ alive: true, realm: { id: realm?.id } });
    await koyeb.end(here, other.secret);
  }
  expect(await koyeb.check(here, grant.secret)).toMatchObject({ alive: true });
  await koyeb.end(here, grant.secret);
});

test('an organisation that rejects every session is named, and a switch to it leaves the session as it is', async () => {
  const here = context('Maya Castell');
  const grant = activeOf(await koyeb.begin(here, null, {}));
  const rows = (await koyeb.memberships?.(here, grant.secret)) ?? [];
  const foundry = rows.find((one) => one.realm.name === 'Old Foundry')!;
  expect(foundry.closed).toContain('Koyeb rejects every session');
  expect(rows.filter((one) => one.closed)).toHaveLength(1);
  const before = alive();
  const failure = await failureOf(koyeb.switchRealm!(here, grant.secret, foundry.realm));
  expect(failure).toMatchObject({ kind: 'forbidden', message: expect.stringContaining('deactivated') });
  // The token that the switch had got is ended.
  expect(alive()).toBe(before);
  expect(await koyeb.check(here, grant.secret)).toMatchObject({ alive: true });
  await koyeb.end(here, grant.secret);
});

test('a token of a deactivated organisation is refused, and its ending is not taken as confirmed', async () => {
  const first = context('Maya Castell');
  const grant = activeOf(await koyeb.begin(first, null, {}));
  const rows = (await koyeb.memberships?.(first, grant.secret)) ?? [];
  await koyeb.end(first, grant.secret);
  const foundry = rows.find((one) => one.realm.name === 'Old Foundry')!.realm;
  const here = { ...first, realm: foundry };
  const there = activeOf(await koyeb.begin(here, null, {}));
  expect(await failureOf(koyeb.check(here, there.secret))).toMatchObject({
    kind: 'forbidden',
    vendorCode: 'authentication_error',
  });
  server.misbehave({
    operation: 'logout',
    status: 401,
    body: { status: 401, code: 'authentication_error', message: 'Token rejected' },
    times: 1,
  });
  expect(await failureOf(koyeb.end(here, there.secret))).toMatchObject({ kind: 'forbidden' });
  server.behave();
});

test('pasted tokens are checked, never logged out, and say why', async () => {
  const here = context('Support desk token');
  const grant = activeOf(await koyeb.begin(here, null, {}));
  expect(grant).toMatchObject({ method: 'pasted token', expiresAt: null, realm: { name: 'Lantern Works' } });
  expect(koyeb.cannotEnd?.(grant.secret)).toContain('until it is revoked');
  await koyeb.end(here, grant.secret);
  expect(await koyeb.check(here, grant.secret)).toMatchObject({ alive: true });
  const wrong = context('Support desk token', { token: 'canary-not-a-token' });
  const failure = await failureOf(koyeb.begin(wrong, null, {}));
  expect(failure).toMatchObject({ kind: 'refused-credentials' });
  expect(JSON.stringify(failure)).not.toContain('canary');
});

test('only a pasted token surely left no session behind when its sign-in was cut off', async () => {
  expect(await koyeb.endStray?.(context('Support desk token', {}, null))).toMatchObject({ conclusive: true });
  expect(await koyeb.endStray?.(context('Support desk token', {}, { id: 'x', name: 'x' }))).toMatchObject({
    conclusive: false,
  });
  expect(await koyeb.endStray?.(context('Maya Castell'))).toMatchObject({ conclusive: false });
});

test('an organisation access token says until when it lives', () => {
  const exp = Date.UTC(2030, 0, 2, 3, 4) / 1000;
  const secret = { token: 'x', kind: 'pasted', expiresAt: exp * 1000, userId: null, replaced: [] };
  expect(koyeb.cannotEnd?.(secret)).toContain('2030-01-02 03:04 UTC');
});

test.each([
  ['Greta Olsen', {}, 'locked-out', 'locked'],
  ['Lena Fischer', {}, 'refused-credentials', 'WorkOS'],
  ['Theo Blanc', { password: 'not-the-one' }, 'refused-credentials', 'password is wrong'],
  ['Theo Blanc', { email: 'not-an-address' }, 'invalid', 'values'],
] as const)('%s with %o is told: %s', async (name, more, kind, part) => {
  const failure = await failureOf(koyeb.begin(context(name, { ...more, way: 'password' }), null, {}));
  expect(failure).toMatchObject({ kind });
  expect(failure.message).toContain(part);
});

test('refreshes 12 h before expiry, at half of a shorter life, and never a pasted token', () => {
  const hour = 3_600_000;
  const at = (expiresAt: number | null, way: string) =>
    koyeb.refreshAt?.({ expiresAt, grantedAt: 0, usedAt: 47 * hour }, { way });
  expect(at(48 * hour, 'password')).toBe(36 * hour);
  expect(at(2 * hour, 'password')).toBe(hour);
  expect(at(null, 'password')).toBeNull();
  expect(at(48 * hour, 'token')).toBeNull();
});
