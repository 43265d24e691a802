import type { Page } from 'playwright';

type Step = (words: string, play: () => Promise<void>) => Promise<void>;

const passphrase = 'a tour of the gatehouse';
const email = 'amir@northwind.example';

/** What a new member of a support desk would do in the first five minutes, through the window alone. */
export async function playTour(page: Page, step: Step): Promise<void> {
  page.setDefaultTimeout(15_000);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name });
  const dialog = page.getByRole('dialog');
  const prompt = page.getByRole('complementary', { name: 'Prompts', exact: true });
  const confirm = (name: string) => page.getByRole('alertdialog').or(dialog).getByRole('button', { name });
  const remote = page.getByRole('region', { name: /^Sessions at/ });

  await step('Choose a passphrase', async () => {
    const choice = page.getByRole('radio', { name: /passphrase/i });
    if (await choice.isVisible()) await choice.click();
    await field('Passphrase').fill(passphrase);
    await field('Passphrase again').fill(passphrase);
    await button('Set the passphrase').click();
    await button('Use the practice servers').waitFor();
  });

  await step('Start the practice servers', async () => {
    await button('Use the practice servers').click();
    await page.getByText('Practice servers running').waitFor();
  });

  await step('Add an account', async () => {
    await button('Add account').first().click();
    await field('Panel address').fill(await practiceAddress(page));
    await field('E-mail').fill(email);
    await field('Password').fill('quiet-meadow-21');
    await field('Label').fill('Tour panel');
    await button('Test').click();
    await page.getByText('The credentials were accepted').waitFor();
  });

  await step('Save it', async () => {
    await button('Add account').last().click();
    await heading('Tour panel').waitFor();
  });

  await step('Answer with a wrong PIN', async () => {
    await button(/^Sign in$/).click();
    await prompt.getByRole('textbox').fill('000000');
    await prompt.getByRole('button', { name: 'Start again' }).waitFor();
  });

  await step('Start again with the right PIN', async () => {
    const before = await letters(page);
    await prompt.getByRole('button', { name: 'Start again' }).click();
    await prompt.getByRole('textbox').fill(await newPin(page, before.length));
    await button('Sign out').first().waitFor();
  });

  await step('Look at the sessions at the panel', async () => {
    await remote.getByText('this one').waitFor();
  });

  await step('End one of them', async () => {
    const rows = remote.getByRole('row');
    const before = await rows.count();
    await remote.getByRole('button', { name: /^End/ }).last().click();
    await confirm('End session').click();
    await rows.nth(before - 1).waitFor({ state: 'detached' });
  });

  await step('End all of them', async () => {
    await button(/^End all$/).click();
    await confirm('End all').click();
    await button(/^Sign in$/).waitFor();
  });

  await step('Lock', async () => {
    await button(/^Lock$/).click();
    await field('Passphrase').waitFor();
  });

  await step('Unlock', async () => {
    await field('Passphrase').fill(passphrase);
    await button('Unlock').click();
    await heading('Tour panel').waitFor();
  });
}

async function snapshot(page: Page) {
  const result = await page.evaluate(() => window.gatehouse.call('state.snapshot'));
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

async function practiceAddress(page: Page): Promise<string> {
  const { accounts } = await snapshot(page);
  return accounts.find((account) => account.practice)?.baseUrl ?? '';
}

/** The practice inbox, as its own page would show it. */
async function letters(page: Page): Promise<{ code?: string }[]> {
  const { inboxUrl } = (await snapshot(page)).appInfo.practice;
  const answer = await fetch(`${inboxUrl}.json?to=${email}`);
  return (await answer.json()) as { code?: string }[];
}

async function newPin(page: Page, seen: number): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const all = await letters(page);
    const code = all.at(-1)?.code;
    if (all.length > seen && code) return code;
    await page.waitForTimeout(50);
  }
  throw new Error('No PIN arrived in the practice inbox.');
}
