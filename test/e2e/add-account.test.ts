import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Misbehaviour } from '../../practice/common/misbehave.ts';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { makeAuthority, makeCertificate, serve, serveTls } from '../main/http/fixture.ts';
import {
  atEnd,
  dataFolder,
  eventually,
  openApp,
  openPractice,
  personOf,
  serverOf,
  type TestApp,
} from './harness.ts';

/** The account form with everything that people and servers can get wrong. */
let app: TestApp;
let practice: Practice;
let panel: PracticeServer;
/** Requests that reached a place which must get none. */
const strayed: string[] = [];
let elsewhere: string;
let wrongName: string;
let unknownAuthority: string;
/** A call to a server that never answers, begun first because it takes 15 s. */
let unanswered: Promise<string>;

beforeAll(async () => {
  practice = await openPractice({ only: ['enhance'] });
  panel = serverOf(practice, 'enhance');
  const stray = await serve((request, response) => {
    strayed.push(request.url ?? '');
    response.end();
  });
  elsewhere = stray.origin;
  const known = await makeAuthority();
  const [mismatched, foreign] = await Promise.all([
    serveTls(await makeCertificate({ dns: 'panel.example' }, known), (_, response) => response.end()),
    serveTls(await makeCertificate({ ip: '127.0.0.1' }, await makeAuthority()), (_, response) =>
      response.end(),
    ),
  ]);
  wrongName = `${mismatched.origin}/api`;
  unknownAuthority = `${foreign.origin}/api`;
  const silent = await serve(() => {});
  for (const server of [stray, mismatched, foreign, silent]) atEnd(server.close);

  const authority = join(dataFolder(), 'authority.pem');
  writeFileSync(authority, known.cert);
  app = await openApp({ env: { NODE_EXTRA_CA_CERTS: authority } });
  unanswered = app
    .call('accounts.test', {
      account: {
        vendor: 'enhance',
        label: 'Silent',
        values: {
          baseUrl: `${silent.origin}/api`,
          way: 'password',
          email: 'amir@northwind.example',
          password: 'x',
        },
        realm: null,
        tags: [],
        colour: 'teal',
      },
    })
    .then(
      () => 'an answer',
      (error: Error) => error.message,
    );
  await app.button('Add an account').click();
  await app.field('Panel address').fill(panel.url);
  await app.field('E-mail').fill('amir@northwind.example');
  await app.field('Password').fill('quiet-meadow-21');
  await app.field('Label').fill('Northwind panel');
});

/** Presses Test and answers what the form then says. */
async function pressTest(): Promise<string> {
  const { page } = app;
  await app.button('Test').click();
  const said = page.getByRole('alert').or(page.getByRole('status').filter({ hasText: /Works|Signed in/ }));
  await said.first().waitFor();
  return (await said.allInnerTexts()).join(' ');
}

/** What the form still holds. */
const typed = () =>
  Promise.all(['Panel address', 'E-mail', 'Password', 'Label'].map((name) => app.field(name).inputValue()));

describe('an address that can’t be right is refused before anything is sent', () => {
  const addresses: [string, RegExp][] = [
    ['http://panel.example.com/api', /has to begin with https.*on this computer only/],
    ['https://amir:secret@panel.example.com/api', /has a user name or password in it/],
    ['the panel of Northwind', /has to begin with https/],
    ['https://panel.example.com:port/api', /not an address/],
    ['ftp://panel.example.com', /has to begin with https/],
  ];
  test.each(addresses)('%s', async (address, sentence) => {
    await app.field('Panel address').fill(address);
    expect(await pressTest()).toMatch(sentence);
    expect(await app.field('Panel address').getAttribute('aria-invalid')).toBe('true');
    expect(await typed()).toEqual([address, 'amir@northwind.example', 'quiet-meadow-21', 'Northwind panel']);
  });

  test('is refused when saving, too', async () => {
    await app.field('Panel address').fill('http://panel.example.com/api');
    await app.button('Add account').last().click();
    await app.page
      .getByText(/on this computer only/)
      .first()
      .waitFor();
    expect((await app.snapshot()).accounts).toEqual([]);
    await app.look('add-account-refused');
  });
});

