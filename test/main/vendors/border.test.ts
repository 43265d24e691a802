import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { lookUp } from '#lib/look-up.ts';
import type { Directory } from '../../../main/directory/directory.ts';
import { createPeopleExport } from '../../../main/directory/export.ts';
import { bordered } from '../../../main/vendors/border.ts';
import { koyeb } from '../../../main/vendors/koyeb/index.ts';
import type { Grant, Step, Vendor } from '../../../main/vendors/vendor.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp, until } from '../core-harness.ts';
import { failureOf, json, serve } from '../http/fixture.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { contextFor, newNetwork } from './practice-context.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function server(listener: RequestListener): Promise<string> {
  const started = await serve(listener);
  closing.push(started.close);
  return started.origin;
}

function context(baseUrl = 'https://panel.example') {
  const network = newNetwork();
  closing.push(network.close);
  return contextFor({ network, values: { baseUrl } });
}

const grant: Grant = { secret: 'x', realm: null, person: null, method: 'password', expiresAt: null };
const bugs: unknown[] = [];
/** A fifth vendor whose author thought of nothing, behind the border. */
const vendorWith = (more: Partial<Vendor>) => bordered({ ...koyeb, ...more }, (bug) => bugs.push(bug));
const begun = async (step: Step) => vendorWith({ begin: async () => step }).begin(context(), null, {});
const prompt = (ask: Extract<Step, { kind: 'prompt' }>['ask'], more = {}): Step => ({
  ...{ kind: 'prompt', ask, resume: null, deadline: Date.now() + 60_000 },
  ...more,
});

