import { afterEach, beforeEach, expect, test } from 'vitest';
import { enhance } from '../../../main/vendors/enhance/index.ts';
import { type Desk, openDesk } from './enhance-admin-harness.ts';
import { failureOf } from './practice-context.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

test('the console opens at the panel itself, with the session’s cookie', async () => {
  const { context, session } = await desk.signIn('Nora Lindholm');
  const { url, cookies, headers } = await enhance.handOver!(context(), session.secret);
  expect(url).toBe(`${desk.server.origin}/`);
  expect(headers).toEqual({});
  expect(cookies).toEqual([{ name: 'id0', value: expect.stringMatching(/\S/), path: '/' }]);
  expect((await fetch(url)).status).toBe(200);
  const cookie = await enhance.copyText!(context(), session.secret, 'cookie');
  expect(cookie).toBe(`id0=${cookies[0]!.value}`);
  const answer = await fetch(`${desk.server.url}/login`, { headers: { cookie } });
  expect(await answer.json()).toMatchObject({ email: 'nora@northwind.example' });
  expect(enhance.copyables!(session.secret).map(({ id }) => id)).toEqual(['cookie']);
  expect((await failureOf(enhance.copyText!(context(), session.secret, 'env'))).kind).toBe('not-found');
});

test('an access token is copied, and opens no console', async () => {
  const { context, session } = await desk.signIn('Support desk token');
  const { apiKey } = desk.person('Support desk token');
  expect(enhance.copyables!(session.secret).map(({ id }) => id)).toEqual(['token', 'env']);
  expect(JSON.stringify(enhance.copyables!(session.secret))).not.toContain(apiKey);
  expect(await enhance.copyText!(context(), session.secret, 'env')).toBe(`ENHANCE_TOKEN=${apiKey}`);
  expect(await enhance.copyText!(context(), session.secret, 'token')).toBe(apiKey);
  const refused = await failureOf(enhance.handOver!(context(), session.secret));
  expect(refused).toMatchObject({ kind: 'not-found', message: expect.stringContaining('access token') });
});

test('a session whose cookie the panel has emptied', async () => {
  const { context, session } = await desk.signIn('Nora Lindholm');
  const emptied = context();
  await enhance.endAllSessions!(emptied, session.secret);
  const secret = { kind: 'cookie', cookies: emptied.http.saveCookies() };
  expect((await failureOf(enhance.handOver!(context(), secret))).kind).toBe('expired');
});
