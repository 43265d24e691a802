import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Snapshot } from '#contract/shapes.ts';
import {
  appSnapshot,
  ledgerRows,
  receipt,
  sampleAnswers,
  sources,
  withReceipt,
} from '../fixture/app-sample.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers, Directory } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';

/** The directory, the ledger, shifts and receipts in the real window, over a bridge that answers what each test says. */
let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
}, 120_000);
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

const open = async (rest: Answers = {}, directory?: Directory, snapshot: Snapshot = appSnapshot) => {
  page = await harness.open({ answers: sampleAnswers(snapshot, directory, rest) });
};
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const calls = (channel: string) =>
  page.evaluate((wanted) => window.fixture.calls.filter((one) => one.channel === wanted), channel);
async function lastInput<T>(channel: string): Promise<T> {
  const last = (await calls(channel)).at(-1);
  if (!last) throw new Error(`${channel} was not called.`);
  return last.input as T;
}
const accounts = () => page.getByRole('treegrid', { name: 'Accounts by vendor' });
const grid = () => page.getByRole('grid');
const press = async (key: string, times = 1) => {
  for (let turn = 0; turn < times; turn += 1) await page.keyboard.press(key);
};
/** Keys that scroll are drawn with the frame that scrolls. */
const nextFrame = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
const showSession = () =>
  page
    .getByRole('row', { name: /Northwind panel.*Reseller EU/ })
    .first()
    .click();

async function showPeople(directory: Directory = { rows: 100_000 }, rest: Answers = {}) {
  await open(rest, directory);
  await showSession();
  await button('People').click();
  if (!directory.held && !directory.failing?.includes(0)) await page.getByText('person000000@').waitFor();
  else await grid().or(page.getByRole('alert')).first().waitFor();
}

