import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startKoyeb } from '../../../practice/koyeb/index.ts';
import { options, Visitor } from '../common/kit.ts';

/** Signing in at the practice Koyeb by a provider. */
interface Provider {
  id: string;
  url: string;
  state: string;
}

let started: ReturnType<typeof options>;
let server: PracticeServer;
let visitor: Visitor;
beforeEach(async () => {
  started = options();
  server = await startKoyeb(started);
  visitor = new Visitor(server);
});
afterEach(() => server.close());

async function provider(id: string, query = ''): Promise<Provider> {
  const { json } = await visitor.call('GET', `/v1/account/oauth${query}`);
  return (json as { oauth_providers: Provider[] }).oauth_providers.find((one) => one.id === id)!;
}

/** Where a link of the provider's page leads back to. */
async function follow({ url }: Provider, link: RegExp): Promise<URL> {
  const text = (html: string) =>
    html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const links = [...(await (await fetch(url)).text()).matchAll(/<a href="([^"]+)">([^<]+)</g)];
  const to = new URL(text(links.find(([, , words]) => link.test(text(words!)))![1]!), url);
  if (to.origin === server.origin) return to;
  return new URL((await fetch(to, { redirect: 'manual' })).headers.get('location')!);
}

const callback = (state: string, back: URL) =>
  visitor.call('POST', '/v1/account/oauth', { state, code: back.searchParams.get('code') });

test('names two providers, each with a state that tells the flow, and an address of another origin', async () => {
  const { json } = await visitor.call('GET', '/v1/account/oauth?metadata=desk');
  expect(json).toEqual({
    oauth_providers: ['github', 'google'].map((id) => ({
      id,
      url: expect.any(String),
      state: expect.any(String),
    })),
  });
  const { url, state } = await provider('github', '?action=signup&metadata=desk');
  expect(new URL(url).origin).not.toBe(server.origin);
  expect(new URL(url).searchParams.get('state')).toBe(state);
  const claims = JSON.parse(Buffer.from(state.split('.')[1]!, 'base64url').toString());
  expect(claims).toMatchObject({ action: 'signup', metadata: 'desk' });
  for (const query of ['?action=elsewhere', `?metadata=${'x'.repeat(401)}`])
    expect((await visitor.call('GET', `/v1/account/oauth${query}`)).status).toBe(400);
});

test('a code opens a session for its state, once', async () => {
  const github = await provider('github');
  const back = await follow(github, /as Maya/);
  expect(back.href.startsWith(`${server.origin}/account/oauth/github/callback?`)).toBe(true);
  expect(back.searchParams.get('state')).toBe(github.state);
  const google = await provider('google');
  expect((await callback(google.state, back)).json).toMatchObject({ fields: [{ field: 'code' }] });
  const { status, json } = await callback(github.state, back);
  const { token } = json as { token: { id: string } };
  expect([status, token]).toMatchObject([200, { organization_id: expect.any(String) }]);
  visitor.bearer = token.id;
  expect((await visitor.call('GET', '/v1/account/profile')).json).toMatchObject({
    user: { name: 'Maya Castell' },
  });
  expect((await callback(github.state, back)).json).toMatchObject({ fields: [{ field: 'state' }] });
});

test('a state lives ten minutes', async () => {
  const github = await provider('github');
  const back = await follow(github, /as Maya/);
  started.clock.advance(10 * 60_000);
  expect((await callback(github.state, back)).json).toMatchObject({
    status: 400,
    fields: [{ field: 'state' }],
  });
});

test('refuses whom it does not know, who is locked, and whom it knows already', async () => {
  const by = async (id: string, link: RegExp, query = '') => {
    const one = await provider(id, query);
    return (await callback(one.state, await follow(one, link))).json;
  };
  expect(await by('github', /as Noor/)).toMatchObject({
    status: 400,
    fields: [{ description: 'not found' }],
  });
  expect(await by('github', /as Greta/)).toMatchObject({ status: 403, message: 'Account is locked' });
  expect(await by('github', /as Maya/, '?action=signup')).toMatchObject({ status: 400 });
  expect(await by('github', /as Noor/, '?action=signup')).toMatchObject({ status: 403 });
  expect(server.sessions()).toEqual([]);
});

test('a denial comes back with an error, and the front end’s page takes the code of whoever gets so far', async () => {
  const google = await provider('google');
  const denied = await follow(google, /Deny/);
  expect(denied.searchParams.get('error')).toBe('access_denied');
  expect(denied.searchParams.get('state')).toBe(google.state);
  await fetch(await follow(google, /as Jonas/));
  expect(server.sessions().map(({ person }) => person)).toEqual(['jonas@tidepool.example']);
});

test('the provider’s page leads to nobody else', async () => {
  const { url } = await provider('github');
  const elsewhere = new URL(url);
  elsewhere.searchParams.set('redirect_uri', 'https://elsewhere.example/account/oauth/github/callback');
  expect((await fetch(elsewhere)).status).toBe(404);
});
