import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { LedgerRow } from '#contract/shapes.ts';
import { attach, detach } from './attach.ts';
import { dataFolder, eventually, type TestApp } from './harness.ts';

/**
 * The windows of somebody else's pages of one launch, and what they show: asked of Electron, and found on the stand-in by their profiles, for
 * which the launch is given `env`.
 */
export function consoleWindows(app: () => TestApp) {
  const folder = dataFolder();
  mkdirSync(folder, { recursive: true });
  const profiles = () => readdirSync(folder).filter((name) => name.startsWith('gatehouse-window-'));
  const pages = () =>
    app()
      .windows?.()
      .filter((page) => page.url().startsWith('http'));
  const known = new Set<unknown>();

  /** Finds the window that was opened since the last call, and lets go of it when it was read. */
  async function opened(): Promise<{ page: Page; letGo(): Promise<void> | void }> {
    if (pages()) {
      const page = await eventually(() => {
        const found = pages()?.find((one) => !known.has(one));
        if (!found) throw new Error('No window was opened.');
        return found;
      });
      known.add(page);
      return { page, letGo() {} };
    }
    const profile = await eventually(() => {
      const found = profiles().find((name) => !known.has(name));
      if (!found) throw new Error('No window was opened.');
      return found;
    });
    known.add(profile);
    const page = await eventually(async () => {
      const found = await attach(join(folder, profile));
      if (!found) throw new Error('The window shows no page yet.');
      return found;
    });
    return { page, letGo: () => detach(page) };
  }

  return {
    opened,
    /** For the launch. */
    env: { TMPDIR: folder },
    /** How many are open, or not wiped yet. */
    count: () => pages()?.length ?? profiles().length,
    /** The text of the window that was opened since the last call, and what its page's own calls to `path` are answered. */
    async newest(path: string): Promise<{ text: string; answer: string; url: string }> {
      const { page, letGo } = await opened();
      try {
        await page.waitForURL(/^http/);
        await page.waitForLoadState();
        const answer = await page.evaluate(async (address) => (await fetch(address)).text(), path);
        return { text: (await page.locator('body').textContent()) ?? '', answer, url: page.url() };
      } finally {
        await letGo();
      }
    },
  };
}

/** Opens a place of the shown session. */
export const openTab = (app: TestApp, name: 'Session' | 'People' | 'My login') =>
  app.page
    .getByRole('navigation', { name: 'In this session' })
    .getByRole('button', { name, exact: true })
    .click();

/** Presses a button of the open dialog; the last of the name, as its corner may have one too. */
export const press = (app: TestApp, name: string | RegExp) =>
  app.dialog
    .getByRole('button', { name, exact: typeof name === 'string' })
    .last()
    .click();

/** Chooses from the actions of a person's table row. */
export async function rowAction(app: TestApp, row: string, action: string | RegExp): Promise<void> {
  await app.page
    .getByRole('row')
    .filter({ hasText: row })
    .getByRole('button', { name: /^Actions: / })
    .first()
    .click();
  await app.page.getByRole('menuitem', { name: action, exact: typeof action === 'string' }).click();
}

/** What a toast says, which is then closed. */
export async function toast(app: TestApp, words: string | RegExp): Promise<void> {
  const shown = app.page.getByRole('region', { name: 'Messages' });
  await shown.getByText(words).first().waitFor();
  await shown.getByRole('button', { name: 'Close message' }).first().click();
}

/** The ledger has such a row of this event. */
export async function inLedger(app: TestApp, event: string, detail: RegExp): Promise<LedgerRow> {
  const rows = await app.call('ledger.page', { limit: 200, event });
  const found = rows.find((row) => detail.test(row.detail ?? ''));
  if (found) return found;
  throw new Error(`No ${event} ${String(detail)} among ${rows.map(({ detail }) => detail).join(' | ')}`);
}

/** What a copied secret must not be in: the page, what crossed to the window, the ledger. */
export async function isShownNowhere(app: TestApp, secret: string): Promise<void> {
  const traffic = ((await app.control('ipc-traffic')) as string[]).filter((line) =>
    line.startsWith('to page'),
  );
  expect(traffic.length).toBeGreaterThan(0);
  const rows = await app.call('ledger.page', { limit: 500 });
  const places = {
    traffic: traffic.join('\n'),
    ledger: JSON.stringify(rows),
    page: await app.page.content(),
  };
  for (const [place, text] of Object.entries(places))
    expect(text.includes(secret), `the secret in the ${place}`).toBe(false);
}

/** Text that nobody could read, or that would turn the line around. */
export const unseen = /[\p{Cc}\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/u;

/** Nothing sticks out of the window or a dialog, and no invisible character is shown. */
export async function isTidy(app: TestApp): Promise<void> {
  const { wide, text } = await app.page.evaluate(() => ({
    wide: [document.documentElement, ...document.querySelectorAll('[role="dialog"]')].map(
      ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
    ),
    text: document.body.textContent.replace(/[\n\t\r]/g, ' '),
  }));
  expect(wide.filter((px) => px !== 0)).toEqual([]);
  expect(text).not.toMatch(unseen);
}
