import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright';
import { launchGatehouse } from '../e2e/launch.ts';
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
import { type BenchServer, startPracticeServers } from './practice.ts';
import { median, type Row, row, rowByAim } from './row.ts';

const logins = 100_000;
const rounds = 5;
const table = '[role="grid"]';
const places = 12;
const pages = 60;
const labels = ['Nora Lindholm', 'Nora, once more'];

/** A realm of 100,000 logins in the real window: first rows, scrolling through all, memory, searching what is loaded. */
export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const practice = await startPracticeServers('--only', 'enhance', '--logins', String(logins));
  const panel = practice.of('enhance');
  const { page, close } = await launchGatehouse({ userData: join(folder, 'desk') });
  try {
    await signIn(page, panel);
    const cdp = await page.context().newCDPSession(page);
    const barePage = await timeBarePage(panel);
    const empty = await memoryOf(cdp, page);
    const first = await timeFirstRows(page);
    const wheel = await framesWhile(page, table, () => scrollByWheel(cdp, page, table));
    const keys = await framesWhile(page, table, () => scrollByKeys(cdp, page));
    const full = await memoryOf(cdp, page);
    const typing = await timeTyping(page, 'Search what is loaded', 'person0999');
    const bare = await framesOfEmptyBox(cdp, page, table);
    const mib = (bytes: number) => bytes / 1024 / 1024;
    return [
      row('directory first', {
        value: first,
        unit: 'ms',
        limit: barePage,
        aim: 20,
        note: `first rows of ${logins} painted; limit: the same page by node:http; medians of ${rounds} and ${rounds * 4}`,
      }),
      ...frameRows('directory wheel', wheel, bare),
      ...frameRows('directory keys', keys, bare),
      rowByAim('directory memory', mib(full - empty), 'MiB', 80, 'window’s processes, above the empty desk'),
      rowByAim('directory typing', typing, 'ms', 50, 'key to painted rows, over what is loaded; the slowest'),
    ];
  } finally {
    await close();
    await practice.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

function frameRows(name: string, { times, gaps }: Frames, bare: Frames): Row[] {
  const value = late(times);
  const over = times.filter((time) => time > oneFrame * 1.5).length;
  return [
    rowByAim(
      name,
      value,
      'ms',
      oneFrame,
      `95th percentile of ${times.length} frames from the first row to the last, ${over} of them late, ${gaps} with a gap in the rows`,
    ),
    row(`${name}, bare`, {
      value,
      unit: 'ms',
      limit: late(bare.times),
      aim: clock,
      note: 'the same; limit: the wheel over an empty box in the same window',
    }),
  ];
}

/** Two accounts of one person: the desk holds one directory at a time, so each visit after the other's begins anew. */
async function signIn(page: Page, panel: BenchServer): Promise<void> {
  const nora = panel.people.find(({ label }) => label === 'Nora Lindholm');
  if (!nora) throw new Error('The practice panel has no Nora Lindholm.');
  await page.evaluate(
    async ({ account: { values, realm }, labels }) => {
      const done = <T>(result: { ok: true; value: T } | { ok: false; failure: { message: string } }): T => {
        if (!result.ok) throw new Error(result.failure.message);
        return result.value;
      };
      done(
        await window.gatehouse.call('vault.create', {
          passphrase: 'a quiet bench by the river',
          recovery: false,
        }),
      );
      for (const label of labels) {
        const account = done(
          await window.gatehouse.call('accounts.add', {
            vendor: 'enhance',
            label,
            values,
            realm: realm ?? null,
            tags: [],
            colour: 'teal',
          }),
        );
        done(await window.gatehouse.call('sessions.signIn', { accountId: account.id }));
      }
    },
    { account: nora.account, labels },
  );
}

/** ms for the first page of rows as anybody could get it, its connection open already. */
async function timeBarePage(panel: BenchServer): Promise<number> {
  const { identity: email, password } = panel.people.find(({ label }) => label === 'Nora Lindholm') ?? {};
  const agent = new http.Agent({ keepAlive: true });
  const ask = (method: string, path: string, headers: http.OutgoingHttpHeaders, body = '') =>
    new Promise<{ headers: http.IncomingHttpHeaders; text: string }>((done, fail) => {
      http
        .request(`${panel.url}${path}`, { agent, method, headers }, (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          answer.on('end', () => done({ headers: answer.headers, text }));
        })
        .on('error', fail)
        .end(body);
    });
  const json = { 'content-type': 'application/json' };
  const opened = await ask('POST', '/login/sessions', json, JSON.stringify({ email, password }));
  const cookie = (opened.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
  const times: number[] = [];
  for (let round = 0; round <= rounds * 4; round += 1) {
    const started = performance.now();
    const { text } = await ask('GET', '/logins?offset=0&limit=100&sortBy=email&sortOrder=asc', { cookie });
    const { items } = JSON.parse(text) as { items?: unknown[] };
    if (items?.length !== 100) throw new Error(`The panel gave no page of logins: ${text.slice(0, 200)}`);
    if (round > 0) times.push(performance.now() - started);
  }
  agent.destroy();
  return median(times);
}

/** ms from the press on People to the frame after the first rows, of which nothing is held. */
async function timeFirstRows(page: Page): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const label = labels[round % labels.length] ?? '';
    await page
      .getByRole('treegrid', { name: 'Accounts by vendor' })
      .getByRole('row', { level: 2 })
      .filter({ hasText: label })
      .click();
    await page.getByRole('heading', { name: label }).waitFor();
    await page.getByRole('button', { name: 'People', exact: true }).waitFor();
    const time = await page.evaluate(async () => {
      const tab = [...document.querySelectorAll('button')].find((one) => one.textContent === 'People');
      const started = performance.now();
      tab?.click();
      while (!document.querySelector('[role="grid"] [role="row"]:not([aria-busy]) [role="gridcell"] bdi'))
        await new Promise(requestAnimationFrame);
      await new Promise(requestAnimationFrame);
      return performance.now() - started;
    });
    // The first one reads the code of the page, too.
    if (round > 0) times.push(time);
  }
  return median(times);
}

