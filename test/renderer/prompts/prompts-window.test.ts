import jsQR from 'jsqr';
import type { Page } from 'playwright';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Prompt, Snapshot } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, full, now, session } from '../fixture/sample.ts';
import {
  agreements,
  appWith,
  choice,
  keyboard,
  newPassword,
  otp,
  page as pageAsk,
  password,
  pin,
  promptOf,
  scan,
} from './sample-prompts.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

interface View {
  answers?: Answers;
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  scale?: number;
}

/** Opens the desk and, as main asks for it, the prompts. */
async function show(snapshot: Snapshot, { answers, ...view }: View = {}): Promise<Page> {
  const page = await harness.open({ answers: answersFor(snapshot, answers), ...view });
  await page.evaluate(() => window.fixture.request({ what: 'show-prompts' }));
  await panel(page).waitFor();
  return page;
}

const calls = (page: Page, channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.filter((one) => one.channel === wanted).map(({ input }) => input),
    channel,
  );

const change = (page: Page, prompt: Prompt | string) =>
  page.evaluate(
    (value) =>
      window.fixture.change([
        typeof value === 'string'
          ? { entity: 'prompt', id: value, value: null }
          : { entity: 'prompt', id: value.id, value },
      ]),
    prompt,
  );

/** Pastes as the system would, into whatever has the focus. */
const paste = (page: Page, text: string) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** What is asked, at the side of the window. */
const panel = (page: Page) => page.getByRole('complementary', { name: 'Prompts', exact: true });
const card = (page: Page, name: string) => panel(page).getByRole('region', { name, exact: true });

const field = (page: Page, name = 'PIN') => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string | RegExp) => panel(page).getByRole('button', { name });

const first = promptOf('p1', 'brightside', pin);
const second = promptOf('p2', 'leftcoast', otp);
const wrong = { kind: 'refused-prompt' as const, message: 'The PIN is wrong.', advice: 'Start again.' };

