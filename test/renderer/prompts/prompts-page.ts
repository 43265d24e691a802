import type { Page } from 'playwright';
import type { Prompt, Snapshot } from '#contract/shapes.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import type { Harness } from '../fixture/harness.ts';
import { answersFor } from '../fixture/sample.ts';

/** The panel of prompts as its tests find it. */

export interface View {
  answers?: Answers;
  theme?: 'light' | 'dark';
  width?: number;
  height?: number;
  scale?: number;
}

/** Opens the desk and, as main asks for it, the prompts. */
export async function showPrompts(
  harness: Harness,
  snapshot: Snapshot,
  { answers, ...view }: View = {},
): Promise<Page> {
  const page = await harness.open({ answers: answersFor(snapshot, answers), ...view });
  await page.evaluate(() => window.fixture.request({ what: 'show-prompts' }));
  await panel(page).waitFor();
  return page;
}

export const calls = (page: Page, channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.filter((one) => one.channel === wanted).map(({ input }) => input),
    channel,
  );

export const change = (page: Page, prompt: Prompt | string) =>
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
export const paste = (page: Page, text: string) =>
  page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

/** What is asked, at the side of the window. */
export const panel = (page: Page) => page.getByRole('complementary', { name: 'Prompts', exact: true });
export const card = (page: Page, name: string) => panel(page).getByRole('region', { name, exact: true });

export const field = (page: Page, name = 'PIN') => page.getByRole('textbox', { name, exact: true });
export const button = (page: Page, name: string | RegExp) => panel(page).getByRole('button', { name });
