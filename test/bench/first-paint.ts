import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { startHost } from '../e2e/launch.ts';

const root = resolve(import.meta.dirname, '../..');
const limit = 60_000; // ms

/** Runs in the page: reports the moment after the frame in which the first row was painted. */
const watcher = `(() => {
  if (globalThis.firstRowWatched) return;
  globalThis.firstRowWatched = true;
  const after = new MessageChannel();
  after.port1.onmessage = () => firstRow(String(performance.timeOrigin + performance.now()));
  const look = () => {
    if (!document.querySelector('[role="row"][id^="row-"]')) return false;
    requestAnimationFrame(() => after.port2.postMessage(null));
    return true;
  };
  if (look()) return;
  const observer = new MutationObserver(() => look() && observer.disconnect());
  observer.observe(document, { childList: true, subtree: true });
})()`;

/** Starts `main` (the app's bundle, or the blank window) on this folder; answers ms from there to the first painted row. */
export async function timeToFirstRow(main: string, userData: string): Promise<number> {
  const electron = process.env.GATEHOUSE_HOST === 'electron';
  const portFile = join(userData, electron ? '' : 'host/profiles/default', 'DevToolsActivePort');
  rmSync(portFile, { force: true });
  const started = performance.timeOrigin + performance.now();
  const child = electron ? startElectron(main, userData) : startChromiumHost(main, userData);
  const gone = once(child, 'exit');
  try {
    return (await firstRow(portFile, child)) - started;
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

function startChromiumHost(main: string, userData: string): ChildProcess {
  const env = { ...process.env, GATEHOUSE_E2E: '1' } as Record<string, string>;
  const child = startHost({ main, args: [`--user-data-dir=${userData}`], env });
  child.stdout?.resume();
  child.stderr?.resume();
  return child;
}

function startElectron(main: string, userData: string): ChildProcess {
  const program: string = createRequire(import.meta.url)('electron');
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [...noSandbox, '--remote-debugging-port=0', main, `--user-data-dir=${userData}`];
  return spawn(program, args, { cwd: root, stdio: 'ignore' });
}

/** Listens to the window's page by the debugging port; answers the moment of its first row, ms since 1970. */
async function firstRow(portFile: string, child: ChildProcess): Promise<number> {
  const until = Date.now() + limit;
  const wait = async <T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> => {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (child.exitCode !== null)
        throw new Error(`The app ended with ${child.exitCode} before its first row.`);
      if (Date.now() > until) throw new Error(`No row was painted within ${limit} ms.`);
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const port = await wait(() => portIn(portFile));
  const address = await wait(async () => {
    const list = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null);
    const targets = ((await list?.json()) ?? []) as { type: string; webSocketDebuggerUrl: string }[];
    return targets.find((target) => target.type === 'page')?.webSocketDebuggerUrl;
  });
  const socket = new WebSocket(address);
  await once(socket, 'open');
  const told = new Promise<number>((done, fail) => {
    socket.addEventListener('message', ({ data }) => {
      const { method, params } = JSON.parse(String(data));
      if (method === 'Runtime.bindingCalled' && params.name === 'firstRow') done(Number(params.payload));
    });
    child.once('exit', () => fail(new Error('The app ended before its first row was painted.')));
    setTimeout(() => fail(new Error(`No row was painted within ${limit} ms.`)), limit).unref();
  });
  let id = 0;
  const send = (method: string, params: object = {}) =>
    socket.send(JSON.stringify({ id: ++id, method, params }));
  send('Runtime.enable');
  send('Page.enable');
  send('Runtime.addBinding', { name: 'firstRow' });
  send('Page.addScriptToEvaluateOnNewDocument', { source: watcher });
  send('Runtime.evaluate', { expression: watcher });
  try {
    return await told;
  } finally {
    socket.close();
  }
}

function portIn(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').split('\n')[0] || undefined;
  } catch {
    return undefined;
  }
}