describe('a code', () => {
  test('names who asks, where the sign-in goes and where the code went, with the focus in its field', async () => {
    const page = await show(appWith(promptOf('p1', 'northwind', pin)));
    const dialog = card(page, 'Enhance asks for the PIN of Northwind panel');
    await dialog.getByText('Enhance · Reseller EU · admin@northwind.example').waitFor();
    await dialog.getByText('Sent by e-mail to support@brightside.example').waitFor();
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('of a known length is sent by itself when it is whole, with what was ticked', async () => {
    const page = await show(appWith(first));
    await page.getByText('Remember this device for 30 days').click();
    await field(page).pressSequentially('407112');
    await expect
      .poll(() => calls(page, 'prompts.answer'))
      .toEqual([{ promptId: 'p1', values: { code: '407112', remember: true } }]);
  });

  test('waits a moment, in which its last digit can be mended', async () => {
    const page = await show(appWith(first));
    await page.evaluate(() => {
      // Longer than any key takes on a busy machine.
      const later = window.setTimeout.bind(window);
      window.setTimeout = ((run: () => void, ms?: number) =>
        later(run, ms === 300 ? 2_000 : ms)) as typeof window.setTimeout;
    });
    await field(page).pressSequentially('407119');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('2');
    expect(await calls(page, 'prompts.answer')).toEqual([]);
    await expect
      .poll(() => calls(page, 'prompts.answer'), { timeout: 5_000 })
      .toMatchObject([{ values: { code: '407112' } }]);
  });

  test('that is not whole is never sent, and a sentence says what is missing', async () => {
    const page = await show(appWith(first));
    await field(page).fill('40711');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('1 digit is missing. Nothing was sent.').waitFor();
    await field(page).fill('407');
    expect(await page.getByText('is missing').count()).toBe(0);
    await button(page, 'Sign in').click();
    await page.getByRole('alert').getByText('3 digits are missing. Nothing was sent.').waitFor();
    expect(await calls(page, 'prompts.answer')).toEqual([]);
  });

  test('takes digits alone where it has only digits, from the keys and from the clipboard', async () => {
    const page = await show(appWith(first));
    await field(page).pressSequentially('4x0 7-1q');
    expect(await field(page).inputValue()).toBe('4071');
    await field(page).fill('4 0-7');
    expect(await field(page).inputValue()).toBe('407');
  });

  test('whose length nobody knows is sent by Enter alone', async () => {
    const page = await show(appWith(second));
    await field(page).pressSequentially('55555');
    await page.waitForTimeout(600);
    expect(await calls(page, 'prompts.answer')).toEqual([]);
    await page.keyboard.press('Enter');
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ values: { code: '55555' } }]);
  });

  test('longer than was known is sent by Enter', async () => {
    const page = await show(appWith(first));
    await field(page).fill('40711299');
    await page.keyboard.press('Enter');
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ values: { code: '40711299' } }]);
  });

  test('pasted into its field is sent at once', async () => {
    const page = await show(appWith(first));
    await paste(page, 'Your PIN is 407112.');
    expect(await calls(page, 'prompts.answer')).toMatchObject([
      { promptId: 'p1', values: { code: '407112' } },
    ]);
  });

  test('pasted while another control has the focus is sent at once', async () => {
    const page = await show(appWith(first));
    await button(page, 'Close').focus();
    await paste(page, '407 112');
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ values: { code: '407112' } }]);
  });

  test('pasted into a field beside the panel stays there', async () => {
    const page = await show(appWith(first));
    await page.getByRole('searchbox', { name: 'Filter', exact: true }).focus();
    await paste(page, '407112');
    await page.waitForTimeout(400);
    expect(await calls(page, 'prompts.answer')).toEqual([]);
  });

  test('pasted while the panel is put aside answers the only code prompt and shows it', async () => {
    const page = await show(appWith(first));
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await paste(page, '407112');
    await panel(page).waitFor();
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ promptId: 'p1' }]);
  });

  test('pasted while the panel is put aside is nobody’s when two prompts want one', async () => {
    const page = await show(appWith(first, second));
    await page.keyboard.press('Escape');
    await panel(page).waitFor({ state: 'detached' });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await paste(page, '407112');
    await button(page, 'Sign in').waitFor({ state: 'detached' });
    expect(await calls(page, 'prompts.answer')).toEqual([]);
  });

  test('another text that is pasted stays what it is', async () => {
    const page = await show(appWith(first));
    await paste(page, 'see you later');
    expect(await calls(page, 'prompts.answer')).toEqual([]);
  });

  test('is sent again, by another medium where there is a choice, and not before its time', async () => {
    const page = await show(appWith(second));
    await button(page, 'Send again').click();
    await page.getByRole('menuitem', { name: /E-mail to/ }).click();
    await page
      .getByRole('status')
      .getByText(/^Sent at \d\d:\d\d$/)
      .waitFor();
    expect(await calls(page, 'prompts.sendAgain')).toEqual([{ promptId: 'p2', medium: 'email' }]);
    await change(page, { ...second, sendAgainAt: Date.now() + 300_000 });
    await button(page, /^Send again in [45] m/).waitFor();
    expect(await button(page, /^Send again in/).isDisabled()).toBe(true);
  });

  test('shows the last two minutes', async () => {
    const page = await show(appWith(first));
    expect(await page.getByText('left to answer').count()).toBe(0);
    await change(page, { ...first, deadline: Date.now() + 90_000 });
    await page.getByText(/^1 m \d+ s left to answer\.$/).waitFor();
  });

  test('that was wrong is emptied, and one that did not get through is kept', async () => {
    const page = await show(appWith(second));
    await field(page).pressSequentially('11111');
    await change(page, { ...second, state: 'checking' });
    await button(page, 'Checking').waitFor();
    expect(await field(page).isDisabled()).toBe(true);
    await change(page, { ...second, failure: { kind: 'network', message: 'No connection.' } });
    await page.getByRole('alert').getByText('No connection.').waitFor();
    expect(await field(page).inputValue()).toBe('11111');
    await change(page, { ...second, attempt: 2, failure: wrong });
    await page.getByRole('alert').getByText('The PIN is wrong.').waitFor();
    await expect.poll(() => field(page).inputValue()).toBe('');
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
  });
});

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

describe('a prompt that is over', () => {
  const over = { ...first, state: 'refused' as const, failure: wrong };

  test('says why, and Enter starts again; the panel waits for the new prompt', async () => {
    const restarted = { ok: true as const, value: { sessionId: 'again' } };
    const page = await show(appWith(over), { answers: { 'prompts.startAgain': restarted } });
    await page.getByRole('alert').getByText('The PIN is wrong.').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'prompts.startAgain')).toEqual([{ promptId: 'p1' }]);
    await page.evaluate(
      (value) =>
        window.fixture.change([
          { entity: 'session', id: 'again', value },
          { entity: 'prompt', id: 'p1', value: null },
        ]),
      session('again', 'brightside', { state: 'signing-in', openedAt: null }),
    );
    await card(page, 'Signing in to Brightside hosting again').waitFor();
    await change(page, promptOf('p9', 'brightside', pin));
    await card(page, 'Enhance asks for the PIN of Brightside hosting').waitFor();
    await page.keyboard.type('123');
    expect(await field(page).inputValue()).toBe('123');
  });

  test('can be dismissed', async () => {
    const page = await show(appWith(over));
    await button(page, 'Dismiss').click();
    expect(await calls(page, 'prompts.cancel')).toEqual([{ promptId: 'p1' }]);
  });
});