/**
 * Page Down held, at places from the first row to the last, for all of it takes minutes. It repeats as fast as the
 * window takes it, which is several times what a keyboard does.
 */
async function scrollByKeys(cdp: CDPSession, page: Page): Promise<void> {
  const grid = page.getByRole('grid');
  const key = { key: 'PageDown', code: 'PageDown', windowsVirtualKeyCode: 34 };
  for (let place = 0; place < places; place += 1) {
    await grid.evaluate((element, part) => {
      element.scrollTop = (element.scrollHeight - element.clientHeight) * part;
    }, place / places);
    await grid.click();
    for (let step = 0; step < pages; step += 1)
      await cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key, autoRepeat: step > 0 });
  }
  await page.keyboard.press('Control+End');
  await page.waitForFunction(() => {
    const box = document.querySelector('[role="grid"]');
    return box && box.scrollTop + box.clientHeight >= box.scrollHeight - 2;
  });
}

/** Bytes resident of the window's renderer after the garbage is gone; the JavaScript heap where the system tells no more. */
async function memoryOf(cdp: CDPSession, page: Page): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const whole = await page.context().browser()?.newBrowserCDPSession();
  const found = await whole?.send('SystemInfo.getProcessInfo');
  await whole?.detach();
  const ids = found?.processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id) ?? [];
  const sizes = ids.map((id) => /VmRSS:\s+(\d+)/.exec(statusOf(id))?.[1]);
  if (sizes.length > 0 && sizes.every(Boolean)) {
    return sizes.reduce((sum, size) => sum + Number(size) * 1024, 0);
  }
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize;
}

function statusOf(id: number): string {
  try {
    return readFileSync(`/proc/${id}/status`, 'utf8');
  } catch {
    return '';
  }
}
