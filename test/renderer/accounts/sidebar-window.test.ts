import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultSidebar, type Sidebar, type Snapshot } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, calm } from '../fixture/sample.ts';
import { desk } from '../live/live-desk.ts';

let harness: Harness;
let page: Page;
let arranged: Sidebar;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

async function open(sidebar: Partial<Sidebar> = {}, snapshot: Snapshot = calm, width = 1280) {
  arranged = { ...defaultSidebar, ...sidebar };
  page = await harness.open({ answers: answersFor({ ...snapshot, sidebar: arranged }), width });
}
const list = () => page.getByRole('treegrid', { name: /^Accounts by/ });
const row = (name: RegExp) => list().getByRole('row', { name });
const side = () => page.getByRole('complementary', { name: 'Accounts' });
const labels = () =>
  list()
    .getByRole('row')
    .evaluateAll((all) => all.map((one) => one.getAttribute('title')?.split('\n')[0]));
const edge = () => page.getByRole('separator', { name: 'Width of the sidebar' });
const widthOf = async () => (await side().boundingBox())?.width ?? 0;

/** Answers as main does: the arrangement that was asked for comes back as a change. Returns what was asked for last. */
async function kept(): Promise<Partial<Sidebar>> {
  const inputs = await page.evaluate(() =>
    window.fixture.calls.flatMap(({ channel, input }) => (channel === 'sidebar.change' ? [input] : [])),
  );
  const patches = inputs as Partial<Sidebar>[];
  arranged = Object.assign({}, arranged, ...patches);
  await page.evaluate((value) => window.fixture.change([{ entity: 'sidebar', value }]), arranged);
  return patches.at(-1) ?? {};
}

describe('one row an account, its sessions under it', () => {
  test('Left and Right fold them, and lead from a session to its account and back', async () => {
    await open();
    await row(/Northwind panel.*2 of 3 open/).click();
    expect(await list().getByRole('row', { level: 3 }).count()).toBe(3);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => row(/Reseller EU/).getAttribute('aria-selected')).toBe('true');
    expect(await row(/Northwind panel.*2 of 3 open/).getAttribute('aria-selected')).toBe('false');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => row(/Northwind panel.*2 of 3 open/).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => list().getByRole('row', { level: 3 }).count()).toBe(0);
    expect(await row(/Northwind panel/).getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('ArrowRight');
    await row(/Fjord Web/).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => row(/Left Coast/).count()).toBe(1);
    await expect.poll(() => row(/Brightside/).count()).toBe(0);
  });

  test('a session is chosen by itself, and its page is shown', async () => {
    await open();
    await row(/Fjord Web/).click();
    await expect.poll(() => page.title()).toBe('Northwind panel · Fjord Web · Gatehouse');
    expect(await row(/Fjord Web/).getAttribute('aria-level')).toBe('3');
  });
});

describe('what is pinned', () => {
  test('Ctrl D pins the account that is shown, and lets it go again', async () => {
    await open();
    await row(/Koyeb prod/).click();
    await page.keyboard.press('Control+d');
    expect(await kept()).toEqual({ pinned: ['prod'] });
    await expect.poll(async () => (await labels()).slice(0, 2)).toEqual(['Pinned', 'Koyeb prod']);
    expect(
      await row(/Koyeb prod/)
        .getByRole('img', { name: 'Koyeb' })
        .count(),
    ).toBe(1);
    await page.keyboard.press('Control+d');
    expect(await kept()).toEqual({ pinned: [] });
    await expect.poll(async () => (await labels())[0]).not.toBe('Pinned');
  });

  test('the row’s menu pins, too; Alt and an arrow move within', async () => {
    await open({ pinned: ['prod', 'door'] });
    await row(/Left Coast/).click({ button: 'right' });
    await page.getByRole('menuitem', { name: /^Pin/ }).click();
    expect(await kept()).toEqual({ pinned: ['prod', 'door', 'leftcoast'] });
    await row(/Left Coast/).click();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(async () => (await kept()).pinned).toEqual(['leftcoast', 'prod', 'door']);
    await expect
      .poll(async () => (await labels()).slice(1, 4))
      .toEqual(['Left Coast', 'Koyeb prod', 'Door server']);
  });

  test('an account that is dragged there is pinned at that place, and unpinned when it is dragged out', async () => {
    await open({ pinned: ['prod', 'door'] });
    const between = { targetPosition: { x: 60, y: 4 } };
    await row(/Staging server/).dragTo(row(/Door server/), between);
    expect(await kept()).toEqual({ pinned: ['prod', 'staging', 'door'] });
    await expect.poll(async () => (await labels())[2]).toBe('Staging server');
    await row(/Door server/).dragTo(row(/Community bank/), between);
    expect(await kept()).toEqual({ pinned: ['prod', 'staging'] });
  });
});