describe('the directory', { timeout: 60_000 }, () => {
  test('is scrolled through by keyboard from end to end and draws only what is in sight', async () => {
    // One that the vendor can't search: what is typed is looked for in what is held.
    const unsearched = sources.map(({ search: _, ...source }) => source);
    await showPeople({ rows: 100_000 }, { 'people.sources': { ok: true, value: unsearched } });
    await grid().focus();
    await press('End');
    await page.getByText('person099999@').waitFor();
    expect(await grid().getAttribute('aria-rowcount')).toBe('100001');
    await press('PageUp', 3);
    await press('Home');
    await page.getByText('person000000@').waitFor();
    for (let turn = 0; turn < 30; turn += 1) {
      await press('PageDown', 8);
      // Every place is waited for, so that far more than twenty pages are read.
      await nextFrame();
      const cell = (await grid().getAttribute('aria-activedescendant')) ?? '';
      const active = Number(cell.split('-').at(-2));
      await page.getByText(`person${String(active).padStart(6, '0')}@`).waitFor();
    }
    expect(
      new Set((await calls('people.page')).map((one) => (one.input as { offset: number }).offset)).size,
    ).toBeGreaterThan(20);
    // Never more than twenty pages.
    await page.getByRole('searchbox', { name: 'Search what is loaded' }).fill('person');
    const words = await page.getByText(/ of [\d,]+ loaded/).textContent();
    expect(Number(words?.replace(/.* of ([\d,]+) loaded.*/, '$1').replace(',', ''))).toBeLessThanOrEqual(
      2000,
    );
    expect(await page.getByRole('row').count()).toBeLessThan(80);
  });

  test('has the rows in the very frame that scrolls, in the elements that were there', async () => {
    await showPeople();
    const { gaps, kept, rows } = await grid().evaluate(async (element) => {
      const all = () => [...element.querySelectorAll('[role="rowgroup"] + [role="rowgroup"] > [role="row"]')];
      const before = all();
      let gaps = 0;
      for (let turn = 1; turn <= 20; turn += 1) {
        element.scrollTop = turn * 90_000;
        await new Promise(requestAnimationFrame);
        const index = Math.floor((element.scrollTop + 200) / 36) + 2;
        if (!element.querySelector(`[aria-rowindex="${index}"]`)) gaps += 1;
      }
      const after = all();
      return { gaps, kept: before.filter((row) => after.includes(row)).length, rows: after.length };
    });
    expect(gaps).toBe(0);
    expect(kept).toBe(rows);
  });

  test('follows keys that come faster than frames', async () => {
    await showPeople();
    await grid().focus();
    await grid().evaluate((element) => {
      for (let turn = 0; turn < 40; turn += 1)
        element.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
    });
    await nextFrame();
    const active = await grid().getAttribute('aria-activedescendant');
    const row = page.getByRole('row').filter({ has: page.locator(`[id="${active}"]`) });
    expect(await row.getAttribute('aria-rowindex')).toBe('42');
    await row.getByText('person000040@').waitFor();
    expect(await row.isVisible()).toBe(true);
  });

  test('begins a search at its first row and comes back to the row it left', async () => {
    await showPeople();
    await grid().focus();
    await press('PageDown', 4);
    await nextFrame();
    const left = await grid().getAttribute('aria-activedescendant');
    const top = await grid().evaluate((element) => element.scrollTop);
    expect(top).toBeGreaterThan(200);
    await page.getByRole('searchbox', { name: /e-mail or name/ }).fill('person00000');
    await page.getByText('3 people with “person00000”').waitFor();
    expect(await grid().evaluate((element) => element.scrollTop)).toBe(0);
    expect((await grid().getAttribute('aria-activedescendant'))?.endsWith('-0-0')).toBe(true);
    await page.getByRole('searchbox', { name: /e-mail or name/ }).fill('');
    await page.waitForFunction(() => (document.querySelector('[role="grid"]')?.scrollTop ?? 0) > 200);
    await nextFrame();
    expect(await grid().getAttribute('aria-activedescendant')).toBe(left);
    await page.locator(`[id="${left}"]`).waitFor();
  });

  test('keeps its order when a later page comes first', async () => {
    await showPeople({ rows: 1000, held: true });
    await page.waitForFunction(() => window.fixture.calls.some(({ channel }) => channel === 'people.page'));
    await page.evaluate(() => window.fixture.release(0));
    await page.getByText('person000000@').waitFor();
    await grid().focus();
    await press('PageDown', 9);
    await page.waitForFunction(() =>
      window.fixture.calls.some(({ input }) => (input as { offset?: number } | undefined)?.offset === 200),
    );
    await page.evaluate(() => window.fixture.release(200));
    await press('PageDown', 9);
    await page.getByText('person000200@').waitFor();
    await page.evaluate(() => window.fixture.release(100));
    await press('PageUp', 8);
    await page.getByText('person000120@').waitFor();
    const shown = await grid()
      .getByText(/^person\d+@/)
      .allTextContents();
    expect(shown).toEqual(shown.toSorted());
  });

  test('lets a page that failed be loaded again alone', async () => {
    await showPeople({ rows: 100_000, failing: [100] });
    await grid().focus();
    await press('PageDown', 9);
    await button(/^Load rows 101 to 200/).waitFor();
    await press('PageUp', 9);
    await page.getByText('person000000@').waitFor();
    await press('PageDown', 9);
    const before = (await calls('people.page')).length;
    await page.evaluate(() => {
      const answer = window.fixture.answers['people.page'];
      if (typeof answer === 'object' && 'directory' in answer) answer.directory.failing = [];
    });
    await button(/^Load rows 101 to 200/).click();
    await page.getByText('person000105@').waitFor();
    const again = (await calls('people.page'))
      .slice(before)
      .map((one) => (one.input as { offset: number }).offset);
    expect(again.filter((offset) => offset === 100)).toEqual([100]);
    expect(again).not.toContain(0);
  });

  test('copies the cell, sorts by its head and opens by Enter where one comes back to', async () => {
    await showPeople();
    await grid().focus();
    await press('ArrowDown', 2);
    await press('ArrowRight');
    const copied = await page.evaluate(() => {
      const event = new ClipboardEvent('copy', {
        clipboardData: new DataTransfer(),
        bubbles: true,
        cancelable: true,
      });
      document.activeElement?.dispatchEvent(event);
      return event.clipboardData?.getData('text/plain');
    });
    expect(copied).toBe('Person 2');
    await press('Enter');
    await page.getByRole('heading', { name: 'Olga Petrova' }).waitFor();
    const before = (await calls('people.page')).length;
    await button('All people').click();
    await page.getByText('person000002@').waitFor();
    expect((await calls('people.page')).length).toBe(before);
    await button('Name').click();
    await page.waitForFunction(() =>
      window.fixture.calls.some(
        ({ input }) => (input as { query?: { sort?: string } } | undefined)?.query?.sort === 'name',
      ),
    );
  });

  test('asks the vendor for the words on Enter', async () => {
    await showPeople();
    const field = page.getByRole('searchbox', { name: /e-mail or name/ });
    await field.fill('fjord');
    await field.press('Enter');
    await page.getByText('3 people with “fjord”').waitFor();
  });

  test('shows an export’s progress and stops it', async () => {
    await showPeople();
    await button('Export as CSV').click();
    await page.evaluate(() =>
      window.fixture.change([{ entity: 'export', id: 's1', value: { rows: 34_200, total: 100_000 } }]),
    );
    await page.getByText('34,200 of 100,000').waitFor();
    await button('Stop the export').click();
    expect(await calls('people.cancelExport')).toHaveLength(1);
  });
});

