import { type Browser, chromium } from 'playwright';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Practice } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';

/** The pages that people use, in a real browser under the policy that the servers send with them. */
let practice: Practice;
let browser: Browser;
beforeAll(async () => {
  practice = await startPractice();
  const shared = (await (await fetch(inject('sharedWindow'))).json()) as { browser: string };
  browser = await chromium.connect(shared.browser);
});
afterAll(async () => {
  await browser.close();
  await practice.close();
});

test('work without a complaint: from the list of people to the phone, which scans, and to the inbox', async () => {
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(new URL('/', practice.inboxUrl).href);
  // Another port, so another origin: a link may be followed all the same.
  await page.getByRole('link', { name: 'Open the practice phone' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Anna’s phone' }).first().waitFor();
  expect(complaints).toEqual([]);
  await page.getByLabel('What the code says').fill('no code of this server');
  await page.getByRole('button', { name: 'Scan', exact: true }).click();
  await page.getByRole('status').getByText('This code is not known').waitFor();

  complaints.length = 0;
  await page.goto(practice.inboxUrl);
  const { inbox } = practice;
  inbox.send({
    ...{ medium: 'email', to: 'nora@northwind.example', from: 'x', subject: 'Fresh', text: 't' },
    ...{ vendor: 'enhance', at: 0 },
  });
  await page.getByText('Fresh').waitFor();
  const panel = practice.servers.find(({ vendor }) => vendor === 'enhance')!;
  await page.goto(`${panel.origin}/`);
  expect(complaints).toEqual([]);
});
