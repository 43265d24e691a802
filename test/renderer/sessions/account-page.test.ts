import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LedgerRow } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, calm, hours, minutes, now } from '../fixture/sample.ts';

/** An account in which nobody works: what is known of it, its notes, where it was used and its sign-ins. */
let harness: Harness;
let page: Page;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints).toEqual([]);
});

const row = (seq: number, part: Partial<LedgerRow>): LedgerRow => ({
  seq,
  at: now - minutes(30 - seq),
  actor: 'window',
  event: 'opened',
  accountId: 'practice',
  accountLabel: 'Practice panel',
  vendor: 'enhance',
  sessionId: 'old',
  realmName: 'Realm A',
  detail: null,
  ...{ signedInAs: null, osUser: null, machine: null, subjectId: null, subjectName: null },
  hash: '',
  ...part,
});
const history = [
  row(6, { event: 'confirmed' }),
  row(4, { event: 'opened', detail: 'e-mail PIN' }),
  row(3, { event: 'prompted', detail: 'code' }),
  row(1, { event: 'failed', sessionId: 'older', detail: 'The panel did not answer.' }),
];
const snapshot = {
  ...calm,
  shifts: [{ id: 'm', name: 'Morning desk', members: [{ accountId: 'practice', realm: null }] }],
};

async function open(answers: Answers = {}, width = 1280, height = 900) {
  page = await harness.open({
    answers: answersFor(snapshot, {
      'ledger.page': { ok: true, value: history },
      'realms.used': {
        ok: true,
        value: [{ id: 'b', name: 'Realm B', pinned: true, usedAt: now - hours(3) }],
      },
      'sessions.signIn': { ok: true, value: { sessionId: 'new', openAlready: false } },
      ...answers,
    }),
    width,
    height,
  });
  await page
    .getByRole('treegrid', { name: 'Accounts by vendor' })
    .getByRole('row', { name: /Practice panel/ })
    .click();
}
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const inputs = (channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.flatMap((one) => (one.channel === wanted ? [one.input] : [])),
    channel,
  );

test('tells its address, second factor, shifts, and its sign-ins; one signs in to a realm that was used', async () => {
  await open();
  const about = page.getByRole('region', { name: 'Account', exact: true });
  await about.getByText('A code at the sign-in').waitFor();
  await about.getByText('https://panel.example').waitFor();
  await about.getByText('Morning desk').waitFor();
  await page.getByText(/^(Today|Yesterday) \d\d:\d\d, e-mail PIN$/).waitFor();
  const signIns = page.getByRole('table', { name: 'Sign-ins' });
  await signIns
    .getByRole('row', { name: /e-mail PIN.*Realm A.*3 m.*.*Ended, confirmed by the vendor/ })
    .waitFor();
  await signIns.getByRole('row', { name: /Failed: The panel did not answer/ }).waitFor();
  expect(await objections(page)).toEqual([]);
  await button('Sign in to Realm B').click();
  expect(await inputs('sessions.signIn')).toEqual([
    { accountId: 'practice', realm: { id: 'b', name: 'Realm B' } },
  ]);
});

test('reads its sign-ins again when one of its sessions changes', async () => {
  await open();
  await page.getByRole('table', { name: 'Sign-ins' }).waitFor();
  const before = (await inputs('ledger.page')).length;
  await page.evaluate((value) => window.fixture.change([{ entity: 'session', id: 'x', value }]), {
    ...calm.sessions[4]!,
    id: 'x',
    accountId: 'practice',
  });
  await page.getByText('Sign-in failed').waitFor();
  await expect.poll(async () => (await inputs('ledger.page')).length).toBeGreaterThan(before);
});

test('notes are written in place, and stay typed when they can’t be kept', async () => {
  const failure = { kind: 'store-broken' as const, message: 'The disk is full.' };
  await open({ 'accounts.note': { ok: false, failure } });
  await button('Add notes').click();
  await page.keyboard.type('Ask Olga first.');
  await button('Save notes').click();
  await page.getByText('The disk is full.').waitFor();
  expect(await page.getByRole('textbox', { name: 'Notes' }).inputValue()).toBe('Ask Olga first.');
  await page.evaluate(
    (value) => {
      window.fixture.answers['accounts.note'] = { ok: true, value: undefined };
      window.fixture.change([{ entity: 'account', id: 'practice', value }]);
    },
    { ...calm.accounts[2]!, notes: 'Ask Olga first.\nThen call.' },
  );
  await button('Save notes').click();
  await page.getByText('Then call.').waitFor();
  expect(await inputs('accounts.note')).toHaveLength(2);
  await button('Edit notes').waitFor();
});

test('nothing runs out of the page at a zoom of 200 %', async () => {
  await open({}, 640, 450);
  await page.getByRole('table', { name: 'Sign-ins' }).waitFor();
  const over = await page.locator('#main-pane').evaluate((pane) =>
    [...pane.querySelectorAll('*')]
      .filter((part) => getComputedStyle(part).overflowX === 'auto')
      .map((part) => part.scrollWidth - part.clientWidth)
      .filter((more) => more > 0),
  );
  expect(over).toEqual([]);
});
