import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ensureDisplay } from '../e2e/display.ts';
import { launchGatehouse, startHost } from '../e2e/launch.ts';
import { anyRuns, listening, processTree } from './processes.ts';

const main = join(import.meta.dirname, 'fixture/main.js');
const wait = { timeout: 20_000, interval: 50 };
const folders: string[] = [];
const children: ChildProcess[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'gatehouse-host-'));
  folders.push(path);
  return path;
}

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await gone;
    }
  }
  for (const path of folders.splice(0))
    rmSync(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function plain(userData: string): Promise<ChildProcess> {
  const env = { ...process.env, ...(await ensureDisplay()) } as Record<string, string>;
  delete env.GATEHOUSE_E2E;
  const child = startHost({ main, env, args: [`--user-data-dir=${userData}`] });
  children.push(child);
  return child;
}

test('opens no port outside tests', async () => {
  const userData = folder();
  const child = await plain(userData);
  await expect.poll(() => processTree(child.pid!).length, wait).toBeGreaterThan(4);
  await expect.poll(() => existsSync(join(userData, 'host/profiles/default/Default')), wait).toBe(true);
  expect(listening(processTree(child.pid!))).toEqual([]);
  const tested = await launchGatehouse({ main, host: 'chromium' });
  expect(listening(processTree(tested.pid))).toHaveLength(1);
  await tested.close();
}, 60_000);

test('tells the first start of a second one, which ends', async () => {
  const app = await launchGatehouse({ main, host: 'chromium' });
  const second = await plain(app.userData);
  const code = await new Promise((done) => second.once('exit', done));
  expect(code).toBe(0);
  expect(app.said.find(({ said }) => said === 'told')).toMatchObject({
    argv: expect.arrayContaining([`--user-data-dir=${app.userData}`]),
  });
  await app.close();
}, 60_000);

test('leaves no process behind when it is killed, and starts again on the same folder', async () => {
  const userData = folder();
  const app = await launchGatehouse({ main, host: 'chromium', userData });
  await app.page.evaluate(() => localStorage.setItem('kept', 'yes'));
  const tree = processTree(app.pid);
  expect(tree.length).toBeGreaterThan(4);
  await app.kill();
  const again = await launchGatehouse({ main, host: 'chromium', userData });
  expect(anyRuns(tree)).toBe(false);
  const tree2 = processTree(again.pid);
  expect(await again.close()).toBe(0);
  await expect.poll(() => anyRuns(tree2), wait).toBe(false);
}, 60_000);

test.each([
  ['after it had loaded', {}],
  ['while it loads', { FIXTURE_SLOW: '1' }],
])(
  'comes back when the person closed a window that main keeps, %s',
  async (_when, slow) => {
    const app = await launchGatehouse({ main, host: 'chromium', env: { FIXTURE_KEEP: '1', ...slow } });
    await app.page.close();
    await expect.poll(() => app.said, wait).toContainEqual({ said: 'close', kept: true });
    const second = await plain(app.userData);
    await new Promise((done) => second.once('exit', done));
    const page = await app.findPage();
    expect(await page.title()).toBe('Fixture');
    expect(await app.close()).toBe(0);
  },
  60_000,
);
