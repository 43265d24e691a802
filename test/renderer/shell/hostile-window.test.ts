import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonPage } from '#contract/admin.ts';
import type { Change, Snapshot } from '#contract/shapes.ts';
import { appSnapshot, person, sources } from '../fixture/app-sample.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import {
  account,
  answersFor,
  calm,
  full,
  memberships,
  now,
  remote,
  session,
  vendors,
} from '../fixture/sample.ts';
import {
  agreements,
  appWith,
  choice,
  keyboard,
  newPassword,
  otp,
  password,
  pin,
  promptOf,
  scan,
} from '../prompts/sample-prompts.ts';

/** What a hostile vendor, or a mistake of ours, may send to the window: at most a part of it suffers. */
let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function open(snapshot: Snapshot, rest: Answers = {}) {
  page = await harness.open({ answers: answersFor(snapshot, rest) });
}
const change = (...changes: Change[]) => page.evaluate((all) => window.fixture.change(all), changes);
const row = (name: RegExp) =>
  page.getByRole('treegrid', { name: 'Accounts by vendor' }).getByRole('row', { name });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const calls = (channel: string) =>
  page.evaluate((wanted) => window.fixture.calls.filter((call) => call.channel === wanted).length, channel);
const ask = () => page.evaluate(() => window.fixture.request({ what: 'show-prompts' }));
const prompts = () => page.getByRole('complementary', { name: 'Prompts', exact: true });
const failed = /can’t be shown/;

/** The value where the contract has a text: a vendor can't send it, a mistake of ours can. */
const broken = (value: unknown) => value as string;

describe('times that are none', () => {
  test.each([1e18, -1e18, 8.64e15 + 1])('%d leaves every part of the window standing', async (at) => {
    await open(
      {
        ...calm,
        sessions: [
          session('s1', 'northwind', { openedAt: at, startedAt: at, expiresAt: at, checkedAt: at }),
          session('s2', 'brightside', {
            state: 'ending',
            expiresAt: at,
            ending: { orderedAt: at, attempts: 1, nextTryAt: at, lastFailure: null, tokenValidUntil: at },
          }),
          session('s3', 'leftcoast', { state: 'ended', endedHow: 'vendor', endedAt: at }),
          session('s4', 'community', {
            state: 'failed',
            failure: { kind: 'rate-limited', message: 'Too many.', until: at },
          }),
        ],
        vault: { ...full.vault, locksAt: at },
      },
      { 'sessions.remote': { ok: true, value: remote.map((one) => ({ ...one, openedAt: at })) } },
    );
    for (const name of [/Northwind/, /Brightside/, /Left Coast/, /Community/]) {
      await row(name).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
    }
    await row(/Northwind/).click();
    await page.getByText('Safari 26').waitFor();
    expect(await page.getByText(failed).count()).toBe(0);
    await button(/^Ledger and receipts/).click();
    await page.getByRole('heading', { name: 'Ledger' }).waitFor();
    await button(/not confirmed yet/).click();
    await page.getByRole('dialog', { name: 'Endings not confirmed' }).getByText('Brightside').waitFor();
    expect(await page.getByText(failed).count()).toBe(0);
  });

  test('of a prompt leave it to be answered', async () => {
    const strange = { deadline: 1e18, askedAt: -1e18, sendAgainAt: 1e18 };
    await open(
      appWith(
        promptOf('p1', 'brightside', { ...pin, boxes: 1e9, rememberDays: 1e18 }, strange),
        promptOf('p2', 'door', { ...scan, staleAt: 1e18 }, strange),
      ),
    );
    await ask();
    await page.getByRole('textbox', { name: 'PIN' }).fill('1234');
    await page.getByRole('region', { name: 'All prompts' }).getByRole('button', { name: /Door/ }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
  });
});

describe('a QR code that none can hold', () => {
  test.each([2332, 3000, 1_000_000])(
    'of %i bytes is told in words, and a phone can be pushed to',
    async (n) => {
      await open(appWith(promptOf('p1', 'door', { ...scan, payload: 'x'.repeat(n) })));
      await ask();
      const dialog = prompts();
      await dialog.getByText('This code can’t be drawn').waitFor();
      await dialog.getByText('Push to a phone, or wait for the next code.').waitFor();
      expect(await dialog.getByText('Open the nextAuth app and point it here.').count()).toBe(0);
      await dialog.getByRole('button', { name: /^Push to iPhone/ }).click();
      expect(await calls('prompts.push')).toBe(1);
      expect(await objections(page, '#prompts')).toEqual([]);
      await change({ entity: 'prompt', id: 'p1', value: promptOf('p1', 'door', scan) });
      await page.getByRole('img', { name: /QR code/ }).waitFor();
    },
  );

  test('of an authenticator is told in words', async () => {
    const setUp: PersonPage = {
      ...person,
      tables: [],
      actions: [{ id: 'otp', label: 'Set up', danger: false, fields: [] }],
    };
    await open(appSnapshot, {
      'login.page': { ok: true, value: setUp },
      'login.act': { ok: true, value: { message: 'Scan it.', qr: `otpauth://${'x'.repeat(3000)}` } },
    });
    await row(/Northwind panel.*Reseller EU/).click();
    await button('My login').click();
    await button('Set up').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('dialog').getByText('This code can’t be drawn').waitFor();
  });
});

const long = `\u202Eevil\u200B\u0000${'x'.repeat(10_000)}`;

/** The sample with a hostile text wherever a vendor or a person puts one. */
function loud<T>(value: T, kept: ReadonlySet<string>): T {
  if (typeof value === 'string') return (kept.has(value) ? value : `${value} ${long}`) as T;
  if (Array.isArray(value)) return value.map((one) => loud(one, kept)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, structural.has(name) ? one : loud(one, kept)]),
  ) as T;
}
/** Names of members whose text is Gatehouse's own: ids, states, kinds. */
const structural: ReadonlySet<string> = new Set([
  'id',
  'accountId',
  'sessionId',
  'vendor',
  'state',
  'kind',
  'colour',
  'endedHow',
  'how',
  'mark',
  'abilities',
  'vendors',
  'type',
  'theme',
  'onQuit',
  'stage',
  'weight',
  'desk',
  'vault',
  'settings',
]);

