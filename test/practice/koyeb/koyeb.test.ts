import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startKoyeb } from '../../../practice/koyeb/index.ts';
import { options, Visitor } from '../common/kit.ts';

interface Reply {
  token: { id: string; user_id: string; organization_id?: string; expires_at: string };
}
interface Organizations {
  organizations: { id: string; name: string; status: string }[];
  has_next: boolean;
}

describe('a Koyeb account', () => {
  let started: ReturnType<typeof options>;
  let server: PracticeServer;
  let visitor: Visitor;
  beforeEach(async () => {
    started = options();
    server = await startKoyeb(started);
    visitor = new Visitor(server);
  });
  afterEach(() => server.close());

  const person = (label: string) => server.people.find((candidate) => candidate.label === label)!;
  const creds = (label: string) => ({ email: person(label).identity, password: person(label).password });
  const login = (body: object) => visitor.call('POST', '/v1/account/login', body);
  const take = (json: unknown) => {
    visitor.bearer = (json as Reply).token.id;
    return (json as Reply).token;
  };
  const signIn = async (label: string, more = {}) => take((await login({ ...creds(label), ...more })).json);
  const get = (path: string) => visitor.call('GET', `/v1/${path}`);
  const organizations = async () => (await get('account/organizations')).json as Organizations;
  const idOf = async (name: string) =>
    (await organizations()).organizations.find((organization) => organization.name === name)?.id ?? '';

  test('signs in, says who, signs out; a dead token is 401', async () => {
    const token = await signIn('Maya Castell');
    const claims = JSON.parse(Buffer.from(token.id.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ sub: token.user_id, exp: Date.parse(token.expires_at) / 1000 });
    expect((await get('account/profile')).json).toMatchObject({
      user: { email: 'maya@lanternworks.example' },
    });
    expect((await get('account/organization')).json).toMatchObject({
      organization: { name: 'Lantern Works' },
    });
    const out = await visitor.call('DELETE', '/v1/account/logout');
    expect([out.status, out.json, out.headers.getSetCookie()]).toEqual([200, {}, []]);
    const again = await visitor.call('DELETE', '/v1/account/logout');
    expect([again.status, again.json]).toEqual([
      401,
      { status: 401, code: 'authentication_error', message: expect.any(String) },
    ]);
  });

  test('takes JSON without a content type, as the vendor’s own SDK sends it, and no other type', async () => {
    const send = (headers: Record<string, string>) =>
      fetch(`${server.url}/v1/account/login`, {
        method: 'POST',
        headers,
        // Text alone would be given a type.
        body: new TextEncoder().encode(JSON.stringify(creds('Maya Castell'))),
      });
    expect((await send({})).status).toBe(200);
    expect((await send({ 'content-type': 'application/xml' })).status).toBe(400);
  });

  test('refuses in the vendor’s three forms', async () => {
    expect((await login({ email: 'no', password: '' })).json).toMatchObject({
      ...{ status: 400, code: 'invalid_argument' },
      fields: [{ field: 'email', description: expect.any(String) }, { field: 'password' }],
    });
    const wrong = await login({ ...creds('Maya Castell'), password: 'wrong' });
    expect([wrong.status, wrong.json]).toEqual([
      401,
      expect.objectContaining({ code: 'authentication_error' }),
    ]);
    for (let turn = 0; turn < 9; turn += 1) await login({ ...creds('Maya Castell'), password: 'wrong' });
    const limited = await login(creds('Maya Castell'));
    expect([limited.status, limited.json]).toEqual([
      429,
      { code: 8, message: expect.any(String), details: [] },
    ]);
    started.clock.advance((Number(limited.headers.get('retry-after')) + 1) * 1000);
    expect((await login(creds('Maya Castell'))).status).toBe(200);
    expect((await get('nothing')).json).toEqual({ code: 5, message: 'Not Found', details: [] });
  });

  test('refuses a locked account, a WorkOS person, and an organisation of others', async () => {
    expect((await login(creds('Greta Olsen'))).json).toMatchObject({
      status: 403,
      message: 'Account is locked',
    });
    expect((await get('account/login_method?email=lena@lanternworks.example')).json).toEqual({
      method: 'WORKOS',
    });
    expect((await login(creds('Lena Fischer'))).json).toMatchObject({
      code: 'failed_precondition',
      fields: [],
    });
    const organization_id = person('Jonas Weber').realm?.id;
    expect((await login({ ...creds('Theo Blanc'), organization_id })).status).toBe(403);
    expect((await login({ ...creds('Jonas Weber'), organization_id })).json).toMatchObject({
      token: { organization_id },
    });
  });

  test('opens a session without organisation; the organisation is then 404', async () => {
    expect(await signIn('Theo Blanc')).toMatchObject({ organization_id: '' });
    expect((await get('account/organization')).json).toMatchObject({ status: 404, code: 'not_found' });
    const first = await signIn('Maya Castell');
    const bare = await visitor.call('POST', '/v1/account/session');
    expect(bare.json).toMatchObject({ token: { organization_id: '' } });
    const unscoped = await visitor.call('POST', '/v1/unscope_organization_token', {});
    expect((unscoped.json as Reply).token).not.toHaveProperty('organization_id');
    expect((await visitor.call('POST', '/v1/unscope_organization_token')).status).toBe(400);
    expect(visitor.bearer).toBe(first.id);
    expect((await get('account/organization')).status).toBe(200);
  });

  test('refreshes; the old token lives on until it expires', async () => {
    const old = await signIn('Maya Castell');
    started.clock.advance(13 * 3_600_000);
    const fresh = (await visitor.call('PUT', '/v1/account/refresh')).json as Reply;
    expect(Date.parse(fresh.token.expires_at)).toBeGreaterThan(Date.parse(old.expires_at));
    expect(fresh.token.organization_id).toBe(old.organization_id);
    expect((await get('account/profile')).status).toBe(200);
    started.clock.advance(12 * 3_600_000);
    expect((await get('account/profile')).status).toBe(401);
    take(fresh);
    expect((await get('account/profile')).status).toBe(200);
  });

  test('switches; a deactivated organisation rejects the token, a locked one says so, others still work', async () => {
    await signIn('Maya Castell');
    const to = async (name: string) =>
      visitor.call('POST', `/v1/organizations/${await idOf(name)}/switch`, {});
    take((await to('Tidepool Labs')).json);
    expect((await get('account/organization')).json).toMatchObject({
      organization: { name: 'Tidepool Labs' },
    });
    take((await to('Old Foundry')).json);
    expect((await get('account/profile')).json).toMatchObject({ status: 401, message: 'Token rejected' });
    expect((await to('Lantern Works')).status).toBe(200);
    expect((await visitor.call('POST', '/v1/organizations/nothing/switch', {})).status).toBe(404);
    const pixels = person('Rui Tavares').realm?.id;
    await signIn('Rui Tavares', { organization_id: pixels });
    expect((await get('account/organization')).json).toMatchObject({
      status: 403,
      message: 'Account is locked',
    });
    expect((await to('Lantern Works')).status).toBe(200);
  });

  test('pages organisations with strings in the query and numbers in the reply', async () => {
    await signIn('Maya Castell');
    const page = (await get('account/organizations?limit=2&offset=1')).json;
    expect(page).toMatchObject({ limit: 2, offset: 1, has_next: true, organizations: [{}, {}] });
    expect((await get('account/organizations?limit=101')).json).toMatchObject({
      fields: [{ field: 'limit' }],
    });
    const found = (await get('account/organizations?statuses=DEACTIVATED&search=FOUND'))
      .json as Organizations;
    expect(found.organizations.map((organization) => organization.name)).toEqual(['Old Foundry']);
  });

  test('access tokens of an organisation live as long as asked, 24 h at most', async () => {
    await signIn('Maya Castell');
    const path = `/v1/organizations/${await idOf('Tidepool Labs')}/access_token`;
    for (const validity of ['86401s', '1h', '0s'])
      expect((await visitor.call('POST', path, { validity })).json).toMatchObject({
        fields: [{ field: 'validity' }],
      });
    const { token } = (await visitor.call('POST', path, { validity: '60s' })).json as { token: string };
    visitor.bearer = token;
    expect((await get('account/organization')).json).toMatchObject({
      organization: { name: 'Tidepool Labs' },
    });
    expect((await visitor.call('DELETE', '/v1/account/logout')).status).toBe(403);
    started.clock.advance(61_000);
    expect((await get('account/organization')).status).toBe(401);
  });

  test('credentials: shown once, good as bearer, gone when deleted', async () => {
    await signIn('Maya Castell');
    const body = { name: 'night', description: 'd', type: 'USER', organization_id: '' };
    expect((await visitor.call('POST', '/v1/credentials', { ...body, type: 'INVALID' })).status).toBe(400);
    const made = (await visitor.call('POST', '/v1/credentials', body)).json as {
      credential: Record<string, string>;
    };
    const { id, token } = made.credential;
    expect(token).toHaveLength(64);
    const path = `/v1/credentials/${id}`;
    expect((await visitor.call('GET', path)).json).toMatchObject({
      credential: { name: 'night', token: '' },
    });
    await visitor.call('PATCH', path, { description: 'e' });
    expect((await visitor.call('PUT', path, { name: 'day' })).json).toMatchObject({
      credential: { name: 'day', description: '' },
    });
    // The mask says what of a body counts.
    const masked = await visitor.call('PATCH', `${path}?update_mask=description`, {
      name: 'x',
      description: 'f',
    });
    expect(masked.json).toMatchObject({ credential: { name: 'day', description: 'f' } });
    expect((await get('credentials?type=USER')).json).toMatchObject({ count: 1, limit: 20, offset: 0 });
    expect((await get('credentials')).json).toMatchObject({ count: 2 });
    const session = visitor.bearer;
    visitor.bearer = token ?? '';
    expect((await get('account/profile')).json).toMatchObject({ user: { name: 'Maya Castell' } });
    expect((await visitor.call('POST', '/v1/account/session')).status).toBe(403);
    visitor.bearer = session;
    expect((await visitor.call('DELETE', path)).json).toEqual({});
    visitor.bearer = token ?? '';
    expect((await get('account/profile')).status).toBe(401);
  });

  test('invitations: mailed, mailed again, run out, deleted; only those of the token’s organisation', async () => {
    interface One {
      invitation: { id: string; status: string; expires_at: string };
    }
    await signIn('Maya Castell');
    const email = 'new@lanternworks.example';
    const path = '/v1/organization_invitations';
    const invited = await visitor.call('POST', path, { email });
    const { invitation } = invited.json as One;
    expect(invitation).toMatchObject({ email, role: 'OWNER', status: 'PENDING', invitee_id: '' });
    for (const refused of [email, 'rui@pausedpixels.example', 'no address'])
      expect((await visitor.call('POST', path, { email: refused })).json).toMatchObject({
        ...{ status: 400, fields: [{ field: 'email' }] },
      });
    const one = `${path}/${invitation.id}`;
    started.clock.advance(3_600_000);
    const again = (await visitor.call('POST', `${one}/resend`, {})).json as One;
    expect(Date.parse(again.invitation.expires_at)).toBeGreaterThan(Date.parse(invitation.expires_at));
    expect(started.inbox.list(email)).toHaveLength(2);
    started.clock.advance(8 * 24 * 3_600_000);
    await signIn('Maya Castell');
    expect((await visitor.call('GET', one)).json).toMatchObject({ invitation: { status: 'EXPIRED' } });
    const pending = `organization_invitations?statuses=PENDING&statuses=ACCEPTED`;
    expect((await get(pending)).json).toMatchObject({ count: 1, invitations: [{ status: 'ACCEPTED' }] });
    expect((await get('organization_invitations?user_id=somebody')).status).toBe(400);
    await signIn('Jonas Weber');
    expect((await visitor.call('DELETE', one)).status).toBe(404);
    await signIn('Maya Castell');
    expect((await visitor.call('DELETE', one)).json).toEqual({});
    expect((await visitor.call('GET', one)).status).toBe(404);
  });

  test('seeded tokens work at once', async () => {
    visitor.bearer = person('Support desk token').apiKey ?? '';
    expect((await get('account/organization')).json).toMatchObject({
      organization: { name: 'Lantern Works' },
    });
    visitor.bearer = person('Lena Fischer’s token').apiKey ?? '';
    expect((await get('account/profile')).json).toMatchObject({ user: { name: 'Lena Fischer' } });
    expect((await get('account/organization')).status).toBe(404);
  });

  test('a removed member is told so', async () => {
    await signIn('Jonas Weber');
    const mine = visitor.bearer;
    await signIn('Maya Castell');
    const path = `organization_members?organization_id=${await idOf('Tidepool Labs')}`;
    const { members, count } = (await get(path)).json as {
      members: { id: string; role: string; user: { name: string } }[];
      count: number;
    };
    expect(count).toBe(3);
    const jonas = members.find((member) => member.user.name === 'Jonas Weber');
    expect(jonas?.role).toBe('OWNER');
    expect((await visitor.call('DELETE', `/v1/organization_members/${jonas?.id}`)).json).toEqual({});
    expect((await get('activities')).status).toBe(200);
    visitor.bearer = mine;
    expect((await get('account/organization')).status).toBe(403);
  });

  test('resets a password by mail, once; validates an address', async () => {
    const { email } = creds('Jonas Weber');
    await visitor.call('POST', '/v1/account/reset_password', { email });
    expect((await visitor.call('POST', '/v1/account/reset_password', { email: 'x@x.example' })).json).toEqual(
      {},
    );
    const id = started.inbox.latest(email)?.code;
    const update = (password: string) =>
      visitor.call('POST', '/v1/account/update_password', { id, password });
    expect((await update('short')).json).toMatchObject({ fields: [{ field: 'password' }] });
    expect((await update('a-new-password')).status).toBe(200);
    expect((await update('a-new-password')).json).toMatchObject({ fields: [{ field: 'id' }] });
    expect((await login({ email, password: 'a-new-password' })).status).toBe(200);
    await signIn('Pia Lund');
    await visitor.call('POST', '/v1/account/resend_validation', {});
    const mail = started.inbox.latest('pia@meadow.example')?.code;
    expect((await visitor.call('POST', `/v1/account/validate/${mail}`)).status).toBe(200);
    expect((await get('account/profile')).json).toMatchObject({ user: { email_validated: true } });
    expect((await get('account/settings')).json).toMatchObject({ settings: { user_id: expect.any(String) } });
    expect((await get('account/activities')).json).toMatchObject({ activities: [{ verb: 'logged_in' }, {}] });
  });
});
