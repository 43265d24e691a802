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
  await page.getByRole('dialog').waitFor();
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

const field = (page: Page, name = 'PIN') => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole('dialog').getByRole('button', { name });

const first = promptOf('p1', 'brightside', pin);
const second = promptOf('p2', 'leftcoast', otp);
const wrong = { kind: 'refused-prompt' as const, message: 'The PIN is wrong.', advice: 'Start again.' };

describe('a code', () => {
  test('names who asks, where the sign-in goes and where the code went, with the focus in its field', async () => {
    const page = await show(appWith(promptOf('p1', 'northwind', pin)));
    const dialog = page.getByRole('dialog', { name: 'Northwind panel asks for a PIN' });
    await dialog.getByText('Enhance · Reseller EU · admin@northwind.example').waitFor();
    await dialog.getByText('Sent by e-mail to support@brightside.example').waitFor();
    await expect.poll(() => field(page).evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('is sent by a press, with what was ticked', async () => {
    const page = await show(appWith(first));
    await field(page).pressSequentially('407112');
    expect(await calls(page, 'prompts.answer')).toEqual([]);
    await page.getByText('Remember this device for 30 days').click();
    await button(page, 'Sign in').click();
    expect(await calls(page, 'prompts.answer')).toEqual([
      { promptId: 'p1', values: { code: '407112', remember: true } },
    ]);
  });

  test('of any length is sent by Enter', async () => {
    const page = await show(appWith(first));
    await field(page).pressSequentially('40711299');
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
    await button(page, 'Later').focus();
    await paste(page, '407 112');
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ values: { code: '407112' } }]);
  });

  test('pasted while the dialog is put aside answers the only code prompt and shows it', async () => {
    const page = await show(appWith(first));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await paste(page, '407112');
    await page.getByRole('dialog').waitFor();
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ promptId: 'p1' }]);
  });

  test('pasted while the dialog is put aside is nobody’s when two prompts want one', async () => {
    const page = await show(appWith(first, second));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
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
    await page.getByText('1 of 2 prompts').waitFor();
    await field(page).pressSequentially('407112');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Left Coast asks for a PIN' }).waitFor();
    await page.keyboard.type('55555');
    expect(await field(page).inputValue()).toBe('55555');
    expect(await calls(page, 'prompts.answer')).toMatchObject([{ promptId: 'p1' }]);
  });

  test('stays with a prompt whose code is sent again', async () => {
    const page = await show(appWith(first, second));
    await button(page, 'Send again').click();
    await change(page, { ...first, state: 'checking' });
    await button(page, 'Checking').waitFor();
    expect(await page.getByRole('dialog', { name: 'Brightside hosting asks for a PIN' }).count()).toBe(1);
  });

  test('lets the person go to another prompt', async () => {
    const page = await show(appWith(first, second));
    await page
      .getByRole('region', { name: 'Other prompts' })
      .getByRole('button', { name: /Left Coast/ })
      .click();
    await page.getByRole('dialog', { name: 'Left Coast asks for a PIN' }).waitFor();
  });

  test('keeps a prompt that is put aside, and cancels one that is cancelled', async () => {
    const page = await show(appWith(first));
    await button(page, 'Later').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await calls(page, 'prompts.cancel')).toEqual([]);
    await page.getByRole('button', { name: /^Prompts/ }).click();
    await button(page, 'Cancel this sign-in').click();
    expect(await calls(page, 'prompts.cancel')).toEqual([{ promptId: 'p1' }]);
    await change(page, 'p1');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('opens by itself for a new prompt, but not over a form that is being filled in', async () => {
    const page = await harness.open({ answers: answersFor({ ...full, prompts: [] }) });
    await change(page, first);
    await page.getByRole('dialog', { name: 'Brightside hosting asks for a PIN' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+n');
    await page.getByLabel('Base URL').waitFor();
    await change(page, second);
    await page.getByRole('button', { name: 'Prompts, 2 open prompts' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor();
  });

  test('is empty in words', async () => {
    const page = await show({ ...full, prompts: [] });
    await page.getByRole('dialog', { name: 'Nothing is asked' }).waitFor();
  });
});

describe('a prompt that is over', () => {
  const over = { ...first, state: 'refused' as const, failure: wrong };

  test('says why, and Enter starts again; the dialog waits for the new prompt', async () => {
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
    await page.getByRole('dialog', { name: 'Signing in to Brightside hosting again' }).waitFor();
    await change(page, promptOf('p9', 'brightside', pin));
    await page.getByRole('dialog', { name: 'Brightside hosting asks for a PIN' }).waitFor();
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
    const { data, width, height } = PNG.sync.read(await page.getByRole('dialog').screenshot());
    expect(jsQR(new Uint8ClampedArray(data), width, height)?.data).toBe(scan.payload);
  });

  test('draws the next code when there is one', async () => {
    const page = await show(appWith(asked));
    const next = { ...scan, payload: 'nextauth://login?nonce=another', staleAt: Date.now() + 600_000 };
    await change(page, promptOf('p1', 'door', next));
    await expect
      .poll(async () => {
        const { data, width, height } = PNG.sync.read(await page.getByRole('dialog').screenshot());
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
  await page.getByRole('dialog').getByText('Practice', { exact: true }).waitFor();
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
    ['Brightside hosting asks for a PIN', first],
    ['Brightside hosting: the sign-in is over', { ...first, state: 'refused', failure: wrong }],
    ['Community bank asks for a password', promptOf('p1', 'community', password)],
    ['Community bank wants a new password', promptOf('p1', 'community', newPassword)],
    ['Community bank asks for a password', promptOf('p1', 'community', keyboard)],
    ['Community bank asks you to agree', promptOf('p1', 'community', agreements)],
    ['Community bank asks you to choose', promptOf('p1', 'community', choice)],
    ['Sign in to Community bank', promptOf('p1', 'community', pageAsk)],
    ['Sign in to Door server', promptOf('p1', 'door', scan)],
    ['Sign in to Door server', promptOf('p1', 'door', { ...scan, stage: 'no-account' })],
  ];
  for (const [name, prompt] of looks) {
    await change(page, prompt);
    await page.getByRole('dialog', { name }).waitFor();
    expect(await objections(page, '[role="dialog"]'), name).toEqual([]);
  }
});

test('no page complained', () => {
  expect(harness.complaints).toEqual([]);
});