describe('a vendor’s code that bounds nothing', () => {
  test('an expiry, a deadline or a refresh out of range becomes none, or one that can be kept', async () => {
    expect(await begun({ kind: 'active', grant: { ...grant, expiresAt: 1e300 } })).toMatchObject({
      grant: { expiresAt: null },
    });
    const code = { kind: 'code', medium: 'e-mail', boxes: 1e308, numeric: true, canSendAgain: true } as const;
    const step = await begun(prompt(code, { deadline: 1e300, sendAgainAt: Number.NaN }));
    if (step.kind !== 'prompt') throw new Error('no prompt');
    const day = 24 * 3_600_000;
    expect(step.deadline).toBeLessThanOrEqual(Date.now() + day);
    expect(step.sendAgainAt).toBeLessThanOrEqual(Date.now() + day);
    expect(step.ask).toMatchObject({ boxes: 12 });
    const held = { expiresAt: null, grantedAt: 1000, usedAt: 1000 };
    expect(vendorWith({ refreshAt: () => Number.NaN }).refreshAt?.(held, {})).toBeNull();
    expect(vendorWith({ refreshAt: () => 0 }).refreshAt?.(held, {})).toBe(31_000);
    expect(vendorWith({ leftAfter: () => ({ until: 1e300 }) }).leftAfter?.(null, 0)).toEqual({ until: null });
    const check = await vendorWith({ check: async () => ({ alive: true, expiresAt: 2 ** 60 }) }).check(
      context(),
      null,
    );
    expect(check).toEqual({ alive: true, expiresAt: null });
  });

  test('a name is one line of 200 characters that does not turn its sentence round', async () => {
    const person = `\u202eevil\u0000\n${'a'.repeat(1e6)}`;
    const step = await begun({
      kind: 'active',
      grant: { ...grant, person, realm: { id: 'r'.repeat(1e6), name: person } },
    });
    if (step.kind !== 'active') throw new Error('not active');
    expect(step.grant.person).toHaveLength(200);
    expect(step.grant.person).toMatch(/^evil a+…$/);
    expect(step.grant.realm?.id).toHaveLength(400);
    expect(step.grant.realm?.name).toHaveLength(200);
  });

  test('what agreements say keeps its lines and turns none round, and has an end for all of them', async () => {
    const one = { name: 'Terms', required: true, content: 'One\u202E\r\n\r\n\r\n\r\n * two\u0007' };
    const long = { ...one, content: 'x\n'.repeat(1_000_000) };
    const agreements = [one, long, long, long].map((each, at) => ({ ...each, id: `a${at}` }));
    const step = await begun(prompt({ kind: 'agreements', agreements }));
    if (step.kind !== 'prompt' || step.ask.kind !== 'agreements') throw new Error(step.kind);
    const [short, ...others] = step.ask.agreements.map(({ content }) => content);
    expect(short).toBe('One \n\n * two');
    expect(others.map((text) => text?.length)).toEqual([100_000, 100_000, undefined]);
  });

  test('a list is cut at a thousand rows, and a page about a person says so', async () => {
    const rows = Array.from({ length: 5000 }, (_, at) => ({
      id: `s${at}`,
      where: null,
      browser: null,
      address: null,
    }));
    const sessions = rows.map((row) => ({
      ...row,
      openedAt: null,
      sessionTag: null,
      current: false,
      canEnd: true,
    }));
    expect(
      await vendorWith({ remoteSessions: async () => sessions }).remoteSessions?.(context(), null),
    ).toHaveLength(1000);
    const table = { title: 'Sessions', columns: [], empty: 'None.' };
    const page = {
      ...{ id: 'p', name: 'P', facts: [], actions: [] },
      tables: [{ ...table, rows: rows.map(({ id }) => ({ id, cells: {}, actions: [] })) }],
    };
    const own = vendorWith({
      ownLogin: { page: async () => page, act: async () => ({ message: '' }) },
    }).ownLogin;
    const read = await own?.page(context(), null);
    expect(read?.tables[0]?.rows).toHaveLength(1000);
    expect(read?.facts).toEqual([
      { label: 'Sessions', value: 'The first 1,000 rows are shown; there may be more.' },
    ]);
  });

  test('a prompt offers a hundred things at most, and a keyboard’s buttons stay as they are', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => ({ id: `d${at}`, label: 'L', detail: '' }));
    const offered = async (ask: Parameters<typeof prompt>[0]) => {
      const step = await begun(prompt(ask));
      return step.kind === 'prompt' ? step.ask : null;
    };
    expect(await offered({ kind: 'choice', label: 'How', options: many })).toMatchObject({
      options: { length: 100 },
    });
    const scan = {
      stage: 'ready',
      staleAt: 1e300,
      listening: 'polling',
      phoneShows: '',
      canPushToUser: true,
    } as const;
    const shown = await offered({ kind: 'scan', payload: 'x'.repeat(1e6), pushTargets: many, ...scan });
    expect(shown).toMatchObject({ pushTargets: { length: 100 }, payload: 'x'.repeat(2900) });
    const combinations = [[' ', 'a  b'], ...Array.from({ length: 5000 }, () => ['x'.repeat(1e4)])];
    const keys = await offered({ kind: 'virtual-keyboard', label: 'K', combinations, buttonsPerRow: 1e308 });
    expect(keys).toMatchObject({ combinations: { length: 100, 0: [' ', 'a  b'] }, buttonsPerRow: 30 });
  });

  test('more than fits is not sealed', async () => {
    const failure = await failureOf(
      begun({ kind: 'active', grant: { ...grant, secret: 'x'.repeat(300_000) } }),
    );
    expect(failure.message).toContain('more for one session than Gatehouse keeps');
  });

  test('whatever it throws becomes a failure that may have worked, and the report of it quotes nothing', async () => {
    const broken = vendorWith({
      begin: async () => {
        throw new TypeError('canary of the server');
      },
    });
    bugs.length = 0;
    const thrown = await broken.begin(context(), null, {}).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(GatehouseError);
    expect((thrown as GatehouseError).mayHaveWorked).toBe(true);
    expect(bugs).toHaveLength(1);
    expect(String((bugs[0] as Error).stack)).not.toContain('canary');
  });

  test('a failure made of a prototype’s members is one in words all the same', async () => {
    const odd = Object.assign(Object.create(null), {
      kind: 'constructor',
      message: Object,
      until: 1e300,
      vendorCode: 'a b',
    });
    const failure = await failureOf(
      vendorWith({
        begin: async () => {
          throw new GatehouseError(odd);
        },
      }).begin(context(), null, {}),
    );
    expect(failure).toEqual({
      kind: 'unexpected-answer',
      message: 'The server gave an answer that Gatehouse does not understand.',
    });
  });

  test.each([
    ['http://127.0.0.1:9000/', 'https://panel.example', false],
    ['https://localhost/', 'https://panel.example', false],
    ['javascript:alert(1)', 'https://panel.example', false],
    ['https://other.example/sso', 'https://panel.example', true],
    ['http://127.0.0.1:9000/', 'http://127.0.0.1:9001', true],
  ])('a console at %s is opened for %s: %s', async (url, from, opened) => {
    const vendor = vendorWith({ handOver: async () => ({ url, cookies: [], headers: {} }) });
    const work = vendor.handOver!(context(from), null).then(
      () => true,
      () => false,
    );
    expect(await work).toBe(opened);
  });

  test('a token with a line break in it is not put on the clipboard', async () => {
    const vendor = vendorWith({ copyText: async () => 'TOKEN=x\nrm -rf ~' });
    expect((await failureOf(vendor.copyText!(context(), null, 'env'))).message).toContain('clipboard');
  });
});

