import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';

/** ms that one look at a window may take before another is tried. */
export const lookPatience = 10_000;

/** The port that a window's Chromium wrote into its profile; '' while there is none. */
export const portOf = async (profile: string): Promise<string> =>
  (await readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '')).split('\n')[0] ?? '';

/**
 * Attaches to the window of the stand-in host that has this profile; null while it doesn't show its page. A debugger
 * that came while the window was starting has been seen to wait for ever beside a page that worked, so the host's first,
 * empty page must have given way to the app's. Throws after `lookPatience`.
 */
export async function attach(profile: string): Promise<Page | null> {
  const port = await portOf(profile);
  if (!port || !(await showsPage(port))) return null;
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, {
    noDefaults: true,
    isLocal: true,
    timeout: lookPatience,
  });
  const page = browser.contexts().flatMap((context) => context.pages())[0];
  if (!page) await browser.close();
  return page ?? null;
}

export const detach = async (page: Page): Promise<void> => {
  await page
    .context()
    .browser()
    ?.close()
    .catch(() => {});
};

async function showsPage(port: string): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
    const pages = (await answer.json()) as { type: string; url: string }[];
    return pages.some(({ type, url }) => type === 'page' && !url.startsWith('data:'));
  } catch {
    return false;
  }
}
