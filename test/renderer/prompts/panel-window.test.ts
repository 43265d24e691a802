import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Snapshot } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, full, now, session } from '../fixture/sample.ts';
import { button, calls, card, change, field, panel, showPrompts, type View } from './prompts-page.ts';
import { appWith, otp, password, pin, promptOf } from './sample-prompts.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints).toEqual([]);
});

const show = (snapshot: Snapshot, view?: View) => showPrompts(harness, snapshot, view);

const first = promptOf('p1', 'brightside', pin);
const second = promptOf('p2', 'leftcoast', otp);

describe('the queue', () => {
  test('goes straight to the next prompt, with the focus in its field', async () => {
    const page = await show(appWith(first, second));
    await panel(page).getByText('1 of 2').waitFor();
    await field(page).pressSequentially('407112');
    await page.keyboard.press('Enter');
    await card(page, 'Cyclos asks for the PIN of Left Coast').waitFor();
    await page.keyboard.type('55555');
    expect(await field(page).inputValue()).toBe('55555');
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ promptId: 'p1' }]);
  });

  test('stays with a prompt whose code is sent again', async () => {
    const page = await show(appWith(first, second));
    await button(page, 'Send again').click();
    await change(page, { ...first, state: 'checking' });
    await panel(page).getByRole('button', { name: 'Checking', exact: true }).waitFor();
    expect(await card(page, 'Enhance asks for the PIN of Brightside hosting').count()).toBe(1);
  });

  test('lets the person go to another prompt', async () => {
    const page = await show(appWith(first, second));
    await page
      .getByRole('region', { name: 'All prompts' })
      .getByRole('button', { name: /Left Coast/ })
      .click();
    await card(page, 'Cyclos asks for the PIN of Left Coast').waitFor();
  });

  test('keeps a prompt that is put aside, and cancels one that is cancelled', async () => {
    const page = await show(appWith(first));
    await button(page, 'Close').click();
    await panel(page).waitFor({ state: 'detached' });
    expect(await calls(page, 'prompts.cancel')).toEqual([]);
    await page.getByRole('button', { name: /^Prompts/ }).click();
    await button(page, 'Cancel this sign-in').click();
    expect(await calls(page, 'prompts.cancel')).toEqual([{ promptId: 'p1' }]);
    await change(page, 'p1');
    await panel(page).waitFor({ state: 'detached' });
  });

  test('opens by itself for a new prompt, but not over a form that is being filled in', async () => {
    const page = await harness.open({ answers: answersFor({ ...full, prompts: [] }) });
    await change(page, first);
    await card(page, 'Enhance asks for the PIN of Brightside hosting').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+n');
    await page.getByLabel('Base URL').waitFor();
    await change(page, second);
    await page.getByRole('button', { name: 'Prompts, 2 open prompts' }).waitFor();
    expect(await panel(page).count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await panel(page).waitFor();
  });

  test('is empty in words', async () => {
    const page = await show({ ...full, prompts: [] });
    await panel(page).getByText('No sign-in waits for you.').waitFor();
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
  });

  test('begins with the prompt whose time runs out first', async () => {
    const hurried = { ...second, deadline: first.deadline - 60_000 };
    const page = await show(appWith(first, hurried));
    await card(page, 'Cyclos asks for the PIN of Left Coast').waitFor();
    const rows = panel(page).getByRole('region', { name: 'All prompts' }).getByRole('button');
    expect(await rows.allTextContents()).toEqual([
      expect.stringMatching(/^LCLeft CoastCyclos · PIN.*\dm$|^LCLeft CoastCyclos · PIN.*\d m$/),
      expect.stringMatching(/^BHBrightside hostingEnhance · PIN/),
    ]);
  });

  test('is walked through by J and K, which a field that takes letters keeps', async () => {
    const third = promptOf('p3', 'community', password, { deadline: first.deadline + 60_000 });
    const page = await show(appWith(first, second, third));
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('j');
    await card(page, 'Cyclos asks for the PIN of Left Coast').waitFor();
    await page.keyboard.press('j');
    await card(page, 'Cyclos asks for the password of Community bank').waitFor();
    await page.keyboard.press('k');
    await card(page, 'Cyclos asks for the PIN of Left Coast').waitFor();
    await page.keyboard.press('j');
    await card(page, 'Cyclos asks for the password of Community bank').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('jk');
    expect(await field(page, 'Transaction password').inputValue()).toBe('jk');
  });

  test('takes six keys for the next code', async () => {
    const next = promptOf('p4', 'northwind', pin, { deadline: first.deadline + 60_000 });
    const page = await show(appWith(first, next));
    await page.keyboard.type('407112');
    await card(page, 'Enhance asks for the PIN of Northwind panel').waitFor();
    await page.keyboard.type('557112');
    await expect
      .poll(() => calls(page, 'prompts.answer'))
      .toMatchObject([
        { promptId: 'p1', values: { code: '407112' } },
        { promptId: 'p4', values: { code: '557112' } },
      ]);
  });
});