describe('in the core', () => {
  let folder: string;
  let app: TestApp;
  const keyring = createKeyring();

  beforeEach(async () => {
    folder = newFolder();
    app = await openTestApp(folder, { keyring, lateness: 0 });
  });
  afterEach(async () => {
    await app.core.close(200);
    removeFolder(folder);
  });

  const add = (vendor: string, values: Record<string, string>) =>
    app.core.accounts.add({ vendor, label: vendor, values, realm: null, tags: [], colour: 'teal' }).id;
  const koyebAt = (baseUrl: string) =>
    add('koyeb', { baseUrl, way: 'password', email: 'a@b.example', password: 'password-1' });
  const signIn = (accountId: string) => app.core.sessions.signIn({ accountId }, 'window');

  const jwt = (exp: string) => `e30.${Buffer.from(`{"exp":${exp}}`).toString('base64url')}.x`;

  test.each([['1e300'], ['9007199254740.993'], ['8640000000001']])(
    'a token that runs out at %s is a session without an end, and Gatehouse starts again',
    async (exp) => {
      const origin = await server((_, response) => json(response, 200, { token: { id: jwt(exp) } }));
      const id = signIn(koyebAt(origin));
      expect((await app.reach(id, 'active')).expiresAt).toBeNull();
      await app.core.close(200);
      app = await openTestApp(folder, { keyring, lateness: 0 });
      expect(app.session(id).expiresAt).toBeNull();
      // The start asks for it; the database stays open until it is answered.
      await until('the session was asked for', () => app.session(id).checkFailure);
    },
  );

  test('an end that the server wants asked for in a thousand years is asked for in an hour, and Gatehouse starts again', async () => {
    const origin = await server((request, response) =>
      request.method === 'DELETE'
        ? json(response, 429, {}, { 'retry-after': '9'.repeat(30) })
        : json(response, 200, { token: { id: 'opaque' } }),
    );
    const id = signIn(koyebAt(origin));
    await app.reach(id, 'active');
    app.core.sessions.end(id, { actor: 'window' });
    await app.core.sessions.tryEndingNow(id);
    const hour = Date.now() + 3_600_000;
    expect(app.session(id).ending?.nextTryAt).toBeGreaterThan(hour - 60_000);
    expect(app.session(id).ending?.nextTryAt).toBeLessThanOrEqual(hour);
    await app.core.close(200);
    app = await openTestApp(folder, { keyring, lateness: 0 });
    expect(app.session(id).state).toBe('ending');
  });

  const forms: Record<string, Record<string, string>> = {
    enhance: { way: 'password', email: 'a@b.example', password: 'password-1' },
    cyclos: { way: 'password', principalType: 'any', principal: 'anna', password: 'password-1' },
    nextauth: { serverId: 'AAAA', apiKey: 'key-of-the-desk' },
    koyeb: { way: 'password', email: 'a@b.example', password: 'password-1' },
  };
  const members = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
  const statuses = [400, 401, 403, 404, 409, 422, 429, 500, 503];

  test.each(Object.keys(forms))(
    '%s: no word of a refusal finds what every object has',
    async (vendor) => {
      let said: { status: number; word: string } = { status: 500, word: '' };
      const origin = await server((request, response) => {
        // Cyclos is asked how to sign in before it is asked to.
        if (request.url?.includes('data-for-login')) return json(response, 200, {});
        const { status, word } = said;
        const named = [
          word,
          'code',
          'kind',
          'status',
          'message',
          'detail',
          'userStatus',
          'passwordStatus',
          'entityType',
          'key',
          'name',
        ];
        const body = Object.fromEntries(named.map((name) => [name, word]));
        const codes = status === 401 ? { code: 'login', userStatus: word, passwordStatus: word } : {};
        const errors = { propertyErrors: { [word]: [word] }, fields: [{ field: word, description: word }] };
        return json(response, status, { ...body, ...errors, ...(Math.random() < 0.5 ? codes : {}) });
      });
      const accountId = add(vendor, { ...forms[vendor], baseUrl: origin });
      for (const word of members)
        for (const status of statuses) {
          said = { status, word };
          const id = signIn(accountId);
          await app.core.sessions.quiet(id);
          const record = app.core.sessions.get(id);
          const seen = `${status} ${word}: ${record?.state} ${record?.failure?.message}`;
          expect(['failed', 'ending', 'ended'], seen).toContain(record?.state);
          expect(record?.failure?.message, seen).toEqual(expect.any(String));
          // The border's own word for a failure without words.
          expect(record?.failure?.message, seen).not.toContain('does not understand');
        }
      expect(app.bugs).toEqual([]);
    },
    60_000,
  );

  test('a server whose list of servers never ends is asked for ten pages', async () => {
    let pages = 0;
    const origin = await server((request, response) => {
      if (request.url?.includes('/sessions/'))
        return json(response, 200, { loggedin: true, loginqrdata: 'AAAA' });
      pages += 1;
      const servers = Array.from({ length: 100 }, (_, at) => ({ serverid: `${pages}-${at}` }));
      return json(response, 200, { servers });
    });
    const id = signIn(add('nextauth', { ...forms.nextauth, baseUrl: origin }));
    await app.reach(id, 'active');
    pages = 0;
    const result = await routerOf(app)('sessions.memberships', { sessionId: id });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && result.value).toHaveLength(1000);
    expect(pages).toBe(10);
  });

  test('brackets in brackets, a list without end and a body of megabytes are told in words and hold up nobody', async () => {
    let body = '';
    const origin = await server(
      (_, response) => void response.setHeader('content-type', 'application/json').end(body),
    );
    const accountId = koyebAt(origin);
    for (const [sent, words] of [
      ['['.repeat(200_000) + ']'.repeat(200_000), 'nested too deeply'],
      [`[${'{},'.repeat(1_500_000)}{}]`, 'more than can be shown'],
      [`"${'x'.repeat(9 * 1024 * 1024)}"`, 'more than 8 MiB'],
    ] as const) {
      body = sent;
      const id = signIn(accountId);
      const before = process.threadCpuUsage();
      await app.core.sessions.quiet(id);
      const used = process.threadCpuUsage(before);
      expect(app.session(id).failure?.message).toContain(words);
      expect((used.user + used.system) / 1000).toBeLessThan(200);
    }
  });

  test('a server that gives the account’s secrets back in other requests, a name or a realm gets none of them filed', async () => {
    const secret = 'password-1';
    const token = 'tok-0123456789-abcdefghij';
    const echo = `${secret} ${Buffer.from(`x${secret}`).toString('base64')} ${encodeURIComponent(token)}`;
    let asked = 0;
    const origin = await server((request, response) => {
      if (request.url?.endsWith('/account/login')) return json(response, 200, { token: { id: token } });
      if (request.url?.endsWith('/profile')) return json(response, 200, { user: { name: `I am ${echo}` } });
      asked += 1;
      if (asked === 1) return json(response, 200, { organization: { id: 'o', name: `Realm ${echo}` } });
      return json(response, 400, { code: secret, fields: [{ field: secret, description: echo }] });
    });
    const accountId = koyebAt(origin);
    const id = signIn(accountId);
    await app.reach(id, 'active');
    await app.core.sessions.check(id);
    expect(app.session(id).person).toMatch(/^I am ••• /);
    expect(app.session(id).realm?.name).toMatch(/^Realm ••• /);
    await app.core.sessions.check(id);
    expect(app.session(id).checkFailure).toMatchObject({
      kind: 'invalid',
      fields: { '•••': expect.any(String) },
    });
    app.core.sessions.end(id, { actor: 'window' });
    await app.core.sessions.tryEndingNow(id);
    const filed = JSON.stringify([app.core.snapshot(), await app.core.ledger.page({ limit: 500 })]);
    for (const text of [secret, token, Buffer.from(`x${secret}`).toString('base64')])
      expect(filed).not.toContain(text);
  });

  test('of ten thousand sessions at the panel those that Gatehouse opened are shown, in no time', async () => {
    const memberships = { memberships: [] };
    let sessionTag = '';
    const origin = await server((request, response) => {
      if (request.method === 'POST') {
        response.setHeader('set-cookie', 'id0=one');
        sessionTag = request.headers['user-agent'] ?? '';
        return json(response, 200, memberships);
      }
      const agent = (at: number) =>
        at === 9_999 ? sessionTag : `Mozilla/5.0 (X11; Linux ${at}) Firefox/${at}.0`;
      const items = Array.from({ length: 10_000 }, (_, at) => ({
        id: `s${at}`,
        createdAt: 'now',
        userAgent: agent(at),
      }));
      return json(response, 200, request.url?.endsWith('/login/sessions') ? { items } : memberships);
    });
    const id = signIn(add('enhance', { ...forms.enhance, baseUrl: origin }));
    await app.reach(id, 'active');
    const found = await app.core.sessions.remote(id);
    expect(found).toHaveLength(1000);
    expect(found[0]).toMatchObject({ id: 's9999', mark: 'this', sessionId: id });
  });
});