describe('the person’s own order', () => {
  test('Alt and an arrow move an account in its group, and the list can be ordered by name again', async () => {
    await open();
    await row(/Practice panel/).click();
    await page.keyboard.press('Alt+ArrowUp');
    expect(await kept()).toEqual({ order: ['brightside', 'practice', 'northwind'] });
    await expect
      .poll(async () => (await labels()).slice(1, 4))
      .toEqual(['Brightside hosting', 'Practice panel', 'Northwind panel']);
    await page.getByText('Practice panel: 2 of 3').waitFor({ state: 'attached' });
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    expect((await kept()).order).toEqual(['practice', 'brightside', 'northwind']);
    await page.getByRole('button', { name: 'Arrange', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Order by name again' }).click();
    expect(await kept()).toEqual({ order: [] });
    await expect.poll(async () => (await labels())[1]).toBe('Brightside hosting');
  });

  test('a drag does the same, within its group alone; while something is filtered it says why not', async () => {
    await open();
    await row(/Staging server/).dragTo(row(/Door server/), { targetPosition: { x: 60, y: 4 } });
    expect(await kept()).toEqual({ order: ['staging', 'door'] });
    await row(/Staging server/).dragTo(row(/Community bank/), { targetPosition: { x: 60, y: 4 } });
    expect(await kept()).toEqual({ order: ['staging', 'door'] });
    await page.keyboard.press('Control+f');
    await page.keyboard.type('server');
    await row(/Community bank/).waitFor({ state: 'detached' });
    await row(/Staging server/).dragTo(row(/Door server/), { targetPosition: { x: 60, y: 30 } });
    await page.getByText('Empty the filter first').waitFor();
  });
});

describe('the width', () => {
  test('is dragged at the edge, moved by arrow keys, and a double click brings the usual one back', async () => {
    await open();
    const usual = await widthOf();
    const box = await edge().boundingBox();
    if (!box) throw new Error('There is no edge.');
    await page.mouse.move(box.x + 3, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(400, box.y + 300, { steps: 4 });
    await expect.poll(widthOf).toBe(400);
    await page.mouse.up();
    expect(await kept()).toEqual({ width: 400, collapsed: false });
    await expect.poll(widthOf).toBe(400);
    await edge().focus();
    await page.keyboard.press('ArrowLeft');
    expect(await kept()).toEqual({ width: 384 });
    await page.keyboard.press('End');
    expect(await kept()).toEqual({ width: 480 });
    await expect.poll(() => edge().getAttribute('aria-valuenow')).toBe('480');
    await edge().dblclick();
    expect(await kept()).toMatchObject({ width: null });
    await expect.poll(widthOf).toBe(usual);
  });

  test('leaves the page room in a narrow window', async () => {
    await open({ width: 480 }, calm, 900);
    expect(await widthOf()).toBeLessThanOrEqual(405);
  });

  test('Ctrl B leaves icons with all their names, a drag to the edge too; Ctrl F opens it again', async () => {
    await open({ pinned: ['northwind'] });
    await page.keyboard.press('Control+b');
    expect(await kept()).toEqual({ collapsed: true });
    await expect.poll(widthOf).toBe(56);
    expect(await row(/Koyeb prod.*19 h/).count()).toBe(1);
    expect(await page.getByRole('button', { name: /^Ledger and receipts/ }).getAttribute('title')).toContain(
      'Ctrl 5',
    );
    expect(await objections(page)).toEqual([]);
    await row(/Fjord Web/).click();
    await expect.poll(() => page.title()).toContain('Fjord Web');
    await page.keyboard.press('Control+f');
    expect(await kept()).toEqual({ collapsed: false });
    await page.waitForFunction(() => document.activeElement?.closest('#account-filter'));
    const box = await edge().boundingBox();
    if (!box) throw new Error('There is no edge.');
    await page.mouse.move(box.x + 3, box.y + 300);
    await page.mouse.down();
    await page.mouse.move(90, box.y + 300, { steps: 4 });
    await page.mouse.up();
    expect(await kept()).toEqual({ collapsed: true });
  });
});

describe('grouping and filters', () => {
  test('the grouping is chosen in the menu, kept, and named', async () => {
    await open();
    await page.getByRole('button', { name: 'Arrange', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Group by realm' }).click();
    expect(await kept()).toEqual({ grouping: 'realm' });
    await page.getByRole('treegrid', { name: 'Accounts by realm' }).waitFor();
    await row(/^Fjord Web 1 of 1 active/).waitFor();
    expect(await objections(page)).toEqual([]);
  });

  test('a filter is saved under a name, put in at a press, taken out at the next, and removed', async () => {
    await open();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('koyeb');
    await page.getByRole('button', { name: 'Arrange', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Save this filter…' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Cloud desk');
    await page.keyboard.press('Enter');
    expect(await kept()).toEqual({ filters: [{ name: 'Cloud desk', text: 'koyeb', tag: null }] });
    const saved = page.getByRole('button', { name: 'Cloud desk', exact: true });
    await expect.poll(() => saved.getAttribute('aria-pressed')).toBe('true');
    // Off the button whose tooltip lies over the page.
    await list().focus();
    expect(await objections(page)).toEqual([]);
    await saved.click();
    await row(/Left Coast/).waitFor();
    await saved.click();
    await row(/Left Coast/).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove the saved filter Cloud desk' }).click();
    expect(await kept()).toEqual({ filters: [] });
    await saved.waitFor({ state: 'detached' });
  });
});

describe('the selected row', () => {
  test('is in sight however one gets to its account, though its group is folded or the filter hides it', async () => {
    await open({}, desk(200, 60));
    await page.keyboard.press('Control+f');
    await page.keyboard.type('customer 1');
    await row(/Customer 1\b/).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('customer 98');
    await page
      .getByRole('option', { name: /Customer 98/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => row(/Customer 98\b/).count()).toBe(1);
    const isSeen = () =>
      row(/Customer 98\b/).evaluate((one) => {
        const around = document.getElementById('account-list')?.getBoundingClientRect();
        const own = one.getBoundingClientRect();
        return around !== undefined && own.top >= around.top && own.bottom <= around.bottom;
      });
    await expect.poll(isSeen).toBe(true);
    expect(await page.getByRole('searchbox', { name: 'Filter', exact: true }).inputValue()).toBe('');
  });
});

describe('several are selected', () => {
  const selected = (count: number) => page.getByText(`${String(count)} selected`, { exact: true }).waitFor();

  test('Ctrl and Shift count the row that the arrows had led to', async () => {
    await open();
    await row(/Community bank/).click();
    await page.keyboard.press('ArrowDown');
    await row(/Koyeb prod/).click({ modifiers: ['Control'] });
    await selected(2);
    await page.keyboard.press('Escape');
    await row(/Door server/).click();
    await row(/Koyeb prod/).click({ modifiers: ['Shift'] });
    await selected(3);
  });

  test('Shift and arrows take the rows on the way, an account with several sessions once', async () => {
    await open();
    await row(/Brightside/).click();
    for (let press = 0; press < 5; press += 1) await page.keyboard.press('Shift+ArrowDown');
    await selected(3);
    await page.keyboard.press('Shift+ArrowUp');
    await selected(2);
    await page.keyboard.press('Control+a');
    await selected(9);
  });
});
