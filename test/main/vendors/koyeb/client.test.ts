import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KoyebClient, koyebClient } from '../../../../main/vendors/koyeb/api/client.ts';
import type { PracticeServer } from '../../../../practice/common/server.ts';
import { startKoyeb } from '../../../../practice/koyeb/index.ts';
import { failureOf, lastSeen, newNetwork, personOf, practiceOptions } from '../practice-context.ts';

const network = newNetwork();
let server: PracticeServer;
let token: string;

const client = (bearer: string | null): KoyebClient =>
  koyebClient(network.open({ baseUrl: server.url, userAgent: 'Gatehouse/0 (test; one)' }), bearer);
const maya = { email: 'maya@lanternworks.example', password: 'amber-window-9' };

beforeAll(async () => {
  server = await startKoyeb(practiceOptions('koyeb client'));
  token = (await client(null).login(maya)).id;
});
afterAll(async () => {
  network.close();
  await server.close();
});

test('a locked account is told from a missing right', async () => {
  const locked = { status: 403, code: 'authorization_error', message: 'Account is locked' };
  server.misbehave({ operation: 'newSession', status: 403, body: locked, times: 1 });
  expect(await failureOf(client(token).newSession())).toMatchObject({ kind: 'locked-out' });
});

test('takes unknown fields, nulls and an unscoped token either way', async () => {
  for (const organization of [{ organization_id: null }, { organization_id: '' }, {}]) {
    const sent = { id: 'a.b.c', user_id: null, new_field: 1, ...organization };
    server.misbehave({ operation: 'newSession', status: 200, body: { token: sent, more: [] }, times: 1 });
    const got = await client(token).newSession();
    expect(got.organization_id || null).toBeNull();
    expect(got.expires_at).toBeUndefined();
  }
  server.misbehave({ operation: 'newSession', status: 200, body: { token: { id: 7 } }, times: 1 });
  const failure = await failureOf(client(token).newSession());
  expect(failure).toMatchObject({ kind: 'unexpected-answer' });
  expect(failure.message).toContain('token.id');
});

test('related operations work and send strings in queries', async () => {
  const of = client(token);
  expect((await of.getCurrentUser()).name).toBe('Maya Castell');
  const { id = '' } = await of.getCurrentOrganization();
  const short = await of.createAccessToken(id, 3600);
  expect(lastSeen(server, 'createAccessToken').body).toEqual({ validity: '3600s' });
  expect((await client(short).getCurrentOrganization()).id).toBe(id);
  const made = await of.createCredential({ name: 'Test', type: 'USER' });
  expect((await client(made.token ?? '').getCurrentUser()).email).toBe(maya.email);
  const listed = await of.listCredentials({ limit: 10, offset: 0, type: 'USER' });
  expect(lastSeen(server, 'listCredentials').query).toMatchObject({ limit: '10', offset: '0', type: 'USER' });
  expect(listed.credentials.map((one) => one.id)).toContain(made.id);
  await of.deleteCredential(made.id ?? '');
  const free = await of.unscopeOrganizationToken();
  expect(await failureOf(client(free.id).getCurrentOrganization())).toMatchObject({ kind: 'not-found' });
  expect(await client(null).getLoginMethod(personOf(server, 'Lena Fischer').identity)).toBe('WORKOS');
  const members = await of.listOrganizationMembers({ limit: 5, offset: 0, organizationId: id });
  expect(members.members.length).toBeGreaterThan(1);
});