test('an export whose pages never end is stopped, and leaves no file', async () => {
  const files = mkdtempSync(join(tmpdir(), 'gatehouse-export-'));
  closing.push(() => rmSync(files, { recursive: true }));
  const rows = Array.from({ length: 200 }, (_, at) => ({
    id: `p${at}`,
    cells: { email: 'anna@example.com' },
  }));
  const page: Directory['page'] = async () => ({ rows, total: null });
  const people: Pick<Directory, 'page'> = { page };
  const { run } = createPeopleExport(people, () => {});
  const path = join(files, 'people.csv');
  const job = { sessionId: 's', query: { source: 'all' }, columns: ['email', 'constructor'], path };
  const failure = await failureOf(run(job));
  expect(failure.message).toContain('After 500,200 rows the server still had more');
  expect(existsSync(path)).toBe(false);
  expect(readdirSync(files)).toEqual([]);
});

test('a table says nothing of words that it does not list', () => {
  const table: Record<string, number> = { known: 1 };
  expect(lookUp(table, 'known')).toBe(1);
  for (const word of [undefined, '', 'constructor', '__proto__', 'toString', 'hasOwnProperty'])
    expect(lookUp(table, word), word).toBeUndefined();
});

test('a table of a vendor’s words is asked by lookUp alone', () => {
  const root = join(import.meta.dirname, '../../../main/vendors');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const asked = files.flatMap((name) => {
    const text = readFileSync(join(root, name), 'utf8');
    const tables = [...text.matchAll(/const (\w+): (?:Readonly<)?(?:Partial<)?Record<string,/g)].map(
      ([, table]) => table,
    );
    return tables
      .filter((table) => new RegExp(`\\b${table}\\[(?!name\\.toLowerCase)`).test(text))
      .map((table) => `${name}: ${table}`);
  });
  // Its names are those of the request that is written there.
  expect(asked.filter((one) => one !== 'http.ts: headers')).toEqual([]);
});