describe('an action', { timeout: 60_000 }, () => {
  test('fills in a generated password, keeps what was typed when it is refused, and goes to the one that exists', async () => {
    const refused = {
      ok: false as const,
      failure: { kind: 'invalid' as const, message: 'Not taken.', fields: { email: 'This is no address.' } },
    };
    await showPeople({ rows: 10 }, { 'people.act': refused });
    await button('New login').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'Organisation' }).click();
    await page.getByRole('option', { name: /Fjord Web/ }).click();
    await dialog.getByLabel('Name', { exact: true }).fill('Olga');
    await dialog.getByRole('textbox', { name: 'E-mail' }).fill('olga@fjord.example');
    await dialog.getByRole('button', { name: 'Generate' }).click();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    await page.getByText(/cleared in 30 s/).waitFor();
    await dialog.getByRole('button', { name: 'New login' }).click();
    await dialog.getByText('This is no address.').waitFor();
    expect(await dialog.getByLabel('Name', { exact: true }).inputValue()).toBe('Olga');
    await page.evaluate(() => {
      window.fixture.answers['people.act'] = {
        ok: true,
        value: { message: 'This address has a login already.', personId: 'p5' },
      };
    });
    await dialog.getByRole('button', { name: 'New login' }).click();
    await page.getByRole('heading', { name: 'Olga Petrova' }).waitFor();
    const sent = await lastInput<{ values: Record<string, string> }>('people.act');
    expect(sent.values).toMatchObject({ organisation: 'o2', name: 'Olga', email: 'olga@fjord.example' });
    expect(sent.values.password?.length).toBeGreaterThan(15);
    const copied = await lastInput<{ text: string }>('clipboard.copy');
    expect(copied.text).toBe(sent.values.password);
  });

  test('says which right is missing instead of offering it', async () => {
    await showPeople({ rows: 10 });
    await grid().focus();
    await press('Enter');
    await page.getByText('Delete login: needs Owner in the master organisation').waitFor();
    expect(await button('Delete login').count()).toBe(0);
  });

  test('shows the code to scan once and goes on to the step that completes it', async () => {
    const next = {
      id: 'confirm',
      label: 'Confirm',
      danger: false,
      fields: [{ name: 'pin', label: 'PIN from the app', type: 'text', required: true, secret: false }],
    };
    const value = { message: 'A new secret is made.', qr: 'otpauth://totp/x?secret=JBSWY3DPEHPK3PXP', next };
    await open({ 'login.act': { ok: true, value } });
    await showSession();
    await button('My login').click();
    await button('Use an authenticator app').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use an authenticator app' }).click();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await page.evaluate(() => {
      window.fixture.answers['login.act'] = { ok: true, value: { message: 'It is on.' } };
    });
    await page.getByLabel('PIN from the app').fill('123456');
    await press('Enter');
    await page.getByText('It is on.').waitFor();
    expect(await page.getByRole('img', { name: /QR code/ }).count()).toBe(0);
    expect((await lastInput<{ values: unknown }>('login.act')).values).toEqual({
      pin: '123456',
    });
  });

  test('refuses a file that is no picture before anything is sent', async () => {
    await open();
    await showSession();
    await button('My login').click();
    await button('Change picture').click();
    await page
      .getByLabel('Picture file')
      .setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('<svg></svg>') });
    await page.getByText(/whatever its name says/).waitFor();
    expect(await page.getByRole('dialog').getByRole('button', { name: 'Change picture' }).isDisabled()).toBe(
      true,
    );
    expect(await calls('login.act')).toEqual([]);
  });

  test('shows how much of a picture has been sent', async () => {
    await open({ 'login.act': 'never' });
    await showSession();
    await button('My login').click();
    await button('Change picture').click();
    const pixel =
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const buffer = Buffer.from(pixel, 'base64');
    await page.getByLabel('Picture file').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer });
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/becomes 256 × 256, \d+ KiB/).waitFor();
    await dialog.getByRole('button', { name: 'Change picture' }).click();
    const sent = (value: { sent: number; total: number } | null) =>
      page.evaluate((given) => window.fixture.change([{ entity: 'upload', id: 's1', value: given }]), value);
    const shown = (name: string) => dialog.getByRole('progressbar', { name, exact: true });
    await shown('Sending the picture').waitFor();
    await sent({ sent: 64 * 1024, total: 178_000 });
    await shown('64 of 174 KiB sent').waitFor();
    expect(Number(await shown('64 of 174 KiB sent').getAttribute('aria-valuenow'))).toBeCloseTo(36.8, 1);
    expect(await objections(page)).toEqual([]);
    await sent({ sent: 178_000, total: 178_000 });
    await shown('All 174 KiB sent, waiting for the answer').waitFor();
    await sent(null);
    await shown('Sending the picture').waitFor();
  });
});

