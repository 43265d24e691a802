import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RemoteSession } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { account, answersFor, calm, days, hours, now, remote, session } from '../fixture/sample.ts';

/** What the vendor tells of a session: facts, the list of its own sessions, what it has not. */
let harness: Harness;
let page: Page;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints).toEqual([]);
});

const fresh: RemoteSession = {
  id: 'r9',
  where: 'Reykjavík',
  browser: 'Chrome 156, Windows',
  address: '198.51.100.9',
  openedAt: now - hours(1),
  mark: 'other',
  canEnd: true,
};
const other = account('kim', { label: 'Kim’s panel' });
const snapshot = {
  ...calm,
  accounts: [...calm.accounts, other],
  sessions: [...calm.sessions, session('s20', 'kim')],
};
const ours: RemoteSession = {
  ...fresh,
  id: 'r8',
  where: 'Oslo',
  mark: 'ours',
  sessionId: 's20',
  openedAt: now - days(2),
};

async function open(answers: Answers = {}, width = 1280, height = 900) {
  page = await harness.open({
    answers: answersFor(snapshot, {
      'sessions.remote': {
        ok: true,
        value: [ours, ...remote, { ...fresh, openedAt: null, id: 'r7', where: 'Bergen' }, fresh],
      },
      'clipboard.copy': { ok: true, value: { clearsAfterSeconds: 30 } },
      ...answers,
    }),
    width,
    height,
  });
  await page
    .getByRole('treegrid', { name: 'Accounts by vendor' })
    .getByRole('row', { name: /Northwind panel.*Reseller EU/ })
    .click();
  await page.getByRole('region', { name: 'Who am I' }).waitFor();
}
const list = () => page.getByRole('region', { name: 'Sessions at the panel' });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const inputs = (channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.flatMap((one) => (one.channel === wanted ? [one.input] : [])),
    channel,
  );

describe('the vendor’s list of sessions', () => {
  test('has the newest first, ours by their account’s name, and marks what is new since the sign-in', async () => {
    await open();
    await list().getByText('Reykjavík').waitFor();
    const rows = await list().getByRole('row').allInnerTexts();
    const order = ['Reykjavík', 'this one', 'Firefox 151', 'Kim’s panel', 'Porto', 'Safari 26', 'Bergen'];
    expect(rows.slice(1).map((row, at) => row.includes(order[at] ?? '?') || row)).toEqual(
      order.map(() => true),
    );
    // By the vendor's clock this one was opened 2 h ago, by ours 6 h.
    expect(
      rows.filter((row) => row.includes('new since you signed in')).map((row) => row.includes('Reykjavík')),
    ).toEqual([true]);
    expect(rows[4]).toMatch(/Kim’s panel[\s\S]*opened here/);
  });

  test('several are ticked and ended at once; one that can’t be does not keep the others', async () => {
    await open();
    await list().getByRole('checkbox', { name: 'Choose the session in Reykjavík' }).check({ force: true });
    await list()
      .getByRole('checkbox', { name: 'Choose the session in an unknown place' })
      .check({ force: true });
    expect(await list().getByRole('checkbox').count(), 'not this one, not the one that is being ended').toBe(
      5,
    );
    await button('End 2 sessions').click();
    await page
      .getByText('Whoever works in them is signed out at once: Reykjavík, an unknown place.')
      .waitFor();
    expect(await objections(page)).toEqual([]);
    await page.evaluate(
      (failure) => {
        window.fixture.answers['sessions.endRemote'] = { ok: false, failure };
      },
      { kind: 'timeout' as const, message: 'The panel did not answer.' },
    );
    await button('End sessions').click();
    await page.getByText('0 of 2 were ended. The panel did not answer.').waitFor();
    await page.evaluate(() => {
      window.fixture.answers['sessions.endRemote'] = { ok: true, value: undefined };
    });
    await button('Cancel').click();
    await list().getByRole('checkbox', { name: 'Choose the session in Reykjavík' }).check({ force: true });
    await button('End 1 session').click();
    await button('End sessions').click();
    await page.getByText('1 session ended at the panel.').waitFor();
    expect(await inputs('sessions.endRemote')).toEqual(
      ['r9', 'r4', 'r9'].map((remoteId) => ({ sessionId: 's1', remoteId })),
    );
  });

  test('that a server has not is one line, and nothing to try again', async () => {
    const message = 'This Cyclos server does not offer this: it runs a version older than the operation.';
    await open({ 'sessions.remote': { ok: false, failure: { kind: 'not-found', message } } });
    await list().getByText(message).waitFor();
    expect(await list().getByRole('button').count()).toBe(0);
    expect(await list().getByRole('alert').count()).toBe(0);
  });

  test('keeps its columns whole in a narrow window, and nothing runs out of the page', async () => {
    for (const width of [900, 640]) {
      await open({}, width, 500);
      await list().getByText('yesterday').waitFor();
      const cut = await list()
        .getByRole('cell')
        .filter({ hasText: /yesterday|^End$/ })
        .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth).length);
      expect(cut).toBe(0);
      const over = await page
        .locator('#main-pane')
        .evaluate(
          (pane) =>
            [...pane.querySelectorAll('*')].filter(
              (part) => part.scrollWidth > part.clientWidth && getComputedStyle(part).overflowX === 'auto',
            ).length,
        );
      expect(over, `sideways at ${width}`).toBe(0);
    }
  });
});

describe('the facts', () => {
  test('are copied by the mouse and by keys, and cleared again', async () => {
    await open();
    const facts = page.getByRole('region', { name: 'Who am I' });
    await facts.getByText('e-mail PIN').hover();
    await button('Copy Authentication').click();
    await page.getByText('Authentication copied. The clipboard is cleared in 30 s.').waitFor();
    await button('Copy Name').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Login copied.', { exact: false }).waitFor();
    // One stop for Tab.
    await page.keyboard.press('Tab');
    expect(await facts.evaluate((section) => section.contains(document.activeElement))).toBe(false);
    expect(await inputs('clipboard.copy')).toEqual([
      { text: 'e-mail PIN' },
      { text: 'admin@northwind.example' },
    ]);
  });

  test('name the realm where the session has its id alone', async () => {
    const bare = snapshot.sessions.map((one) =>
      one.id === 's1' ? { ...one, realm: { id: 'eu', name: 'eu' } } : one,
    );
    page = await harness.open({ answers: answersFor({ ...snapshot, sessions: bare }) });
    await page
      .getByRole('treegrid', { name: 'Accounts by vendor' })
      .getByRole('row', { name: /Northwind panel.* eu/ })
      .click();
    await page.locator('dl').first().getByText('Reseller EU').waitFor();
  });
});
