import type { Locator, Page } from 'playwright';
import type { Challenge, VaultState } from '#contract/shapes.ts';
import type { Answers } from '../renderer/fixture/fake-bridge.ts';
import { answersFor, full, vault } from '../renderer/fixture/sample.ts';
import * as asks from '../renderer/prompts/sample-prompts.ts';
import { answersOn, type State } from './desks.ts';

/** A place of the window. */
export interface Place {
  name: string;
  /** What the bridge answers, by the state that the place is drawn in. */
  answers: Partial<Record<State, () => Answers>>;
  /** Goes there from the start of the window; returns what is seen when it is drawn. */
  go(page: Page, state: State): Promise<Locator>;
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first();
const place = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const on = (states: readonly State[], ready: readonly string[] = []): Place['answers'] =>
  Object.fromEntries(states.map((state) => [state, () => answersOn(state, ready)]));
const everyState: readonly State[] = ['empty', 'full', 'waiting', 'failing'];
const withSessions: readonly State[] = ['full', 'waiting', 'failing'];

async function showAccount(page: Page, label: string): Promise<Locator> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(label);
  await page
    .getByRole('option', { name: new RegExp(`^${label}\\b`) })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  return heading(page, label);
}

/** Of these accounts the first has a session at a vendor with every ability, the last has none. */
const signedIn = 'Customer 1';
const idle = 'Customer 177';

async function showSession(page: Page): Promise<Locator> {
  await (await showAccount(page, signedIn)).waitFor();
  return button(page, 'Switch realm');
}

async function showPeople(page: Page): Promise<void> {
  await (await showSession(page)).waitFor();
  await button(page, 'People').click();
}

/** Where a page's data are, are on their way, or could not be had. */
const anyOutcome = (page: Page, drawn: Locator, state: State) =>
  state === 'waiting'
    ? page.getByRole('main')
    : state === 'failing'
      ? page.getByText('could not be reached').first()
      : drawn;

async function showPrompts(page: Page): Promise<Locator> {
  await page.evaluate(() => window.fixture.request({ what: 'show-prompts' }));
  return promptPanel(page);
}

const promptPanel = (page: Page) => page.getByRole('complementary', { name: 'Prompts', exact: true });

const prompt = (name: string, ask: Challenge, accountId: string): Place => ({
  name: `prompt-${name}`,
  answers: { waiting: () => answersFor(asks.appWith(asks.promptOf(name, accountId, ask))) },
  go: showPrompts,
});

const locked = (change: Partial<VaultState>) => () =>
  answersFor({
    ...full,
    ...{ accounts: [], sessions: [], prompts: [] },
    vault: { ...vault, state: 'locked', locksAt: null, ...change },
  });
const keyring = { available: true, backend: 'GNOME Keyring' };