describe('shifts and receipts', { timeout: 60_000 }, () => {
  test('starts what is not open and ends all of it with a receipt', async () => {
    await open({}, undefined, { ...appSnapshot, receipts: [] });
    await button(/Morning desk/).click();
    await page.getByText('5 active').waitFor();
    await page.getByText('Cyclos has blocked this user').waitFor();
    await button('Retry: Community bank').click();
    expect((await lastInput<{ members: unknown[] }>('shifts.start')).members).toHaveLength(1);
    await page.evaluate((value) => window.fixture.change([{ entity: 'receipt', id: 'r1', value }]), receipt);
    await button('End shift').click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('5 of 6 have a stated end', { exact: false }).waitFor();
    expect((await calls('sessions.endTogether'))[0]?.input).toMatchObject({
      title: 'Morning desk',
      sessionIds: ['s1', 's3', 's4', 's6', 's7', 's8'],
    });
    expect(await dialog.getByRole('button', { name: 'Close the receipt' }).count()).toBe(0);
    await dialog.getByRole('button', { name: 'Hide' }).click();
    await button(/Receipt: 5 of 6/).click();
    await page.evaluate((value) => {
      const lines = value.lines.map((line) =>
        line.how === 'ending' ? { ...line, how: 'vendor' as const, at: 1 } : line,
      );
      window.fixture.change([{ entity: 'receipt', id: 'r1', value: { ...value, lines } }]);
    }, receipt);
    await dialog.getByRole('button', { name: 'Close the receipt' }).click();
    expect((await calls('receipts.close'))[0]?.input).toEqual({ id: 'r1' });
  });

  test('opens the receipt that main asks to show', async () => {
    await open({}, undefined, withReceipt);
    await page.evaluate(() => window.fixture.request({ what: 'show-receipt', receiptId: 'r1' }));
    await page.getByRole('dialog').getByText('Nobody can tell').waitFor();
  });

  test('signs out what is marked in the list', async () => {
    await open();
    await accounts()
      .getByRole('row', { name: /Left Coast/ })
      .click({ modifiers: ['Control'] });
    await accounts()
      .getByRole('row', { name: /Koyeb prod/ })
      .click({ modifiers: ['Control'] });
    await page
      .getByRole('region', { name: 'Selected accounts' })
      .getByRole('button', { name: 'Sign out' })
      .click();
    expect((await calls('sessions.endTogether'))[0]?.input).toEqual({
      title: '2 selected accounts',
      sessionIds: ['s4', 's7'],
      canUndo: true,
    });
  });
});