describe('other kinds', () => {
  test('a password', async () => {
    const page = await show(appWith(promptOf('p1', 'community', password)));
    await page.keyboard.type('s3cond');
    await page.keyboard.press('Enter');
    expect(await calls(page, 'prompts.answer')).toEqual([{ promptId: 'p1', values: { password: 's3cond' } }]);
  });

  test('a new password that is long enough and typed twice the same', async () => {
    const page = await show(appWith(promptOf('p1', 'community', newPassword)));
    await field(page, 'Present password').fill('old one');
    await field(page, 'New login password').fill('short');
    await field(page, 'Type it again').fill('short');
    expect(await button(page, 'Change and sign in').isDisabled()).toBe(true);
    await field(page, 'New login password').fill('Long enough 1');
    await page.getByText('The two are not the same.').waitFor();
    await field(page, 'Type it again').fill('Long enough 1');
    await button(page, 'Change and sign in').click();
    expect(await calls(page, 'prompts.answer')).toEqual([
      { promptId: 'p1', values: { password: 'Long enough 1', old: 'old one' } },
    ]);
  });

  test('a generated password can be read, and is what is sent', async () => {
    const page = await show(appWith(promptOf('p1', 'community', newPassword)));
    await field(page, 'Present password').fill('old one');
    await button(page, 'Generate').click();
    const shown = await field(page, 'New login password').inputValue();
    expect(shown).toHaveLength(20);
    expect(await field(page, 'New login password').getAttribute('type')).toBe('text');
    await page.getByText('Strong').waitFor();
    await button(page, 'Change and sign in').click();
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ values: { password: shown } }]);
  });

  test('a virtual keyboard takes the buttons of each layout in turn and shows only how many', async () => {
    const page = await show(appWith(promptOf('p1', 'community', keyboard)));
    await button(page, '1 or 3').click();
    await button(page, '5 or 6').click();
    await button(page, '4 or 6').click();
    await page.getByRole('status').getByText('3 characters pressed').waitFor();
    await button(page, 'Take back').click();
    await page.keyboard.press('Tab');
    await button(page, '0 or 7').press('Enter');
    await button(page, 'Sign in').click();
    expect(await calls(page, 'prompts.answer')).toEqual([
      { promptId: 'p1', values: { password: '13|56|07' } },
    ]);
  });

  test('agreements: the required ones first', async () => {
    const page = await show(appWith(promptOf('p1', 'community', agreements)));
    await page.getByText('Terms of use').click();
    expect(await button(page, 'Accept and sign in').isDisabled()).toBe(true);
    await page.getByText('Privacy statement').click();
    await button(page, 'Accept and sign in').click();
    expect(await calls(page, 'prompts.answer')).toEqual([
      { promptId: 'p1', values: { terms: true, privacy: true, news: false } },
    ]);
  });

  test('agreements: what they say is read by keyboard, as text that does nothing', async () => {
    const page = await show(appWith(promptOf('p1', 'community', agreements)));
    const text = page.getByRole('region', { name: 'Text of Terms of use' });
    expect(await text.count()).toBe(0);
    await button(page, 'Read Terms of use').focus();
    await page.keyboard.press('Enter');
    expect(await text.textContent()).toBe(
      'Terms of use\n\nYou may pay.\n\n * The whole text is on our pages [https://terms.example/x].',
    );
    expect(await text.locator('a').count()).toBe(0);
    expect(await page.getByText(/did not come with it/).count()).toBe(2);
    await page.keyboard.press('Enter');
    expect(await text.count()).toBe(0);
  });

  test('a page of somebody else’s: where it begins, and a cancel', async () => {
    const page = await show(appWith(promptOf('p1', 'community', pageAsk)));
    await page.getByText('Sign in with Harbour ID in the window that has opened.').waitFor();
    await page.getByText(/It begins at bank\.example and goes on to Harbour ID/).waitFor();
    await change(page, promptOf('p1', 'community', pageAsk, { state: 'checking' }));
    await page.getByText('Signed in with Harbour ID. Finishing.').waitFor();
    await button(page, 'Cancel this sign-in').click();
    expect(await calls(page, 'prompts.cancel')).toEqual([{ promptId: 'p1' }]);
  });

  test('a choice, by keyboard alone', async () => {
    const page = await show(appWith(promptOf('p1', 'community', choice)));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await calls(page, 'prompts.answer')).toEqual([{ promptId: 'p1', values: { choice: 'totp' } }]);
  });
});