describe('the panel', () => {
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.id);
  const isFocused = (page: Page) => field(page).evaluate((element) => element === document.activeElement);

  test('leaves the work beside it in reach', async () => {
    const page = await show(appWith(first));
    await page
      .getByRole('treegrid', { name: 'Accounts by vendor' })
      .getByRole('row', { name: /Left Coast/ })
      .click();
    await page.getByRole('heading', { level: 1, name: 'Left Coast' }).waitFor();
    await panel(page).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Quick open' }).waitFor();
  });

  test('does not take the focus from a field in which somebody types, and Ctrl P leads there and back', async () => {
    const page = await harness.open({ answers: answersFor({ ...full, prompts: [] }) });
    const filter = page.getByRole('searchbox', { name: 'Filter', exact: true });
    await filter.pressSequentially('left');
    await change(page, first);
    await panel(page).waitFor();
    await page.keyboard.type('1');
    expect(await filter.inputValue()).toBe('left1');
    await page.keyboard.press('Control+p');
    await expect.poll(() => isFocused(page)).toBe(true);
    await page.keyboard.press('Control+p');
    await expect.poll(() => filter.evaluate((element) => element === document.activeElement)).toBe(true);
    await panel(page).waitFor();
  });

  test('takes the focus where nobody types, and gives it back when it goes', async () => {
    const page = await harness.open({ answers: answersFor({ ...full, prompts: [] }) });
    await page.locator('#live-table').focus();
    await change(page, first);
    await expect.poll(() => isFocused(page)).toBe(true);
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('live-table');
    await page.keyboard.press('Control+p');
    await expect.poll(() => isFocused(page)).toBe(true);
    await change(page, 'p1');
    await panel(page).waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('live-table');
  });

  test('does not take the focus of somebody who has gone on to other work', async () => {
    const page = await show(appWith(first, second));
    await page.locator('#live-table').focus();
    await change(page, 'p1');
    await card(page, 'Cyclos asks for the PIN of Left Coast').waitFor();
    expect(await focused(page)).toBe('live-table');
  });

  test.each([
    [1280, 320, false],
    [900, 320, true],
  ])('at %i px is %i px wide, over the work: %s', async (width, wide, over) => {
    const page = await show(appWith(first), { width });
    const edges = await panel(page).boundingBox();
    const work = await page.locator('main').boundingBox();
    expect(Math.round(edges?.width ?? 0)).toBe(wide);
    expect((work?.x ?? 0) + (work?.width ?? 0) > (edges?.x ?? 0) + 1).toBe(over);
    await page.getByRole('button', { name: /^Live / }).click();
  });
});

describe('what a lock has cut off', () => {
  const failure = {
    kind: 'cut-off' as const,
    message: 'Gatehouse was locked in the middle of this sign-in.',
  };
  const cut = (id: string, accountId: string) =>
    session(id, accountId, { state: 'failed', openedAt: null, failure });
  const region = (page: Page) => panel(page).getByRole('region', { name: 'Cut off' });

  test('is offered again, one by one and all together', async () => {
    const snapshot = {
      ...full,
      prompts: [],
      sessions: [cut('c1', 'brightside'), cut('c2', 'leftcoast')],
    };
    const again = { ok: true as const, value: { sessionId: 'next' } };
    const page = await harness.open({ answers: answersFor(snapshot, { 'sessions.signInAgain': again }) });
    await region(page).getByRole('button', { name: 'Sign in again: Left Coast' }).click();
    await region(page).getByRole('button', { name: 'Sign in to all 2 again' }).click();
    expect(await calls(page, 'sessions.signInAgain')).toEqual([
      { sessionId: 'c2' },
      { sessionId: 'c1' },
      { sessionId: 'c2' },
    ]);
    expect(await objections(page, '#prompts')).toEqual([]);
    await page.evaluate(
      (value) =>
        window.fixture.change([
          { entity: 'session', id: 'c1', value: null },
          { entity: 'session', id: 'next', value },
        ]),
      session('next', 'leftcoast', { state: 'active' }),
    );
    await panel(page).waitFor({ state: 'detached' });
  });

  test('is dismissed with one press', async () => {
    const page = await harness.open({
      answers: answersFor({ ...full, prompts: [], sessions: [cut('c1', 'brightside')] }),
    });
    await region(page).getByRole('button', { name: 'Dismiss' }).click();
    expect(await calls(page, 'sessions.dismiss')).toEqual([{ sessionId: 'c1' }]);
  });
});

test('five hundred prompts at once are a screenful of rows, and the next one is there at once', async () => {
  const many = Array.from({ length: 500 }, (_, at) =>
    promptOf(`p${at}`, 'northwind', pin, { deadline: now + 600_000 + at, askedAt: now - 30_000 }),
  );
  const page = await harness.open({ answers: answersFor({ ...appWith(...many), prompts: [] }) });
  const painted = await page.evaluate(async (prompts) => {
    const began = performance.now();
    window.fixture.change(prompts.map((value) => ({ entity: 'prompt', id: value.id, value })));
    while (!document.querySelector('#prompts #prompt-form')) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    return performance.now() - began;
  }, many);
  await panel(page).getByText('1 of 500').waitFor();
  expect(
    await panel(page).getByRole('region', { name: 'All prompts' }).getByRole('button').count(),
  ).toBeLessThan(30);
  await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
  await page.keyboard.type('40711');
  const next = await page.evaluate(async () => {
    const title = () => document.querySelector('#prompts')?.textContent?.includes('2 of 500');
    const pressed = new Promise<number>((done) =>
      window.addEventListener('keydown', () => done(performance.now()), { once: true, capture: true }),
    );
    Object.assign(window, {
      measured: pressed.then(async (at) => {
        while (!title()) await new Promise(requestAnimationFrame);
        return performance.now() - at;
      }),
    });
    return null;
  });
  expect(next).toBeNull();
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  const took = await page.evaluate(() => (window as unknown as { measured: Promise<number> }).measured);
  expect(painted).toBeLessThan(2_000);
  expect(took).toBeLessThan(1_000);
});
