import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

/* The workflow can't be run here. What can be read is read: that each job finds what it asks for. */

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const step = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.union([z.string(), z.boolean()]).optional(),
  shell: z.string().optional(),
});
const job = z.looseObject({
  'runs-on': z.string(),
  'timeout-minutes': z.number(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  if: z.string().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  env: z.record(z.string(), z.string()).optional(),
  strategy: z
    .object({ matrix: z.object({ include: z.array(z.record(z.string(), z.unknown())) }) })
    .loose()
    .optional(),
  steps: z.array(step),
});
const workflow = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  defaults: z.object({ run: z.object({ shell: z.string() }) }),
  jobs: z.record(z.string(), job),
});
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

const { jobs, permissions, defaults } = workflow.parse(load(read('.github/workflows/electron.yml')));
const all = Object.entries(jobs).map(([name, one]) => ({ name, ...one }));
type Job = (typeof all)[number];

/** The systems that a job runs on. */
const systems = ({ strategy, ...one }: Job) =>
  strategy ? strategy.matrix.include.map(({ os }) => String(os)) : [one['runs-on']];
const kindOf = (os: string) =>
  os.startsWith('ubuntu') ? 'Linux' : os.startsWith('macos') ? 'macOS' : 'Windows';
/** What a job's steps run on one kind of system, in order. */
const commandsOn = (kind: string, { steps }: Job) =>
  steps
    .filter((one) => !/runner\.os == '/.test(String(one.if)) || String(one.if).includes(`'${kind}'`))
    .map((one) => one.run ?? '')
    .join('\n');
const pairs = all.flatMap((one) => [...new Set(systems(one).map(kindOf))].map((kind) => ({ kind, ...one })));

test('there is one workflow, which this reads', () => {
  expect(readdirSync(join(root, '.github/workflows'))).toEqual(['electron.yml']);
});

test('there is a quick job, the window on three systems and once without a sandbox, packing on three, and a release', () => {
  expect(Object.keys(jobs)).toEqual(['quick', 'e2e', 'pack', 'supply-chain', 'release']);
  for (const name of ['e2e', 'pack'] as const) {
    expect(new Set(systems({ name, ...jobs[name]! }).map(kindOf))).toEqual(
      new Set(['Linux', 'macOS', 'Windows']),
    );
  }
  expect(jobs.e2e?.env).toEqual({ GATEHOUSE_HOST: 'electron' });
  expect(jobs.e2e?.strategy?.matrix.include.filter(({ root: asRoot }) => asRoot)).toHaveLength(1);
});

describe.each(pairs)('$name on $kind', (one) => {
  const { kind, steps } = one;
  const commands = commandsOn(kind, one);

  test('runs only scripts that there are', () => {
    const named = [...commands.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name!);
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    for (const name of named) {
      const file = /^node (scripts\/\S+)/.exec(scripts[name]!)?.[1];
      if (file) expect(read(file)).not.toBe('');
    }
  });

  test('checks out without its token, and has the Node that the project names', () => {
    expect(steps[0]).toMatchObject({ with: { 'persist-credentials': false } });
    expect(steps[1]).toMatchObject({ with: { 'node-version-file': '.nvmrc' } });
  });

  const comesFirst = (first: RegExp, then: RegExp) => {
    const [at, needed] = [commands.search(then), commands.search(first)];
    if (at === -1) return;
    expect(needed, `${first} before ${then}`).toBeGreaterThan(-1);
    expect(needed).toBeLessThan(at);
  };

  test('installs what its steps need before they need it', () => {
    const window = /npm run (check|test:|start-packed)/;
    comesFirst(/npm run setup/, window);
    if (kind === 'Linux') {
      comesFirst(/apt-get install .*\bxvfb\b/, window);
      comesFirst(/apparmor_restrict_unprivileged_userns=0/, window);
      comesFirst(/apt-get install .*\bgnome-keyring\b/, /npm run check/);
      comesFirst(/playwright install --with-deps chromium/, /npm run (check|test:e2e)/);
      comesFirst(/GATEHOUSE_CHROMIUM=/, /npm run (check|test:e2e)/);
      comesFirst(/apt-get install .*\blibgtk-3-0t64\b/, /npm run (test:|start-packed)/);
      comesFirst(/apt-get install .*\brpm\b/, /npm run dist/);
    } else expect(commands).not.toMatch(/apt-get|sysctl/);
    comesFirst(/npm run dist/, /npm run start-packed/);
  });

  test('is bounded in time', () => {
    expect(one['timeout-minutes']).toBeLessThanOrEqual(45);
  });
});

test('every step on Windows has a shell that understands it', () => {
  expect(defaults.run.shell).toBe('bash');
  for (const { steps } of all)
    for (const one of steps) if (one.run?.includes('$env:')) expect(one.shell).toBe('pwsh');
});

test('what is packed is installed and started on each system', () => {
  for (const kind of ['Linux', 'macOS', 'Windows']) {
    const starts = commandsOn(kind, { name: 'pack', ...jobs.pack! }).match(/npm run start-packed/g) ?? [];
    expect(starts.length, kind).toBeGreaterThanOrEqual(2);
  }
});

test('nothing may write but the release, which comes last, from a tag, and only drafts', () => {
  expect(permissions).toEqual({ contents: 'read' });
  expect(all.filter((one) => one.permissions).map(({ name }) => name)).toEqual(['release']);
  expect(jobs.release).toMatchObject({
    if: "github.ref_type == 'tag'",
    needs: ['e2e', 'pack', 'supply-chain'],
  });
  const releases = [...read('.github/workflows/electron.yml').matchAll(/gh release \S+.*/g)].map(
    ([text]) => text,
  );
  expect(releases).toEqual([expect.stringMatching(/^gh release create .*--draft/)]);
});

test('line ends are the same on every system', () => {
  expect(read('.gitattributes')).toContain('* text=auto eol=lf');
});
