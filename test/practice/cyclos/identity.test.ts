import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCyclos } from './kit.ts';

type Cookies = Record<string, string>;

describe('signing in to Cyclos 4.16 by an identity provider', () => {
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  beforeEach(async () => {
    cyclos = await openCyclos('4.16');
  });
  afterEach(() => cyclos.server.close());

  const prepare = async (provider = 'harbourid') => {
    const { body, status } = await cyclos.client.call('POST', `/identity-providers/${provider}/login`);
    expect(status).toBe(200);
    return { url: String(body.url), requestId: String(body.requestId) };
  };

  /** A browser window: opens the address, follows the page to the provider, and there the link that is named. */
  const visit = async (url: string, choose: RegExp, cookies: Cookies = {}) => {
    const first = await fetch(url);
    const [pair = ''] = first.headers.getSetCookie();
    const cookie = cookies.cookie ?? pair.split(';')[0] ?? '';
    const target = plain(/url=([^"]+)"/.exec(await first.text())?.[1] ?? '');
    // Another origin, as a real provider is.
    expect(new URL(target).hostname).not.toBe(new URL(url).hostname);
    const provider = await (await fetch(target)).text();
    const links = [...provider.matchAll(/<a href="([^"]+)">([^<]+)</g)];
    const chosen = links.find(([, , text]) => choose.test(plain(text ?? '')))?.[1] ?? '';
    const back = await fetch(plain(chosen), { headers: { cookie } });
    return { status: back.status, text: await back.text() };
  };
  const plain = (html: string) =>
    html.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

  /** The first event of a subscription. */
  const listen = async (requestId: string, client = 'client') => {
    const stream = await fetch(
      `${cyclos.client.base}/push/subscribe?clientId=${client}&kinds=identityProviderCallback&identityProviderRequestId=${requestId}`,
    );
    const next = async () => {
      let text = '';
      for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) {
        text += part;
        const data = /^data: (.+)\n\n/m.exec(text)?.[1];
        if (data) return JSON.parse(data) as Record<string, unknown>;
      }
      throw new Error(`The stream ended: ${text}`);
    };
    return { next };
  };

  const signIn = async (choose: RegExp, provider?: string) => {
    const { url, requestId } = await prepare(provider);
    const { next } = await listen(requestId);
    const { status } = await visit(url, choose);
    expect(status).toBe(200);
    return next();
  };

  test('names the providers, and signs in who is linked; the token is then replaced', async () => {
    const { body } = await cyclos.client.call('GET', '/auth/data-for-login');
    expect(body.identityProviders).toMatchObject([
      { internalName: 'harbourid', name: 'Harbour ID' },
      { internalName: 'guildpass' },
    ]);
    const result = await signIn(/as Ida Identity/);
    expect(result).toMatchObject({ status: 'loginLink', identityProvider: { name: 'Harbour ID' } });
    const old = { 'session-token': String(result.sessionToken) };
    const replace = (as: Record<string, string> = {}) =>
      cyclos.client.call('POST', `/auth/session/replace/${result.sessionToken}`, as);
    expect((await replace(old)).body.code).toBe('illegalAction');
    const fresh = await replace();
    expect((await cyclos.client.call('GET', '/auth', old)).body.code).toBe('loggedOut');
    const auth = await cyclos.client.call('GET', '/auth', { 'session-token': fresh.text });
    expect(auth.body.user?.display).toBe('Ida Identity');
  });

  test('links who has the same e-mail, and asks for a second factor all the same', async () => {
    expect(await signIn(/as Mona/)).toMatchObject({ status: 'loginEmail' });
    expect(await signIn(/as Mona/)).toMatchObject({ status: 'loginLink' });
    const { sessionToken } = await signIn(/as Pia/);
    const token = { 'session-token': String(sessionToken) };
    expect((await cyclos.client.call('GET', '/auth', token)).body.loginConfirmation).toMatchObject({
      allowedCredentials: ['password'],
      passwordType: { internalName: 'pin' },
    });
  });

  test('says that nobody matches, and links at the next sign-in', async () => {
    const result = await signIn(/as Una/);
    expect(result).toMatchObject({ status: 'loginNoMatch' });
    expect(result).not.toHaveProperty('sessionToken');
    const query = `?identityProviderRequestId=${result.requestId}`;
    const linked = await cyclos.client.login('mona', 'Member-2026', query);
    expect(linked.body).not.toHaveProperty('identityProviderNotLinkReason');
    expect(await signIn(/as Una/)).toMatchObject({ status: 'loginLink' });
    expect((await cyclos.client.login('mona', 'Member-2026', query)).status).toBe(422);
    expect(await signIn(/as Nemo/)).toMatchObject({ status: 'loginNoEmail' });
  });

  test('says that the person does not want to, or must not', async () => {
    expect(await signIn(/Don’t sign in/)).toMatchObject({ status: 'denied' });
    expect(await signIn(/as Ida/, 'guildpass')).toMatchObject({
      status: 'error',
      errorMessage: expect.stringContaining('Guild Pass'),
    });
    const una = await signIn(/as Una/, 'guildpass');
    const query = `?identityProviderRequestId=${una.requestId}`;
    const ida = await cyclos.client.login('ida', 'Member-2026', query);
    expect(ida.body.identityProviderNotLinkReason).toBe('userDisabled');
    const { requestId } = await signIn(/as Nemo/);
    const session = await cyclos.client.call('POST', `/auth/session?identityProviderRequestId=${requestId}`, {
      channel: 'main',
      'principal-type': '*',
      authorization: `Basic ${btoa('root:Global-2026')}`,
    });
    expect(session.body.identityProviderNotLinkReason).toBe('globalUserNetworkIdpIgnored');
    expect(cyclos.server.sessions().map(({ person }) => person)).toEqual(['ida', 'root']);
  });

  test('comes back only to the window that went, and tells only who asked', async () => {
    const { url, requestId } = await prepare();
    const another = await prepare();
    const other = await listen(another.requestId, 'other');
    expect((await visit(url, /as Ida/, { cookie: 'Identity-Request=stolen' })).status).toBe(404);
    expect(cyclos.server.sessions()).toEqual([]);
    const { next } = await listen(requestId);
    await visit(url, /as Ida/);
    expect(await next()).toMatchObject({ requestId });
    // The first that the other hears is its own.
    await visit(another.url, /as Ida/);
    expect(await other.next()).toMatchObject({ requestId: another.requestId });
  });

  test('keeps for a client what it missed while its stream was broken', async () => {
    const { url, requestId } = await prepare();
    const gone = new AbortController();
    const address = `${cyclos.client.base}/push/subscribe?clientId=c&kinds=identityProviderCallback&identityProviderRequestId=${requestId}`;
    const stream = await fetch(address, { signal: gone.signal });
    expect(stream.status).toBe(200);
    gone.abort();
    await expect.poll(() => cyclos.server.log().some((each) => each.left)).toBe(true);
    await visit(url, /as Ida/);
    const { next } = await listen(requestId, 'c');
    expect(await next()).toMatchObject({ status: 'loginLink' });
  });

  test('lists, removes and switches off links, and makes one for oneself', async () => {
    const admin = await cyclos.client.session('alice');
    const list = async (as: Record<string, string>, user: string) =>
      (await cyclos.client.call('GET', `/${user}/identity-providers/list-data`, as)).body;
    expect(await list(admin, 'ida')).toMatchObject({
      canLink: false,
      identityProviders: [
        { status: 'linked', email: 'ida@elsewhere.example', identityProvider: { name: 'Harbour ID' } },
        { status: 'disabled' },
      ],
    });
    const drop = (query = '') =>
      cyclos.client.call('DELETE', `/ida/identity-providers/harbourid${query}`, admin);
    expect((await drop()).status).toBe(204);
    expect((await drop()).status).toBe(409);
    const ida = await cyclos.client.session('ida', 'Member-2026');
    const { body } = await cyclos.client.call('POST', '/identity-providers/harbourid/link', ida);
    await visit(String(body.url), /as Ida/);
    expect(await list(ida, 'self')).toMatchObject({ canLink: true });
    expect((await drop('?disable=true')).status).toBe(204);
    expect(await signIn(/as Ida/)).toMatchObject({ status: 'loginNoMatch' });
    const mona = await cyclos.client.session('mona', 'Member-2026');
    const forbidden = await cyclos.client.call('GET', '/ida/identity-providers/list-data', mona);
    expect(forbidden.body.code).toBe('permissionDenied');
  });
});