describe('a scan', () => {
  const asked = promptOf('p1', 'door', { ...scan, staleAt: Date.now() + 600_000 });

  test.each([
    { theme: 'light', scale: 1, width: 1280, height: 800 },
    { theme: 'dark', scale: 1, width: 900, height: 600 },
    { theme: 'dark', scale: 2, width: 1280, height: 800 },
    { theme: 'light', scale: 1.25, width: 1280, height: 800 },
  ] as const)('reads back from a $theme screenshot at $scale', async (view) => {
    const page = await show(appWith(asked), view);
    await page.getByRole('img', { name: 'QR code to sign in to Door server' }).waitFor();
    const { data, width, height } = PNG.sync.read(await panel(page).screenshot());
    expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(scan.payload);
  });

  test('draws the next code when there is one', async () => {
    const page = await show(appWith(asked));
    const next = { ...scan, payload: 'nextauth://login?nonce=another', staleAt: Date.now() + 600_000 };
    await change(page, promptOf('p1', 'door', next));
    await expect
      .poll(async () => {
        const { data, width, height } = PNG.sync.read(await panel(page).screenshot());
        return jsQR(new Uint8ClampedArray(data), width, height)?.data;
      })
      .toBe('nextauth://login?nonce=another');
  });

  test('says each stage, and offers another start only where it is over', async () => {
    const page = await show(appWith(asked));
    for (const [stage, words, over] of [
      ['ready', 'Waiting for the scan', false],
      ['scanned', 'Waiting for the phone', false],
      ['pushed', 'Pushed to the phone', false],
      ['approved', 'Approved on the phone', false],
      ['refused', 'Refused on the phone', true],
      ['no-account', 'No account on that phone', true],
    ] as const) {
      await change(page, promptOf('p1', 'door', { ...scan, stage }));
      await page.getByRole('listitem').filter({ hasText: words }).waitFor();
      expect(await button(page, 'Start again').count()).toBe(over ? 1 : 0);
    }
  });

  test('counts down to the next code and says how it listens and what the phone will show', async () => {
    const page = await show(appWith(asked));
    await page.getByText(/^New code in \d+ s$/).waitFor();
    await page.getByText('Listening on the server’s socket.', { exact: true }).waitFor();
    await page.getByText('“Gatehouse on desk-12: sign in to Door server”').waitFor();
    await change(page, promptOf('p1', 'door', { ...scan, listening: 'polling', staleAt: now - 1 }));
    await page.getByText('Asking the server every few seconds.', { exact: true }).waitFor();
    await page.getByText('Getting a new code').waitFor();
  });

  test('pushes to a listed phone and to a typed user', async () => {
    const page = await show(appWith(asked));
    await button(page, 'Push to iPhone of Kim').click();
    await field(page, 'Or to somebody else').fill(' lena ');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => calls(page, 'prompts.push'))
      .toEqual([
        { promptId: 'p1', target: 'account:7' },
        { promptId: 'p1', target: 'user:lena' },
      ]);
  });
});

test('a practice account is marked, with the way to its inbox', async () => {
  const page = await show(appWith(promptOf('p1', 'practice', pin)));
  await panel(page).getByText('Practice', { exact: true }).waitFor();
  await button(page, 'Open the practice inbox').click();
  expect(await calls(page, 'practice.open')).toEqual([{ page: 'inbox' }]);
});

test('what stands in for the phone of a practice account is its own vendor’s', async () => {
  const prompt = promptOf('p1', 'practice', scan);
  const page = await show(appWith(prompt));
  await button(page, 'Open the practice phone').click();
  expect(await calls(page, 'practice.open')).toEqual([{ page: 'phone', vendor: prompt.vendor }]);
});

test('nothing is wrong for assistive technology in either theme', async () => {
  const page = await show(appWith(first, second));
  const looks: [string, Prompt][] = [
    ['Enhance asks for the PIN of Brightside hosting', first],
    ['Brightside hosting: the sign-in is over', { ...first, state: 'refused', failure: wrong }],
    ['Cyclos asks for the password of Community bank', promptOf('p1', 'community', password)],
    ['Cyclos wants a new password for Community bank', promptOf('p1', 'community', newPassword)],
    ['Cyclos asks for the password of Community bank', promptOf('p1', 'community', keyboard)],
    ['Cyclos asks Community bank to agree', promptOf('p1', 'community', agreements)],
    ['Cyclos asks Community bank to choose', promptOf('p1', 'community', choice)],
    ['Sign in to Community bank', promptOf('p1', 'community', pageAsk)],
    ['Scan to sign in to Door server', promptOf('p1', 'door', scan)],
    ['Scan to sign in to Door server', promptOf('p1', 'door', { ...scan, stage: 'no-account' })],
  ];
  for (const [name, prompt] of looks) {
    await change(page, prompt);
    await card(page, name).waitFor();
    expect(await objections(page, '#prompts'), name).toEqual([]);
  }
});

test('no page complained', () => {
  expect(harness.complaints).toEqual([]);
});
