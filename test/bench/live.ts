import type { Page } from 'playwright';
import type { Change, Session } from '#contract/shapes.ts';
import { startHarness } from '../renderer/fixture/harness.ts';
import { answersFor, minutes, now } from '../renderer/fixture/sample.ts';
import { desk } from '../renderer/live/live-desk.ts';
import {
  clock,
  type Frames,
  framesOfEmptyBox,
  framesWhile,
  late,
  oneFrame,
  scrollByWheel,
  timeTyping,
} from './frames.ts';
import { median, type Row, row, rowByAim } from './row.ts';

const many = 5_000;
const few = 50;
const changing = 1_000;
const rounds = 5;
const table = '#live-table';

/** Live with 5,000 sessions, in the built window over a bridge of samples: first paint, frames while it is used, the filter. */
export async function measure(): Promise<Row[]> {
  const harness = await startHarness();
  try {
    const open = (sessions: number) =>
      harness.open({ answers: answersFor(desk(sessions, sessions)), width: 1440, height: 900 });
    const small = await timeFirstRows(await open(few));
    const page = await open(many);
    const first = await timeFirstRows(page);
    const cdp = await page.context().newCDPSession(page);
    const sessions = desk(many, many).sessions;
    const idle = await framesWhile(page, table, () => nextFrames(page, 120));
    const grouping = await framesWhile(page, table, () => group(page));
    const sorting = await framesWhile(page, table, () => sort(page));
    const change = await framesWhile(page, table, () => changeMany(page, sessions));
    const wheel = await framesWhile(page, table, () => scrollByWheel(cdp, page, table));
    const bare = await framesOfEmptyBox(cdp, page, table);
    const typing = await timeTyping(page, 'Filter sessions', 'customer 499');
    return [
      row('live first', {
        value: first,
        unit: 'ms',
        limit: small,
        aim: 2,
        note: `from loading the window to the first rows of ${many} sessions painted; limit: of ${few}; medians of ${rounds}`,
      }),
      frameRow('live sorting', sorting, idle, 'every column, both ways; limit: frames with nothing to do'),
      frameRow('live grouping', grouping, idle, 'each grouping and back; limit: frames with nothing to do'),
      frameRow(
        'live changing',
        change,
        idle,
        `${changing} sessions change at once, again and again; limit: frames with nothing to do`,
      ),
      frameRow(
        'live scrolling',
        wheel,
        bare,
        'from the first row to the last; limit: the wheel over an empty box',
      ),
      rowByAim('live typing', typing, 'ms', 50, 'key to painted rows of the filter; the slowest'),
    ];
  } finally {
    await harness.stop();
  }
}

function frameRow(name: string, { times }: Frames, bare: Frames, note: string): Row {
  const over = times.filter((time) => time > oneFrame * 1.5).length;
  return row(name, {
    value: late(times),
    unit: 'ms',
    limit: late(bare.times),
    aim: clock,
    note: `95th percentile of ${times.length} frames, ${over} of them late: ${note}`,
  });
}

/** ms from loading the window anew to the frame after its first rows. */
async function timeFirstRows(page: Page): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    await page.reload();
    await page.waitForFunction((rows) => document.querySelector(rows), `${table} [aria-level="2"]`, {
      polling: 'raf',
    });
    const time = await page.evaluate(async () => {
      await new Promise(requestAnimationFrame);
      return performance.now();
    });
    // The first one reads the code of the page, too.
    if (round > 0) times.push(time);
  }
  return median(times);
}

const nextFrames = (page: Page, count: number) =>
  page.evaluate(async (left) => {
    for (let frame = 0; frame < left; frame += 1) await new Promise(requestAnimationFrame);
  }, count);

/** Presses each head twice; three frames later the next. */
async function sort(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let turn = 0; turn < 2; turn += 1)
      for (const head of document.querySelectorAll<HTMLElement>('#live-table [role="columnheader"] button')) {
        for (let press = 0; press < 2; press += 1) {
          head.click();
          for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
        }
      }
  });
}

/** Goes through the groupings by keys and back; ends with none, so that all rows are as high. */
async function group(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Group/ }).focus();
  for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowRight'])
    for (let step = 0; step < 5; step += 1) {
      await page.keyboard.press(key);
      await nextFrames(page, 3);
    }
}

/** A thousand sessions are seen alive and end later, in one batch; three frames later the next thousand. */
async function changeMany(page: Page, sessions: readonly Session[]): Promise<void> {
  for (let round = 0; round < 10; round += 1) {
    const from = (round * changing) % many;
    const changes = sessions.slice(from, from + changing).map(
      (session): Change => ({
        entity: 'session',
        id: session.id,
        value: { ...session, checkedAt: now + round, expiresAt: now + minutes(30 + round) },
      }),
    );
    await page.evaluate((batch) => {
      Object.assign(window, { benchBatch: batch });
    }, changes);
    await nextFrames(page, 2);
    await page.evaluate(async () => {
      window.fixture.change(window.benchBatch);
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    });
  }
}

declare global {
  interface Window {
    benchBatch: Change[];
  }
}
