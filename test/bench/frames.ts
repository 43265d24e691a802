import type { CDPSession, Page } from 'playwright';

/* How long frames take while a table of the window is used. */

export const oneFrame = 16.7; // ms
/** Of a frame's length: the page's clock is good to 0.1 ms. */
export const clock = 1.01;

declare global {
  interface Window {
    /** Put into the page by this bench. */
    benchFrames(): Frames;
    benchTyping(): number[];
  }
}

/** ms between frames, and how many of them had no row where the middle of the table is. */
export interface Frames {
  times: number[];
  gaps: number;
}

/** The 95th percentile. */
export const late = (times: number[]) =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;

/** The frames that the page drew meanwhile. */
export async function framesWhile(page: Page, table: string, work: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate((table) => {
    const grid = document.querySelector(table);
    const rows = grid?.querySelectorAll<HTMLElement>('[role="row"]') ?? [];
    const [headHeight = 0, rowHeight = 0] = [...rows].map(({ offsetHeight }) => offsetHeight);
    const times: number[] = [];
    let gaps = 0;
    let last = performance.now();
    const tick = (now: number) => {
      times.push(now - last);
      last = now;
      handle = requestAnimationFrame(tick);
      if (!grid || !rowHeight) return;
      const middle = grid.scrollTop + grid.clientHeight / 2 - headHeight;
      if (!grid.querySelector(`[aria-rowindex="${Math.floor(middle / rowHeight) + 2}"]`)) gaps += 1;
    };
    let handle = requestAnimationFrame(tick);
    Object.assign(window, {
      benchFrames: () => {
        cancelAnimationFrame(handle);
        return { times: times.slice(1), gaps };
      },
    });
  }, table);
  await work();
  return page.evaluate(() => window.benchFrames());
}

/** What the machine can do at best: the same wheel over a box as large and as long, with nothing in it. */
export async function framesOfEmptyBox(cdp: CDPSession, page: Page, table: string): Promise<Frames> {
  await page.evaluate((table) => {
    const grid = document.querySelector<HTMLElement>(table);
    if (!grid) throw new Error('There is no table to lay the box over.');
    const { left, top, width, height } = grid.getBoundingClientRect();
    const long = Object.assign(document.createElement('div'), { style: `height: ${grid.scrollHeight}px` });
    const box = document.createElement('div');
    box.style.cssText = `position: fixed; overflow: auto; background: white; left: ${left}px; top: ${top}px; width: ${width}px; height: ${height}px`;
    box.id = 'bench-box';
    box.append(long);
    document.body.append(box);
  }, table);
  const frames = await framesWhile(page, '#bench-box', () => scrollByWheel(cdp, page, '#bench-box'));
  await page.evaluate(() => document.querySelector('#bench-box')?.remove());
  return frames;
}

const lastSeen = (page: Page, what: string) =>
  page.locator(what).evaluate((box) => box.scrollTop + box.clientHeight >= box.scrollHeight - 2);

/** Real wheel events, big steps as of a free-spinning wheel, until the last row is in sight. */
export async function scrollByWheel(cdp: CDPSession, page: Page, what: string): Promise<void> {
  const box = await page.locator(what).boundingBox();
  if (!box) throw new Error('There is nothing to scroll.');
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  for (let step = 0; step < 2000; step += 1) {
    await cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...at, deltaX: 0, deltaY: 12_000 });
    if (step % 25 === 24 && (await lastSeen(page, what))) return;
  }
  throw new Error('The wheel did not reach the last row.');
}

/** ms from a letter typed into a search field to the frame with the rows it leaves; the slowest. */
export async function timeTyping(page: Page, name: string, text: string): Promise<number> {
  const field = page.getByRole('searchbox', { name });
  await field.focus();
  await page.evaluate(() => {
    const times: number[] = [];
    const after = new MessageChannel();
    let started = 0;
    after.port1.onmessage = () => times.push(performance.now() - started);
    addEventListener(
      'keydown',
      (event) => {
        started = event.timeStamp;
        requestAnimationFrame(() => after.port2.postMessage(null));
      },
      true,
    );
    Object.assign(window, { benchTyping: () => times });
  });
  for (const letter of text) {
    await page.keyboard.press(letter);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
  }
  const times = await page.evaluate(() => window.benchTyping());
  if (times.length !== text.length)
    throw new Error(`${times.length} of ${text.length} letters were answered.`);
  return Math.max(...times);
}