/** Every text that can be seen or is read aloud and is too long, or has a sign that can't be seen. */
const tooLoud = () =>
  page.evaluate(() => {
    const found: string[] = [];
    const look = (text: string | null, where: string) => {
      if (text && (text.length > 2_100 || /[\u202E\u200B]/.test(text)))
        found.push(`${where}: ${text.slice(0, 30)}`);
    };
    for (const element of document.querySelectorAll('body *')) {
      if (element instanceof HTMLScriptElement) continue;
      for (const child of element.childNodes)
        if (child.nodeType === Node.TEXT_NODE) look(child.nodeValue, element.tagName);
      for (const name of ['title', 'aria-label', 'placeholder', 'alt'])
        look(element.getAttribute(name), `${element.tagName} ${name}`);
    }
    look(document.title, 'title');
    return found;
  });

describe('names of ten thousand characters, with signs that turn or hide', () => {
  const asIs: ReadonlySet<string> = new Set();
  test('are cut and shown without them on every page', async () => {
    await open(loud(calm, asIs), {
      'sessions.remote': { ok: true, value: loud(remote, asIs) },
      'sessions.memberships': { ok: true, value: loud(memberships, asIs) },
      'sessions.identity': {
        ok: true,
        value: { name: long, detail: long, facts: [{ label: long, value: long }] },
      },
      'people.sources': { ok: true, value: loud(sources, asIs) },
      'people.page': { ok: true, value: { rows: [{ id: 'p1', cells: { email: long } }], total: 1 } },
      'people.person': { ok: true, value: loud(person, asIs) },
      'login.page': { ok: true, value: loud(person, asIs) },
    });
    const names = ['Northwind', 'Brightside', 'Left Coast', 'Community', 'Door', 'Koyeb staging'];
    for (const name of names) {
      await row(new RegExp(name)).first().click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await tooLoud(), name).toEqual([]);
    }
    await row(/Northwind/)
      .first()
      .click();
    await page.getByText('Safari 26').waitFor();
    expect(await tooLoud(), 'a session').toEqual([]);
    await button('More').click();
    await page.getByRole('menu').waitFor();
    expect(await tooLoud(), 'the menu').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    expect(await tooLoud(), 'quick open').toEqual([]);
    await page.keyboard.press('Escape');
    await button(/not confirmed yet/).click();
    await page.getByRole('dialog').waitFor();
    expect(await tooLoud(), 'endings').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+n');
    await page.getByRole('heading', { name: 'Add an account' }).waitFor();
    expect(await tooLoud(), 'the form').toEqual([]);
    expect(await page.getByText(failed).count()).toBe(0);
  });

  test.each(Object.entries({ pin, otp, password, newPassword, keyboard, agreements, choice, scan }))(
    'are cut in a prompt of the kind %s',
    async (_, kind) => {
      const one = promptOf('p1', 'door', loud(kind, asIs), {
        failure: {
          kind: 'refused-prompt',
          message: long,
          advice: long,
          fields: { password: long, code: long },
        },
      });
      await open(loud(appWith(one), new Set()));
      await ask();
      await prompts().getByRole('button', { name: 'Cancel this sign-in' }).waitFor();
      expect(await tooLoud()).toEqual([]);
      expect(await page.getByText(failed).count()).toBe(0);
    },
  );
});

