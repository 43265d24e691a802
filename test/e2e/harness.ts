import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright';
import { afterAll, expect, vi } from 'vitest';
import type { AccountInput, Channel, Input, Output } from '#contract/channels.ts';
import type { Account, Session, Snapshot } from '#contract/shapes.ts';
import type { Practice, PracticePerson, PracticeServer, PracticeStart } from '../../practice/common/types.ts';
import { startPractice } from '../../practice/index.ts';
import { portOf } from './attach.ts';
import { type Launched, type LaunchOptions, launchGatehouse } from './launch.ts';

/** What every test's vault is opened with. */
export const passphrase = 'a quiet gatehouse by the river';

const shots = join(import.meta.dirname, '../../out/e2e');
/** ms that an element may take to appear; generous, as the machine may be busy. */
const patience = 15_000;

export interface TestApp extends Launched {
  /** Calls a channel as the window does; throws the failure's sentence. */
  call<C extends Channel>(channel: C, ...input: Input<C> extends void ? [] : [Input<C>]): Promise<Output<C>>;
  snapshot(): Promise<Snapshot>;
  /** The account's newest session, once it is in this state. */
  session(account: Account, state: Session['state']): Promise<Session>;
  button(name: string | RegExp): ReturnType<Page['getByRole']>;
  /** A text field; an optional one has that word in its name, so take a pattern. */
  field(name: string | RegExp): ReturnType<Page['getByRole']>;
  heading(name: string | RegExp): ReturnType<Page['getByRole']>;
  /** The account's row in the list. */
  row(label: string): ReturnType<Page['getByRole']>;
  /** Removes an account and waits until its row is gone; it stays while a vendor is asked to end its sessions. */
  remove(account: Pick<Account, 'id' | 'label'>): Promise<void>;
  /** The open dialog, or the question that wants a yes. */
  dialog: ReturnType<Page['locator']>;
  /** The panel in which sign-ins ask for what they need. */
  prompt: ReturnType<Page['getByRole']>;
  /** No violation for axe in both themes, and a picture of each under out/e2e/. */
  look(name: string): Promise<void>;
}

const closers: (() => Promise<unknown> | unknown)[] = [];

/** Runs at the end of the test file, the last one first. */
export function atEnd(close: () => Promise<unknown> | unknown): void {
  closers.push(close);
}

