import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { ensureDisplay } from '../e2e/display.ts';
import { notOffered } from './not-offered.ts';

export interface Tried {
  name: string;
  source: string;
  /** Why it was not tried. */
  skipped: string | null;
  /** What was otherwise than in Electron. */
  failure: string | null;
}

const root = resolve(import.meta.dirname, '../..');

/** Electron's own loader is given one plain file, as the app is. */
async function bundled(outDir: string): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: join(import.meta.dirname, 'main.ts'),
      outDir,
      emptyOutDir: true,
      target: 'node24',
      rollupOptions: { output: { entryFileNames: 'main.mjs' } },
    },
  });
  return join(outDir, 'main.mjs');
}

async function start(host: 'electron' | 'chromium', folder: string): Promise<ChildProcess> {
  const env = {
    ...process.env,
    ...(await ensureDisplay()),
    GATEHOUSE_E2E: '1',
    CONFORMANCE_FOLDER: import.meta.dirname,
  };
  const data = `--user-data-dir=${join(folder, 'data')}`;
  if (host === 'electron') {
    const program: string = createRequire(import.meta.url)('electron');
    const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return spawn(program, [...noSandbox, await bundled(join(folder, 'main')), data], { env });
  }
  const register = join(root, 'stand-in/register.ts');
  const main = join(import.meta.dirname, 'main.ts');
  const node = join(root, 'node_modules/node/bin/node');
  return spawn(node, ['--disable-warning=ExperimentalWarning', '--import', register, main, data], {
    env,
    cwd: root,
  });
}

/** Tries every behaviour on a host. Returns what came of each; throws with what the host printed when it did not come to the end. */
export async function tryAll(host: 'electron' | 'chromium'): Promise<Tried[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-conformance-'));
  try {
    const child = await start(host, folder);
    let said = '';
    let printed = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    const code = await new Promise<number | null>((done) => child.once('close', done));
    const tried = said
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Tried] : []));
    if (code !== 0 && tried.every(({ failure }) => !failure))
      throw new Error(`It ended with ${code}.\n${printed}`);
    return tried;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** For `npm run test:conformance`: prints each that fails, and the count. */
async function main(): Promise<void> {
  const host = process.env.GATEHOUSE_HOST === 'electron' ? 'electron' : 'chromium';
  const tried = await tryAll(host);
  const failed = tried.filter(({ failure }) => failure);
  for (const { name, source, failure } of failed) console.error(`${name} (${source})\n  ${failure}`);
  const done = tried.filter(({ skipped }) => !skipped).length - failed.length;
  const where = host === 'electron' ? 'on Electron' : 'on the stand-in';
  console.log(
    `${tried.length} behaviours, ${done} ${where}, ${Object.keys(notOffered).length} listed as not offered`,
  );
  process.exitCode = failed.length === 0 ? 0 : 1;
}

if (process.argv[1] === import.meta.filename) await main();
