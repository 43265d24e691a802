import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron as electron, errors, type Page } from 'playwright';
import { attach, detach, lookPatience } from './attach.ts';
import { ensureDisplay } from './display.ts';
import { electronControl } from './electron-control.ts';

export interface Launched {
  page: Page;
  /** Asks the host: 'tray', 'tray-click', 'notifications', 'clipboard', 'idle', 'power', 'dialogs', 'ipc-traffic' … */
  control(name: string, details?: Record<string, unknown>): Promise<unknown>;
  userData: string;
  pid: number;
  /** What the main process printed so far. */
  output(): string;
  /** Messages that the main process sent of its own accord (the host's fixture does). */
  said: Record<string, unknown>[];
  /** Every window that is open, where the host is asked for them (Electron); the stand-in's are found by their profiles. */
  windows?: () => Page[];
  /** Finds the app's page anew, for a window that was closed and shown again. */
  findPage(): Promise<Page>;
  /** Quits as a person would; ends with the exit code. */
  close(): Promise<number | null>;
  /** kill -9, then waits until the process is gone. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  /** Kept after the run when given; a temporary one is removed on close. */
  userData?: string;
  args?: string[];
  env?: Record<string, string | undefined>;
  host?: 'electron' | 'chromium';
  /** The main bundle; the built app when left out. */
  main?: string;
  /** Milliseconds until the page must say that it is ready. */
  timeout?: number;
}

const root = resolve(import.meta.dirname, '../..');