export const places: Place[] = [
  {
    name: 'live',
    answers: on(everyState),
    async go(page, state) {
      return heading(page, state === 'empty' ? 'No accounts yet' : 'Live');
    },
  },
  {
    name: 'needs-you',
    answers: on(['waiting', 'full']),
    async go(page) {
      await place(page, 'Needs you').click();
      return promptPanel(page);
    },
  },
  {
    name: 'account',
    answers: on(['full']),
    go: (page) => showAccount(page, idle),
  },
  { name: 'session', answers: on(withSessions), go: showSession },
  {
    name: 'switch-realm',
    answers: on(withSessions),
    async go(page) {
      await (await showSession(page)).click();
      return page.getByRole('dialog');
    },
  },
  {
    name: 'directory',
    answers: on(withSessions),
    async go(page, state) {
      await showPeople(page);
      return anyOutcome(page, page.getByText('person000000@'), state);
    },
  },
  {
    name: 'person',
    answers: on(withSessions, ['people.sources', 'people.page', 'people.organisations']),
    async go(page, state) {
      await showPeople(page);
      await page.getByText('person000000@').dblclick();
      return anyOutcome(page, heading(page, 'Olga Petrova'), state);
    },
  },
  {
    name: 'own-login',
    answers: on(withSessions),
    async go(page, state) {
      await (await showSession(page)).waitFor();
      await button(page, 'My login').click();
      return anyOutcome(page, page.getByText('PIN by e-mail'), state);
    },
  },
  {
    name: 'why',
    answers: on(withSessions),
    async go(page, state) {
      await place(page, 'Why can’t they sign in?').click();
      await page.getByRole('textbox', { name: /e-mail/i }).fill('olga@fjord.example');
      await page.keyboard.press('Enter');
      return anyOutcome(page, page.getByText('The login is blocked').first(), state);
    },
  },
  {
    name: 'ledger',
    answers: on(withSessions),
    async go(page, state) {
      await place(page, 'Ledger').click();
      return anyOutcome(page, heading(page, 'Ledger'), state);
    },
  },
  {
    name: 'receipt',
    answers: on(['full']),
    async go(page) {
      await page.evaluate(() => window.fixture.request({ what: 'show-receipt', receiptId: 'r1' }));
      return page.getByRole('dialog').getByText('Morning desk').first();
    },
  },
  {
    name: 'settings',
    answers: on(['full', 'empty']),
    async go(page) {
      await button(page, 'Settings').click();
      return heading(page, 'Settings');
    },
  },
  {
    name: 'shift',
    answers: on(['full']),
    async go(page) {
      await page.getByText('Morning desk', { exact: true }).first().click();
      return heading(page, 'Morning desk');
    },
  },
  {
    name: 'palette',
    answers: on(['full', 'empty']),
    async go(page) {
      await page.keyboard.press('Control+k');
      return page.getByRole('option').first();
    },
  },
  {
    name: 'palette-search',
    answers: on(['full']),
    async go(page) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('sign out');
      return page.getByRole('option', { name: /Sign out everywhere/ }).first();
    },
  },
  {
    name: 'keys',
    answers: on(['full']),
    async go(page) {
      await page.keyboard.press('?');
      return page.getByRole('dialog', { name: 'Keys' });
    },
  },
  {
    name: 'sign-out-menu',
    answers: on(['full']),
    async go(page) {
      await page
        .getByRole('button', { name: /^Sign out/ })
        .first()
        .click();
      return page.getByRole('menu');
    },
  },
  {
    name: 'not-confirmed',
    answers: on(['full']),
    async go(page) {
      await page
        .getByRole('button', { name: /not confirmed/i })
        .first()
        .click();
      return page.getByRole('main');
    },
  },
  {
    name: 'add-account',
    answers: on(['full', 'failing']),
    async go(page, state) {
      await page.keyboard.press('Control+n');
      await heading(page, 'Add an account').waitFor();
      if (state === 'full') return button(page, 'Add account');
      await button(page, 'Add account').click();
      return page.getByText('Base URL is needed.');
    },
  },
  {
    name: 'add-account-first',
    answers: on(['empty']),
    async go(page) {
      await page.keyboard.press('Control+n');
      return heading(page, 'Add an account');
    },
  },
  prompt('code', asks.pin, 'brightside'),
  prompt('scan', asks.scan, 'door'),
  prompt('password', asks.password, 'leftcoast'),
  prompt('new-password', asks.newPassword, 'leftcoast'),
  prompt('keyboard', asks.keyboard, 'leftcoast'),
  prompt('agreements', asks.agreements, 'community'),
  prompt('choice', asks.choice, 'community'),
  prompt('page', asks.page, 'leftcoast'),
  {
    name: 'unlock',
    answers: {
      full: locked({}),
      failing: locked({
        state: 'broken',
        failure: {
          kind: 'store-broken',
          message: 'The keyring did not give the key that this vault was closed with.',
          advice: 'Unlock the keyring, then try again.',
        },
      }),
    },
    go: async (page) => page.getByRole('heading', { level: 1 }),
  },
  {
    name: 'first-run',
    answers: {
      empty: locked({ state: 'new', hasPassphrase: false, protection: [], keyring }),
      waiting: locked({
        ...{ state: 'new', hasPassphrase: false, protection: [] },
        keyring: { available: null, backend: 'GNOME Keyring' },
      }),
    },
    go: async (page) => page.getByRole('heading', { level: 1 }),
  },
];