afterAll(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A folder for the app's data that outlives one launch; removed at the end of the test file. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-e2e-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}

/** Practice servers in this process, so that the test can make them misbehave; closed at the end of the test file. */
export async function openPractice(start: PracticeStart = {}): Promise<Practice> {
  const practice = await startPractice(start);
  atEnd(() => practice.close());
  return practice;
}

export function serverOf(practice: Practice, vendor: string): PracticeServer {
  const found = practice.servers.find((server) => server.vendor === vendor);
  if (!found) throw new Error(`No practice server of ${vendor} runs.`);
  return found;
}

export function personOf(server: PracticeServer, label: string): PracticePerson {
  const found = server.people.find((person) => person.label === label);
  if (!found) throw new Error(`${server.vendor} has no ${label}.`);
  return found;
}

/** What the account form would give for this person; `change` replaces values, '' leaves one out. */
export function accountOf(
  server: PracticeServer,
  label: string,
  change: { label?: string; values?: Record<string, string> } = {},
): AccountInput {
  const { account } = personOf(server, label);
  const values = Object.entries({ ...account.values, ...change.values }).filter(([, value]) => value !== '');
  return {
    vendor: server.vendor,
    label: change.label ?? label,
    values: Object.fromEntries(values),
    realm: account.realm ?? null,
    tags: [],
    colour: 'teal',
  };
}

export interface TestAppOptions extends LaunchOptions {
  /** What opens a new or locked vault; null leaves the first screen as it is. */
  unlockWith?: string | null;
}

/** Starts Gatehouse with an open vault. It is killed at the end of the test file if the test did not close it. */
export async function openApp({
  unlockWith = passphrase,
  ...options
}: TestAppOptions = {}): Promise<TestApp> {
  const userData = options.userData ?? dataFolder();
  const app = await launchGatehouse({ ...options, userData });
  let over = false;
  atEnd(() => (over ? undefined : app.kill()));
  const testApp = appOn({
    ...app,
    close: () => {
      over = true;
      return app.close();
    },
    kill: () => {
      over = true;
      return app.kill();
    },
  });
  if (unlockWith !== null) {
    const { vault } = await testApp.snapshot();
    if (vault.state === 'new')
      await testApp.call('vault.create', { passphrase: unlockWith, recovery: false });
    else if (vault.state === 'locked') await testApp.call('vault.unlock', { passphrase: unlockWith });
    await testApp.page.getByRole('button', { name: 'Settings' }).waitFor({ state: 'attached' });
  }
  return testApp;
}

/** The same app with another page, for a window that was closed and shown again. */
export function appOn(app: Launched): TestApp {
  const { page } = app;
  page.setDefaultTimeout(patience);
  const named = (name: string | RegExp) => ({ name, exact: typeof name === 'string' });

  const call: TestApp['call'] = async (channel, ...input) => {
    const [value] = input;
    const result = await page.evaluate(
      ([name, given]) =>
        window.gatehouse.call(name as 'state.snapshot', ...((given === undefined ? [] : [given]) as [])),
      [channel, value] as const,
    );
    if (!result.ok) throw new Error(`${channel}: ${result.failure.message}`);
    return result.value as never;
  };
  const snapshot = () => call('state.snapshot');
  const row: TestApp['row'] = (label) =>
    page
      .getByRole('treegrid', { name: 'Accounts by vendor' })
      .getByRole('row', { level: 2 })
      .filter({ has: page.getByText(label, { exact: true }) });

  return {
    ...app,
    call,
    snapshot,
    session: (account, state) =>
      eventually(async () => {
        const own = (await snapshot()).sessions.filter(({ accountId }) => accountId === account.id);
        const newest = own.toSorted((a, b) => a.startedAt - b.startedAt).at(-1);
        expect(newest?.state).toBe(state);
        return newest as Session;
      }),
    button: (name) => page.getByRole('button', named(name)),
    field: (name) => page.getByRole('textbox', named(name)),
    heading: (name) => page.getByRole('heading', named(name)),
    row,
    remove: async ({ id, label }) => {
      await call('accounts.remove', { id });
      await row(label).first().waitFor({ state: 'detached' });
    },
    dialog: page.locator('[role="dialog"], [role="alertdialog"]'),
    prompt: page.getByRole('complementary', { name: 'Prompts', exact: true }),
    look: (name) => look(page, name),
  };
}

/** Closes the window as a person does, and waits until its Chromium is gone; the app goes on. Stand-in host only. */
export const closeWindow = (testApp: TestApp) => endChromium(testApp, 'Page.close');

/** Lets the page die as a fault would, and waits until its Chromium is gone. Stand-in host only. */
export const crashPage = (testApp: TestApp) => endChromium(testApp, 'Page.crash');

async function endChromium({ page, userData }: TestApp, order: 'Page.close' | 'Page.crash'): Promise<void> {
  const port = await portOf(join(userData, 'host/profiles/default'));
  const cdp = await page.context().newCDPSession(page);
  // A page that crashed gives no answer.
  void cdp.send(order).catch(() => {});
  await eventually(() => expect(fetch(`http://127.0.0.1:${port}/json/version`)).rejects.toThrow());
}

/** Asks again until it no longer throws. */
export function eventually<T>(attempt: () => Promise<T> | T, timeout = patience): Promise<T> {
  return vi.waitFor(attempt, { timeout, interval: 40 });
}

/** The code of the next letter to this address; call it before the letter is ordered. */
export function nextPin(practice: Practice, to: string): () => Promise<string> {
  const seen = practice.inbox.list(to).length;
  return () =>
    eventually(() => {
      const code = practice.inbox.list(to)[seen]?.code;
      if (!code) throw new Error(`No letter to ${to} has come.`);
      return code;
    });
}

async function look(page: Page, name: string): Promise<void> {
  mkdirSync(shots, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Colours that are on their way would be measured half-way.
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    );
    await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`) });
    // The other mode wants a second page, and no page of Gatehouse may open one.
    const axe = new AxeBuilder({ page })
      // What was just announced is named after its button, which may be gone by now.
      .exclude('[data-live-announcer]')
      .setLegacyMode(true)
      .options({
        resultTypes: ['violations'],
        // The themes differ in their colours alone.
        ...(colorScheme === 'dark' ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {}),
      });
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect(found, `${name}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
}
