import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { type Harness, startHarness } from '../renderer/fixture/harness.ts';
import type { State } from './desks.ts';
import { type Place, places } from './places.ts';

/*
 * npm run screens [-- PLACE …]: draws every place of the window, or those whose names begin so, on sample data, and writes a picture of
 * each in every look and width to out/screens/. A place that can't be drawn, or a window that scrolls sideways, is a failure.
 */

const looks = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'light', forcedColors: 'active' },
} as const;
const widths = [1280, 900, 1600];
/** Drawn at once, and ms that a place may take. */
const pages = 2;
const patience = 30_000;

const folder = fileURLToPath(new URL('../../out/screens/', import.meta.url));
const wanted = process.argv.slice(2);
const chosen = places.filter(({ name }) => wanted.length === 0 || wanted.some((one) => name.startsWith(one)));
if (chosen.length === 0)
  throw new Error(`There is no place ${wanted.join(', ')}: ${places.map(({ name }) => name).join(', ')}.`);

const faults: string[] = [];
let pictures = 0;

function say(name: string, words: string) {
  process.stdout.write(`${name.padEnd(44)} ${words}\n`);
}

function fault(name: string, words: string) {
  faults.push(`${name}: ${words}`);
  say(name, words);
}

/** Pixels by which the window can be scrolled sideways. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function draw(harness: Harness, place: Place, state: State): Promise<void> {
  const of = `${place.name}-${state}`;
  let page: Page | undefined;
  try {
    page = await harness.open({ answers: place.answers[state]!() });
    page.setDefaultTimeout(patience);
    await (await place.go(page, state)).waitFor();
    for (const [look, media] of Object.entries(looks)) {
      await page.emulateMedia(media);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 800 });
        const name = `${of}-${width}-${look}`;
        await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
        pictures += 1;
        const over = await overflow(page);
        if (over > 0) fault(name, `scrolls sideways by ${over} px`);
        else say(name, 'drawn');
      }
    }
  } catch (error) {
    fault(of, `could not be drawn: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    await page?.screenshot({ path: join(folder, `${of}-failed.png`) }).catch(() => {});
  } finally {
    await page?.context().close();
  }
}

if (wanted.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const harness = await startHarness();
const queue = chosen.flatMap((place) =>
  (Object.keys(place.answers) as State[]).map((state) => [place, state] as const),
);
await Promise.all(
  Array.from({ length: pages }, async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await draw(harness, ...next);
  }),
);
for (const complaint of new Set(harness.complaints)) fault('the page', complaint.slice(0, 300));
await harness.stop();
process.stdout.write(`\nscreens: ${pictures} pictures in out/screens, ${faults.length} faults\n`);
for (const one of faults) process.stdout.write(`  ${one}\n`);
process.exit(faults.length === 0 ? 0 : 1);