/** Starts Gatehouse and waits until its page says `data-ready="true"`. Throws with its output when it does not. */
export async function launchGatehouse(options: LaunchOptions = {}): Promise<Launched> {
  const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'gatehouse-e2e-'));
  const host = options.host ?? (process.env.GATEHOUSE_HOST === 'electron' ? 'electron' : 'chromium');
  const display = await ensureDisplay();
  const env = { ...process.env, ...display, GATEHOUSE_E2E: '1', ...options.env } as Record<string, string>;
  delete env.GATEHOUSE_USER_DATA;
  const all = { ...options, userData, env, args: [`--user-data-dir=${userData}`, ...(options.args ?? [])] };
  const dropFolder = () => {
    if (!options.userData)
      rmSync(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  return host === 'electron' ? launchElectron(all, dropFolder) : launchChromium(all, dropFolder);
}

type All = LaunchOptions & { userData: string; env: Record<string, string>; args: string[] };

/** Starts the main process on the stand-in host without looking for a window. */
export function startHost(
  options: Pick<LaunchOptions, 'main' | 'args'> & { env: Record<string, string> },
): ChildProcess {
  const main = options.main ?? join(root, 'out/main/index.js');
  const child = fork(main, options.args ?? [], {
    cwd: root,
    env: options.env,
    execPath: join(root, 'node_modules/node/bin/node'),
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', join(root, 'stand-in/register.ts')],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return child;
}

async function launchChromium(options: All, dropFolder: () => void): Promise<Launched> {
  const child = startHost(options);
  const gone = new Promise<number | null>((done) => child.once('exit', done));
  let output = '';
  const said: Record<string, unknown>[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const answers = new Map<number, { done(value: unknown): void; fail(error: Error): void }>();
  child.on('message', (message: Record<string, unknown>) => {
    if (typeof message.control !== 'string') {
      said.push(message);
      return;
    }
    const waiting = answers.get(message.id as number);
    answers.delete(message.id as number);
    if (message.error) waiting?.fail(new Error(String(message.error)));
    else waiting?.done(message.value);
  });
  let count = 0;
  const control: Launched['control'] = (name, details = {}) =>
    new Promise((done, fail) => {
      if (!child.connected) return fail(new Error(`The app is gone; ${name} can't be asked.\n${output}`));
      answers.set(++count, { done, fail });
      child.send({ ...details, control: name, id: count });
      void gone.then(() => fail(new Error(`The app ended before it answered ${name}.\n${output}`)));
    });
  const timeout = options.timeout ?? 30_000;
  const profile = join(options.userData, 'host/profiles/default');
  const findPage = () => whenReady(profile, timeout, gone);
  let page: Page;
  try {
    page = await findPage();
  } catch (error) {
    const seen = await whatIsShown(options.userData);
    child.kill('SIGKILL');
    await gone;
    dropFolder();
    throw new Error(
      `${error instanceof Error ? error.message : error}\n${seen}\nThe app printed:\n${output}`,
    );
  }
  return {
    page,
    control,
    userData: options.userData,
    pid: child.pid!,
    output: () => output,
    said,
    findPage,
    async close() {
      child.kill('SIGTERM');
      const code = await gone;
      await detach(page);
      dropFolder();
      return code;
    },
    async kill() {
      child.kill('SIGKILL');
      await gone;
      await detach(page);
      dropFolder();
    },
  };
}

/** Attaches to the window once its page says that it is ready. */
async function whenReady(profile: string, timeout: number, gone: Promise<number | null>): Promise<Page> {
  const until = Date.now() + timeout;
  let ended = false;
  void gone.then(() => {
    ended = true;
  });
  let last = 'its Chromium shows no page';
  while (Date.now() < until && !ended) {
    let page: Page | null = null;
    try {
      page = await attach(profile);
      const left = Math.max(1, Math.min(lookPatience, until - Date.now()));
      await page?.waitForSelector('html[data-ready="true"]', { state: 'attached', timeout: left });
      if (page) return page;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
      if (error instanceof errors.TimeoutError) console.warn(`launch: looking again, as ${last}`);
      if (page) await detach(page);
    }
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(
    ended
      ? 'The app ended before its window was ready.'
      : `The window was not ready in ${timeout} ms: ${last}`,
  );
}

/** For a failure's message: what a second look finds in the window, and the app's log. Never throws. */
async function whatIsShown(userData: string): Promise<string> {
  const log = await readFile(join(userData, 'logs/gatehouse.log'), 'utf8').catch(() => 'none');
  const lines = [`The log:\n${log.slice(-4_000)}`];
  try {
    const page = await attach(join(userData, 'host/profiles/default'));
    if (!page) throw new Error('No page is shown.');
    const seen = page.evaluate(() => ({
      document: document.readyState,
      visible: document.visibilityState,
      root: document.documentElement.outerHTML.slice(0, 2_000),
    }));
    const late = new Promise((done) => setTimeout(done, 5_000, 'no answer in 5 s'));
    lines.push(`A second look at ${page.url()}: ${JSON.stringify(await Promise.race([seen, late]))}`);
    await detach(page);
  } catch (error) {
    lines.push(`A second look failed: ${error instanceof Error ? error.message : error}`);
  }
  return lines.join('\n');
}

async function launchElectron(options: All, dropFolder: () => void): Promise<Launched> {
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const running = await electron.launch({
    args: [...noSandbox, options.main ?? root, ...options.args],
    cwd: root,
    env: options.env,
  });
  const child = running.process();
  // On Windows the process that Playwright started is a shell.
  const pid = await running.evaluate(() => process.pid);
  const savePath = options.env.GATEHOUSE_SAVE_PATH;
  if (savePath) {
    await running.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, savePath);
  }
  const gone = new Promise<number | null>((done) => child.once('exit', done));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      output += text;
    });
  }
  const findPage = async () => {
    const page = await running.firstWindow();
    await page.waitForSelector('html[data-ready="true"]', {
      state: 'attached',
      timeout: options.timeout ?? 30_000,
    });
    return page;
  };
  return {
    page: await findPage(),
    control: (name, details = {}) => electronControl(running, name, details),
    userData: options.userData,
    pid,
    output: () => output,
    said: [],
    windows: () => running.windows(),
    findPage,
    async close() {
      await running.close().catch(() => {});
      const code = await gone;
      dropFolder();
      return code;
    },
    async kill() {
      process.kill(pid, 'SIGKILL');
      await gone;
      dropFolder();
    },
  };
}