describe('the ledger', { timeout: 60_000 }, () => {
  test('loads more as one scrolls, is narrowed by event, and names the first bad row', async () => {
    await open({
      'ledger.page': { ok: true, value: ledgerRows(200) },
      'ledger.verify': {
        ok: true,
        value: { ok: false, seq: 812, why: 'Row 812 was changed after it was written.' },
      },
    });
    await button(/^Ledger and receipts/).click();
    await page.getByText('Northwind panel').nth(6).waitFor();
    await grid().focus();
    await press('End');
    await page.waitForFunction(() =>
      window.fixture.calls.some(({ input }) => (input as { before?: number } | undefined)?.before === 1),
    );
    await button('Verify').click();
    await page.getByText('Row 812 is the first that is not as it was written').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await button(/Event/).click();
    await page.getByRole('option', { name: 'Handed over' }).click();
    await page.waitForFunction(() =>
      window.fixture.calls.some(
        ({ input }) => (input as { event?: string } | undefined)?.event === 'handed-over',
      ),
    );
  });
});

describe('why can’t they sign in, and recovery', { timeout: 60_000 }, () => {
  test('asks every live session that can look people up and offers what mends it', async () => {
    await open();
    await button('Why can’t they sign in?').click();
    await page.getByLabel('Their e-mail address').fill('olga@fjord.example');
    await press('Enter');
    await page.getByText('is blocked after').first().waitFor();
    expect(await calls('people.why')).toHaveLength(6);
    await button('Unblock').first().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Unblock' }).click();
    await page.getByText('The new password is set.').waitFor();
    expect((await calls('people.act'))[0]?.input).toMatchObject({ action: 'unblock', target: 'p5' });
  });

  test('leads through recovery step by step', async () => {
    await open();
    await page
      .getByRole('row', { name: /Staging|Brightside/ })
      .first()
      .click();
    await button('More').click();
    await page.getByRole('menuitem', { name: /Recovery/ }).click();
    await page.getByText('so nobody can find out who has a login', { exact: false }).waitFor();
    await page.getByLabel('Their e-mail address').fill('a@b.example');
    await press('Enter');
    await page.getByLabel('Code from the e-mail').waitFor();
    expect((await calls('recovery.next'))[0]?.input).toMatchObject({
      step: 'who',
      values: { email: 'a@b.example' },
    });
  });
});

test('has no axe violation in either theme', async () => {
  const check = async (what: string) => expect(await objections(page), what).toEqual([]);
  await open({}, { rows: 100_000, failing: [0] }, withReceipt);
  await button(/Receipt/).click();
  await page.getByRole('dialog').waitFor();
  await check('receipt');
  await page.getByRole('dialog').getByRole('button', { name: 'Hide' }).click();
  await button(/Morning desk/).click();
  await check('shift');
  await showSession();
  await button('People').click();
  await page.getByText('did not answer').waitFor();
  await check('directory that failed');
  await button('My login').click();
  await page.getByText('PIN by e-mail').waitFor();
  await check('own login');
  await button(/^Ledger and receipts/).click();
  await grid().waitFor();
  await check('ledger');
});
