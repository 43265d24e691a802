import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { z } from 'zod';
import { createAgents, type Proxies } from '#http/agents.ts';
import { trustAlso, trustAuthorities } from '#http/authorities.ts';
import { createNetwork } from '#http/client.ts';
import { parseRoute } from '#http/proxy-route.ts';
import type { ProxySignIn } from '#http/proxy-tunnel.ts';
import { openSocket } from '../../../main/vendors/nextauth/session/socket.ts';
import { failureOf, json, makeAuthority, makeCertificate, serveTls, type TestServer } from './fixture.ts';
import { openProxy, openSocks, type ProxyOptions, type TestProxy } from './proxy-server.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

let authority: Awaited<ReturnType<typeof makeAuthority>>;
beforeAll(async () => {
  authority = await makeAuthority();
  trustAuthorities();
});

const vendor = 'panel.example';

/** A vendor's server of that name, which only the proxies of these tests know; its authority is trusted. */
async function openVendor(name = vendor): Promise<TestServer & { requests: string[] }> {
  const requests: string[] = [];
  const server = await serveTls(await makeCertificate({ dns: name }, authority), (request, response) => {
    requests.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`);
    json(response, 200, { ok: true });
  });
  closing.push(server.close);
  trustAlso([authority.cert]);
  closing.push(() => trustAlso([]));
  return { ...server, requests };
}

interface Known {
  signIns?: Record<string, ProxySignIn>;
  told?: string[];
}

/** What main would know of proxies: every address leads by this way. */
function proxiesOf(route: string, { signIns = {}, told = [] }: Known = {}): Proxies {
  const accepted = new Set<string>();
  const refused = new Set<string>();
  return {
    resolve: async () => route,
    signInOf: (proxy) => (refused.has(proxy) ? null : (signIns[proxy] ?? null)),
    isAccepted: (proxy) => accepted.has(proxy),
    signInAccepted: (proxy) => accepted.add(proxy),
    signInWanted(proxy, again) {
      told.push(`${again ? 'refused' : 'wanted'} ${proxy}`);
      if (again) refused.add(proxy);
    },
  };
}

function networkBy(route: string, known?: Known) {
  const network = createNetwork({ proxies: proxiesOf(route, known), perHost: 20 });
  closing.push(network.close);
  const http = network.open({ baseUrl: `https://${vendor}/api`, userAgent: 'x' });
  const ask = (headers: Record<string, string> = {}) =>
    http.send({
      operation: 'getThing',
      method: 'GET',
      path: ['thing'],
      headers,
      body: { kind: 'json', schema: z.object({ ok: z.boolean() }) },
    });
  return { network, ask };
}

async function kept(proxy: Promise<TestProxy>): Promise<TestProxy> {
  const opened = await proxy;
  closing.push(opened.close);
  return opened;
}

const proxyTo = async (server: TestServer, options: ProxyOptions = {}) =>
  kept(openProxy({ names: { [vendor]: server.port }, ...options }));
const socksTo = async (server: TestServer, options: ProxyOptions = {}) =>
  kept(openSocks({ names: { [vendor]: server.port }, ...options }));

describe('a request through a proxy', () => {
  test('reaches the server, and the proxy sees where it goes and nothing of what is said', async () => {
    const server = await openVendor();
    const proxy = await proxyTo(server);
    const { ask } = networkBy(`PROXY ${proxy.name}`);
    expect((await ask({ authorization: 'Bearer canary-token-1' })).value).toEqual({ ok: true });
    expect(server.requests).toEqual(['GET /api/thing Bearer canary-token-1']);
    expect(proxy.asked).toEqual([`CONNECT ${vendor}:443`]);
    const seen = Buffer.concat([...proxy.heard, ...proxy.passed]).toString('latin1');
    expect(seen).not.toMatch(/canary|thing|Bearer/);
    expect(proxy.passed.length).toBeGreaterThan(2);
  });

  test('keeps its tunnel for the next one, until the network is renewed', async () => {
    const server = await openVendor();
    const proxy = await proxyTo(server);
    const { network, ask } = networkBy(`PROXY ${proxy.name}`);
    await ask();
    await ask();
    expect(proxy.asked).toHaveLength(1);
    network.renew();
    // Before the server gives it up by itself, after five seconds.
    await expect.poll(proxy.open, { timeout: 3_000 }).toBe(0);
    await ask();
    expect(proxy.asked).toHaveLength(2);
  });

  test('by SOCKS5, which is told the name and not an address', async () => {
    const server = await openVendor();
    const proxy = await socksTo(server);
    expect((await networkBy(`SOCKS5 ${proxy.name}`).ask()).value).toEqual({ ok: true });
    expect(proxy.asked).toEqual([`SOCKS5 ${vendor}:443`]);
  });

  test('by a proxy that speaks TLS itself, whose certificate counts like a server’s', async () => {
    const server = await openVendor();
    const proxy = await proxyTo(server, { keys: await makeCertificate({ ip: '127.0.0.1' }, authority) });
    expect((await networkBy(`HTTPS ${proxy.name}`).ask()).value).toEqual({ ok: true });
    expect(proxy.asked).toEqual([`CONNECT ${vendor}:443`]);
  });

  test('goes on to the next way where a proxy is not there, and begins there from then on', async () => {
    const server = await openVendor();
    const gone = await openProxy();
    await gone.close();
    const proxy = await proxyTo(server);
    const { network, ask } = networkBy(`PROXY ${gone.name}; PROXY ${proxy.name}`);
    await ask();
    proxy.cut();
    network.renew();
    await ask();
    expect(proxy.asked).toHaveLength(2);
  });

  test('a websocket takes the same way', async () => {
    const server = await serveTls(await makeCertificate({ dns: vendor }, authority), () => {});
    closing.push(server.close);
    trustAlso([authority.cert]);
    closing.push(() => trustAlso([]));
    const sockets = new WebSocketServer({ noServer: true });
    closing.push(() => sockets.close());
    server.onUpgrade((request, socket, head) => sockets.handleUpgrade(request, socket, head, () => {}));
    for (const [proxy, kind] of [
      [await proxyTo(server), 'PROXY'],
      [await socksTo(server), 'SOCKS5'],
    ] as const) {
      const agents = createAgents({ connectTimeout: 5_000, proxies: proxiesOf(`${kind} ${proxy.name}`) });
      closing.push(agents.close);
      const outcome = await new Promise((resolve) => {
        const socket = openSocket({
          ...{ url: `wss://${vendor}/ws`, agentFor: agents.for, userAgent: 'x', hsid: 'a', serverId: 'b' },
          onOpen: () => resolve('open'),
          onFrame: () => {},
          onClose: () => resolve('closed'),
        });
        closing.push(socket.close);
      });
      expect(outcome).toBe('open');
      expect(proxy.asked).toEqual([expect.stringContaining(`${vendor}:443`)]);
    }
  });
});

describe('a proxy that asks for a sign-in', () => {
  const right = { user: 'amir', password: 'canary-proxy-pass' };
  const signIn = 'amir:canary-proxy-pass';

  test.each(['PROXY', 'SOCKS5'])(
    '%s: without one it is said, with the right one the way is open',
    async (kind) => {
      const server = await openVendor();
      const proxy = await (kind === 'PROXY' ? proxyTo : socksTo)(server, { signIn });
      const told: string[] = [];
      const failure = await failureOf(networkBy(`${kind} ${proxy.name}`, { told }).ask());
      expect(failure).toMatchObject({ kind: 'network' });
      expect(failure.message).toBe(`The proxy ${proxy.name} asks for a user name and a password.`);
      expect(told).toEqual([`wanted ${proxy.name}`]);
      const { ask } = networkBy(`${kind} ${proxy.name}`, { signIns: { [proxy.name]: right } });
      expect((await ask()).value).toEqual({ ok: true });
      expect(proxy.signIns).toEqual([signIn]);
    },
  );

  test.each(['PROXY', 'SOCKS5'])(
    '%s: a wrong one is sent once, however many requests there are',
    async (kind) => {
      const server = await openVendor();
      const proxy = await (kind === 'PROXY' ? proxyTo : socksTo)(server, { signIn });
      const wrong = { user: 'amir', password: 'canary-wrong' };
      const { ask } = networkBy(`${kind} ${proxy.name}`, { signIns: { [proxy.name]: wrong } });
      const failures = await Promise.all(Array.from({ length: 12 }, () => failureOf(ask())));
      expect(proxy.signIns).toEqual(['amir:canary-wrong']);
      expect(failures.map(({ message }) => message)).toContain(
        `The proxy ${proxy.name} does not accept the user name and password that are stored for it.`,
      );
      expect(JSON.stringify(failures)).not.toContain('canary');
      expect(server.requests).toEqual([]);
    },
  );

  test('that of another kind (Negotiate) is named', async () => {
    const server = await openVendor();
    const proxy = await proxyTo(server, { signIn, scheme: 'Negotiate' });
    const failure = await failureOf(networkBy(`PROXY ${proxy.name}`).ask());
    expect(failure.message).toContain('asks for a sign-in that Gatehouse can’t do');
  });
});

describe('each fault is named apart, and none is taken for the server’s answer', () => {
  const messageBy = async (route: string) => failureOf(networkBy(route).ask());

  test.each([
    [403, 'does not let Gatehouse reach panel.example (status 403)'],
    [401, 'does not let Gatehouse reach panel.example (status 401)'],
    [404, 'could not reach panel.example (status 404)'],
    [502, 'could not reach panel.example (status 502)'],
    [302, 'does not let Gatehouse reach panel.example (status 302)'],
  ])('the proxy answers %i', async (status, words) => {
    const server = await openVendor();
    const proxy = await proxyTo(server, { status });
    const failure = await messageBy(`PROXY ${proxy.name}`);
    expect(failure).toMatchObject({ kind: 'network', message: expect.stringContaining(words) });
    expect(failure).not.toHaveProperty('status');
  });

  test('no proxy is there', async () => {
    const gone = await openProxy();
    await gone.close();
    for (const kind of ['PROXY', 'HTTPS', 'SOCKS5']) {
      const { message, advice } = await messageBy(`${kind} ${gone.name}`);
      expect(message).toBe(
        `The proxy ${gone.name} can’t be reached or does not answer, so nothing was sent to panel.example.`,
      );
      expect(advice).toContain('Settings, Network');
    }
  });

  test('something else is there', async () => {
    const server = await openVendor();
    const web = await kept(openProxy());
    for (const route of [`PROXY 127.0.0.1:${server.port}`, `SOCKS5 ${web.name}`]) {
      const { message } = await messageBy(route);
      expect(message, route).toContain('is no proxy, or one of another kind');
    }
    const proxy = await proxyTo(server, { early: 'SSH-2.0-canary' });
    expect((await messageBy(`PROXY ${proxy.name}`)).message).toContain('is no proxy');
  });

  test('SOCKS refuses, and can’t reach', async () => {
    const server = await openVendor();
    const refuses = await socksTo(server, { status: 2 });
    expect((await messageBy(`SOCKS5 ${refuses.name}`)).message).toContain('does not let Gatehouse reach');
    const fails = await socksTo(server, { status: 4 });
    expect((await messageBy(`SOCKS5 ${fails.name}`)).message).toContain('could not reach panel.example');
  });

  test('the proxy’s own certificate', async () => {
    const server = await openVendor();
    const proxy = await proxyTo(server, { keys: await makeCertificate({ ip: '127.0.0.1' }) });
    const failure = await messageBy(`HTTPS ${proxy.name}`);
    expect(failure.kind).toBe('tls');
    expect(failure.message).toContain(`The proxy ${proxy.name} could not prove that it is the right one`);
    expect(proxy.asked).toEqual([]);
  });

  test('the server’s certificate behind a proxy, of an authority that nobody knows', async () => {
    const server = await openVendor();
    trustAlso([]);
    const proxy = await proxyTo(server);
    const failure = await messageBy(`PROXY ${proxy.name}`);
    expect(failure.kind).toBe('tls');
    expect(failure.message).toContain('The certificate of panel.example comes from an authority');
    expect(failure.advice).toContain('Your company’s authority may be missing: Settings, Network.');
  });

  test('a server of another name behind a proxy', async () => {
    const server = await openVendor('elsewhere.example');
    const proxy = await proxyTo(server);
    expect((await messageBy(`PROXY ${proxy.name}`)).message).toContain('is not for panel.example');
  });

  test('no way that Gatehouse knows', async () => {
    expect((await messageBy('QUIC 127.0.0.1:1')).message).toContain('No way to panel.example could be found');
  });

  test('a proxy that takes the connection and says nothing', async () => {
    const silent = await kept(openProxy());
    const network = createNetwork({ connectTimeout: 200, proxies: proxiesOf(`SOCKS5 ${silent.name}`) });
    closing.push(network.close);
    const http = network.open({ baseUrl: `https://${vendor}`, userAgent: 'x' });
    const { message } = await failureOf(http.send({ operation: 'getThing', method: 'GET', path: [] }));
    expect(message).toMatch(/is no proxy|can’t be reached/);
  });

  test('a proxy script that never answers holds up nobody, and nothing has left', async () => {
    const never: Proxies = { ...proxiesOf('DIRECT'), resolve: () => new Promise(() => {}) };
    const network = createNetwork({ proxies: never });
    const http = network.open({ baseUrl: `https://${vendor}`, userAgent: 'x' });
    const work = http.send({ operation: 'getThing', method: 'GET', path: [], timeout: 100 });
    await expect(work).rejects.toMatchObject({ mayHaveWorked: false, failure: { kind: 'timeout' } });
  });
});

describe('what a proxy script says', () => {
  const ways = (answer: string) =>
    parseRoute(answer).map(({ kind, host, port }) => `${kind} ${host}:${port}`);

  test.each([
    ['', ['direct :0']],
    ['DIRECT', ['direct :0']],
    ['PROXY a.example:8080; direct', ['http a.example:8080', 'direct :0']],
    [
      'PROXY a.example;HTTPS b.example;SOCKS c.example',
      ['http a.example:80', 'https b.example:443', 'socks4 c.example:1080'],
    ],
    ['SOCKS5 [2001:db8::1]:1081', ['socks5 [2001:db8::1]:1081']],
    ['PROXY a.example:80', ['http a.example:80']],
    ['PROXY user:pw@a.example:1; PROXY a.example/x; PROXY ; QUIC a:1; PROXY a b; constructor a:1', []],
    ['PROXY a.example:99999', []],
  ])('%s', (answer, hops) => {
    expect(ways(answer)).toEqual(hops);
  });

  test('a list without end has one', () => {
    expect(parseRoute('PROXY a:1;'.repeat(100_000)).length).toBeLessThanOrEqual(6);
  });
});
