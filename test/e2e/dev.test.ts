import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { anyRuns, processTree } from '../stand-in/processes.ts';
import { attach, detach } from './attach.ts';
import { ensureDisplay } from './display.ts';

const root = resolve(import.meta.dirname, '../..');
const wait = { timeout: 120_000, interval: 100 };
const sources = ['main', 'preload', 'renderer', 'practice', 'stand-in', 'scripts', 'assets'];
const files = ['package.json', 'package-lock.json', 'electron.vite.config.ts'];

/** A copy of the sources that may be changed. */
function copySources(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-dev-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));
  for (const name of [...sources, ...files])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

async function startDev(folder: string) {
  const child = spawn(
    join(root, 'node_modules/node/bin/node'),
    ['scripts/dev/run.ts', '--remote-debugging-port=0'],
    {
      cwd: folder,
      env: {
        ...process.env,
        ...(await ensureDisplay()),
        GATEHOUSE_HOST: process.env.GATEHOUSE_HOST ?? 'chromium',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  onTestFinished(() => {
    for (const pid of processTree(child.pid!)) if (anyRuns([pid])) process.kill(pid, 'SIGKILL');
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return { child, output: () => output };
}

/** What the page's root element says under `data-mark`; null while no page says that it is ready. */
async function markOfPage(folder: string): Promise<string | null> {
  const data = join(folder, 'out/dev-data');
  try {
    const page = (await attach(join(data, 'host/profiles/default'))) ?? (await attach(join(data, 'browser')));
    if (!page) return null;
    const { ready, mark } = await page.evaluate(() => ({ ...document.documentElement.dataset }));
    await detach(page);
    return ready === 'true' ? (mark ?? 'none') : null;
  } catch {
    return null;
  }
}

// What still runs is read from /proc.
test.runIf(process.platform === 'linux')(
  'npm run dev shows what changes, starts main again, outlives what is broken, and leaves nothing running',
  async () => {
    const folder = copySources();
    const { child, output } = await startDev(folder);
    const mark = () => markOfPage(folder);
    const main = join(folder, 'main/index.ts');
    await expect.poll(mark, wait).toBe('none');

    appendFileSync(
      join(folder, 'renderer/main.tsx'),
      "\ndocument.documentElement.dataset.mark = 'changed';\n",
    );
    await expect.poll(mark, wait).toBe('changed');
    expect(output()).not.toContain('restarting');

    appendFileSync(main, "\nconsole.error('this is another main');\n");
    await expect.poll(output, wait).toContain('this is another main');
    await expect.poll(mark, wait).toBe('changed');

    const sound = `${readFileSync(main, 'utf8')}\n`;
    appendFileSync(main, '\nprocess.exit(3);\n');
    await expect.poll(output, wait).toContain('Gatehouse ended with 3');
    writeFileSync(main, sound);
    await expect.poll(mark, wait).toBe('changed');

    const tree = processTree(child.pid!);
    child.kill('SIGINT');
    await once(child, 'exit');
    await expect.poll(() => anyRuns(tree), wait).toBe(false);
  },
  400_000,
);
