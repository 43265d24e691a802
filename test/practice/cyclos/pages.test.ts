import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { openCyclos } from './kit.ts';

/** What people see in a browser, under the policy that the server sends with it. */
describe('the pages of a practice Cyclos', () => {
  let browser: Browser;
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    const shared = (await (await fetch(inject('sharedWindow'))).json()) as { browser: string };
    browser = await chromium.connect(shared.browser);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    cyclos = await openCyclos('4.16');
    complaints.length = 0;
    page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
  });
  afterEach(async () => {
    await page.close();
    await cyclos.server.close();
  });

  test('lead to an identity provider of another origin and back', async () => {
    const { body } = await cyclos.client.call('POST', '/identity-providers/harbourid/login');
    await page.goto(String(body.url));
    await page.getByRole('heading', { name: 'Harbour ID' }).waitFor();
    expect(new URL(page.url()).origin).not.toBe(cyclos.client.origin);
    await page.getByRole('link', { name: 'Continue as Ida Identity' }).click();
    await page.getByRole('heading', { name: 'Done' }).waitFor();
    expect(new URL(page.url()).origin).toBe(cyclos.client.origin);
    expect(cyclos.server.sessions()).toMatchObject([{ person: 'ida' }]);
  });

  test('approve and reject what a trusted device is asked', async () => {
    const note = cyclos.server.people.find(({ identity }) => identity === 'dora')?.note ?? '';
    await page.goto(/http:\S+device/.exec(note)?.[0] ?? '');
    await page.getByText('Nothing waits for an answer.').waitFor();
    const token = await cyclos.client.session('dora');
    const ask = async () =>
      (await cyclos.client.call('POST', '/device-confirmations', token, { type: 'secondaryLogin' })).text;
    const status = async (id: string) =>
      (await cyclos.client.call('GET', `/device-confirmations/${id}`, token)).body.status;
    for (const [name, after] of [
      ['Approve', 'approved'],
      ['Reject', 'rejected'],
    ] as const) {
      const id = await ask();
      await page.getByText('Dora Device signs in to Left Coast').waitFor();
      await page.getByRole('button', { name }).click();
      await page.getByText('Nothing waits for an answer.').waitFor();
      expect(await status(id)).toBe(after);
    }
    expect(complaints).toEqual([]);
  });

  test('say who is signed in', async () => {
    const { body } = await cyclos.client.login('bruno', 'Broker-2026');
    await page.goto(`${cyclos.client.origin}/left-coast?sessionToken=${body.sessionToken}`);
    await page.getByText('Signed in as Bruno Broker').waitFor();
    expect(await page.getByRole('row').allInnerTexts()).toContain('Group\tBrokers');
    expect(complaints).toEqual([]);
  });
});