describe('what can’t be drawn', () => {
  const strange = account('strange', { label: 'Strange', realm: { id: 'r', name: broken(7) } });
  const other = calm.accounts.filter(({ id }) => id !== 'strange');

  test('is an account: its row says so, and its page; the others and the rest of the window work', async () => {
    await open({ ...calm, accounts: [...other, strange], sessions: [] });
    await page.getByRole('row').getByText('This account can’t be shown.').click();
    await row(/Northwind panel/).click();
    await page.getByRole('heading', { level: 1, name: 'Northwind panel' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Escape');
    await change({
      entity: 'account',
      id: 'strange',
      value: { ...strange, realm: { id: 'r', name: 'Mended' } },
    });
    await row(/Mended/).waitFor();
  });

  test('is the middle: the list and the bars stay, another account is shown, and it can be tried again', async () => {
    await open({ ...calm, accounts: [...other, account('strange', { label: 'Strange' })] });
    await change({
      entity: 'session',
      id: 'x',
      value: session('x', 'strange', { method: broken(7), openedAt: now }),
    });
    await row(/^.*Strange/)
      .first()
      .click();
    const note = page.getByRole('main').getByRole('alert');
    await note.getByText('This page can’t be shown.').waitFor();
    await note.getByRole('button', { name: 'Try again' }).click();
    await note.getByText('This page can’t be shown.').waitFor();
    await row(/Northwind panel.*Reseller EU/).click();
    await page.getByText('Safari 26').waitFor();
    expect(await note.count()).toBe(0);
    await row(/^.*Strange/)
      .first()
      .click();
    await note.waitFor();
    await change({ entity: 'session', id: 'x', value: session('x', 'strange', { method: 'password' }) });
    await note.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { level: 1, name: 'Strange' }).waitFor();
  });

  test('is a section: its page stays, and the session can be signed out', async () => {
    await open(calm, {
      'sessions.remote': { ok: true, value: [{ ...remote[1], where: broken({}) }] },
    });
    await row(/Northwind panel.*Reseller EU/).click();
    await page.getByText('Sessions at the panel can’t be shown.').waitFor();
    await button('Sign out').click();
    expect(await calls('sessions.signOut')).toBe(1);
  });

  test('is a prompt: it can be cancelled, and the next one answered', async () => {
    await open(
      appWith(
        promptOf('p1', 'brightside', { ...password, label: broken(7) }),
        promptOf('p2', 'leftcoast', otp),
      ),
    );
    await ask();
    await prompts().getByRole('region', { name: 'This prompt can’t be shown' }).waitFor();
    const dialog = prompts();
    await dialog.getByRole('button', { name: 'Cancel this sign-in' }).click();
    expect(await calls('prompts.cancel')).toBe(1);
    await dialog.getByRole('button', { name: /Left Coast/ }).click();
    await prompts().getByRole('region', { name: 'Cyclos asks for the PIN of Left Coast' }).waitFor();
  });

  test('is a dialog of the frame: it can be closed', async () => {
    await open({
      ...calm,
      sessions: [
        session('e', 'northwind', {
          state: 'ending',
          failure: { kind: 'network', message: broken(7) },
          ending: { orderedAt: now, attempts: 1, nextTryAt: null, lastFailure: null, tokenValidUntil: null },
        }),
      ],
    });
    await button(/not confirmed yet/).click();
    const dialog = page.getByRole('alertdialog', { name: 'This can’t be shown' });
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await dialog.waitFor({ state: 'detached' });
    await row(/Brightside/).click();
    await page.getByRole('heading', { level: 1, name: 'Brightside hosting' }).waitFor();
  });

  test('is the status bar: the rest stays', async () => {
    await open({ ...calm, appInfo: { ...calm.appInfo, host: broken(7) } });
    await page.getByText('The status bar can’t be shown.').waitFor();
    await row(/Brightside/).click();
    await page.getByRole('heading', { level: 1, name: 'Brightside hosting' }).waitFor();
    expect(await objections(page)).toEqual([]);
  });

  test('is the list of accounts: the middle and its actions stay', async () => {
    await open(calm);
    await row(/Northwind panel.*Reseller EU/).click();
    await change({ entity: 'account', id: 'z', value: { ...account('z'), tags: [broken(null)] } });
    await page.getByText('The list of accounts can’t be shown.').waitFor();
    await button('Sign out').click();
    expect(await calls('sessions.signOut')).toBe(1);
    expect(await objections(page)).toEqual([]);
  });

  test('is everything: the window can be loaded again, and stays shut over no restart', async () => {
    await open(calm);
    await change({
      entity: 'appInfo',
      value: { ...calm.appInfo, storeFailure: { kind: 'internal', message: broken(7) } },
    });
    await page.getByText('The window can’t be shown.').waitFor();
    expect(await objections(page)).toEqual([]);
    await button('Load the window again').click();
    await row(/Northwind panel.*Reseller EU/).waitFor();
  });

  test('leaves nothing of its content in the console', async () => {
    const said: string[] = [];
    await open({ ...calm, appInfo: { ...calm.appInfo, host: broken({ secret: 'content-canary' }) } });
    page.on('console', (message) => said.push(message.text()));
    await page.reload();
    await page.getByText('The status bar can’t be shown.').waitFor();
    expect(said).toContain('A part of the window could not be drawn.');
    expect(said.join('\n')).not.toMatch(/canary|TypeError/);
  });
});

test('states, events and vendors named as what every object knows are words', async () => {
  await open({
    ...calm,
    vendors: vendors.map((vendor) => ({
      ...vendor,
      form: [
        ...vendor.form,
        { name: 'constructor', label: 'Strange', type: 'text' as const, required: true, secret: false },
        { name: '__proto__', label: 'Stranger', type: 'text' as const, required: false, secret: false },
      ],
    })),
    vault: { ...calm.vault, keyring: { available: true, backend: 'constructor' } },
  });
  await page.keyboard.press('Control+n');
  expect(await page.getByRole('textbox', { name: 'Strange', exact: true }).inputValue()).toBe('');
  await page.getByRole('textbox', { name: /^Stranger/ }).fill('typed');
  await button('Add account').click();
  await page.getByText('Strange is needed.').waitFor();
  expect(await page.getByText(failed).count()).toBe(0);
});