describe('what is wrong with a server is said in words', () => {
  const places: [string, () => string, RegExp][] = [
    [
      'unknown host',
      () => 'https://no-such-panel.invalid/api',
      /no server named no-such-panel|could not be looked up/,
    ],
    ['refused', () => 'https://127.0.0.1:9/api', /127\.0\.0\.1:9 refused the connection/],
    ['TLS: another name', () => wrongName, /certificate is not for 127\.0\.0\.1/],
    ['TLS: unknown authority', () => unknownAuthority, /authority that this computer does not know/],
    ['wrong path', () => `${panel.origin}/panel`, /web page instead of data/],
  ];
  test.each(places)('%s', async (_, address, sentence) => {
    await app.field('Panel address').fill(address());
    expect(await pressTest()).toMatch(sentence);
    expect(await typed()).toEqual([
      address(),
      'amir@northwind.example',
      'quiet-meadow-21',
      'Northwind panel',
    ]);
  });

  const answers: [string, Omit<Misbehaviour, 'operation'>, RegExp][] = [
    ['nothing there', { status: 404 }, /has nothing at this address/],
    [
      'a page where data is due',
      { status: 200, body: '<!doctype html><p>Welcome' },
      /web page instead of data/,
    ],
    ['not JSON', { status: 200, body: 'ok', headers: { 'content-type': 'text/plain' } }, /not JSON/],
    [
      'another shape',
      { status: 200, body: { memberships: 'none' } },
      /“memberships” should be of type array/,
    ],
    ['50 MB', { status: 200, body: { memberships: [] }, size: 50_000_000 }, /more than \d+ MiB/],
    ['too many requests', { status: 429, headers: { 'retry-after': '120' } }, /wants fewer requests/],
    ['a fault', { status: 500 }, /reports an error of its own/],
    ['broken off', { reset: 'before' }, /broke off before the answer was complete/],
  ];
  test.each(answers)('%s', async (_, rule, sentence) => {
    await app.field('Panel address').fill(panel.url);
    panel.misbehave({ operation: 'createSession', ...rule });
    try {
      expect(await pressTest()).toMatch(sentence);
    } finally {
      panel.behave();
    }
    expect(await typed()).toEqual([
      panel.url,
      'amir@northwind.example',
      'quiet-meadow-21',
      'Northwind panel',
    ]);
  });

  test('never follows to another host with credentials', async () => {
    panel.misbehave({ operation: 'createSession', status: 307, headers: { location: `${elsewhere}/api` } });
    expect(await pressTest()).toContain(`sends us on to ${new URL(elsewhere).host}`);
    panel.behave();
    expect(strayed).toEqual([]);
  });

  test('wrong password', async () => {
    await app.field('Password').fill('quiet-meadow-12');
    expect(await pressTest()).toMatch(/did not accept this e-mail address and password/);
    expect(await app.field('Password').inputValue()).toBe('quiet-meadow-12');
  });
});

describe('a good account', () => {
  test('says that a PIN will be asked for, and leaves no session behind', async () => {
    await app.field('Password').fill('quiet-meadow-21');
    const said = await pressTest();
    expect(said).toContain('The credentials were accepted.');
    expect(said).toContain('It then asks for a code.');
    await eventually(() =>
      expect(
        panel.sessions().filter(({ person, state }) => person.startsWith('amir@') && state === 'pending'),
      ).toEqual([]),
    );
    await app.look('add-account-tested');
  });

  test('is refused with an authenticator secret that is none, and taken with a real one', async () => {
    const tess = personOf(panel, 'Tess Okafor');
    await app.field('E-mail').fill(tess.identity);
    await app.field('Password').fill(tess.password!);
    await app.field(/^Authenticator secret/).fill('not a secret!');
    expect(await pressTest()).toMatch(/authenticator|base32|otpauth/i);
    await app
      .field(/^Authenticator secret/)
      .fill(`otpauth://totp/Northwind:tess?secret=${tess.totpSecret}&issuer=Northwind`);
    expect(await pressTest()).toContain('Signed in and out again: this account works.');
    await app.page.getByText(/whoever can unlock this vault then needs no second device/).waitFor();
  });

  test('keeps label, realm, tags and colour, and shows which secrets are stored but never a secret', async () => {
    const { page } = app;
    await page.getByLabel(/^Tags/).fill('hosting');
    await page.keyboard.press('Enter');
    await page.getByTitle('violet').click();
    await app.button('Add account').last().click();
    await app.heading(/Northwind panel/).waitFor();
    const { accounts } = await app.snapshot();
    expect(accounts).toMatchObject([
      { label: 'Northwind panel', tags: ['hosting'], colour: 'violet', practice: false, realm: null },
    ]);
    expect(accounts[0]?.storedSecrets.toSorted()).toEqual(['authenticatorSecret', 'password']);
    await page.getByText('Password, Authenticator secret').waitFor();

    await app.button('More').click();
    await page.getByRole('menuitem', { name: 'Edit account' }).click();
    expect(await app.field('Password').inputValue()).toBe('');
    expect(await app.field('Password').getAttribute('placeholder')).toBe('Stored, leave empty to keep');
    await app.look('edit-account');
  });
});

test('no answer at all is said in words, too', async () => {
  expect(await unanswered).toMatch(/did not answer within 15 s/);
});
