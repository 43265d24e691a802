import { execFile, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { releaseNotes } from '../../scripts/lib/release-notes.mjs';
import { launchGatehouse, startHost } from './launch.ts';

const root = resolve(import.meta.dirname, '../..');
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 9;

/** A folder that looks to electron-builder like Electron's own, with a program whose fuses are all on. */
function standInDist(folder: string): string {
  const dist = join(folder, 'electron-dist');
  for (const name of ['resources', 'locales']) mkdirSync(join(dist, name), { recursive: true });
  const wire = Buffer.from([1, fuseCount, ...Buffer.alloc(fuseCount, '1')]);
  const program = Buffer.concat([Buffer.from(`#!/bin/sh\nexit 0\n# ${sentinel}`), wire]);
  writeFileSync(join(dist, 'electron'), program, { mode: 0o755 });
  writeFileSync(join(dist, 'LICENSE'), 'Stands in for Electron’s licence.\n');
  writeFileSync(join(dist, 'locales/en-US.pak'), '');
  return dist;
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe.skipIf(process.platform !== 'linux')('the packed app', () => {
  let folder: string;
  let packed: string;
  let unpacked: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gatehouse-pack-'));
    const options = [
      ...['--linux', 'dir', '--publish', 'never'],
      ...[`-c.electronDist=${standInDist(folder)}`, `-c.directories.output=${join(folder, 'dist')}`],
    ];
    const builder = join(root, 'node_modules/electron-builder/cli.js');
    const node = join(root, 'node_modules/node/bin/node');
    await promisify(execFile)(node, [builder, ...options], { cwd: root });
    packed = join(folder, 'dist/linux-unpacked');
    unpacked = join(folder, 'unpacked');
    extractAll(join(packed, 'resources/app.asar'), unpacked);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds our bundles, the tray’s pictures, the window’s icon and package.json, and nothing else', () => {
    const inArchive = listPackage(join(packed, 'resources/app.asar'), { isPack: false })
      .map((path) => path.slice(1))
      .filter((path) => /\.\w+$/.test(path))
      .sort();
    const parts = ['out/main', 'out/chunks', 'out/preload', 'out/renderer', 'out/practice', 'assets/tray'];
    const ours = parts.flatMap((part) =>
      filesUnder(join(root, part)).map((path) => path.slice(root.length + 1)),
    );
    const single = ['assets/icons/256x256.png', 'assets/update-key.pem', 'package.json'].filter((path) =>
      existsSync(join(root, path)),
    );
    expect(inArchive).toEqual(
      [...ours.filter((path) => !/\.map$|THIRD-PARTY-NOTICES/.test(path)), ...single].sort(),
    );
    for (const needed of ['out/main/index.js', 'out/preload/index.cjs', 'out/renderer/index.html']) {
      expect(inArchive).toContain(needed);
    }
    expect(inArchive.filter((path) => /node_modules|\.tsx?$|\.map$|\.test\.|\.db/.test(path))).toEqual([]);
    expect(readdirSync(join(packed, 'resources')).sort()).toEqual(['app-update.yml', 'app.asar', 'licences']);
  });

  test('says where its updater keeps what it downloads, and names no server that could be asked', () => {
    expect(load(readFileSync(join(packed, 'resources/app-update.yml'), 'utf8'))).toEqual({
      provider: 'generic',
      url: 'https://updates.invalid',
      updaterCacheDirName: 'gatehouse-updater',
    });
  });

  test('holds what installs updates, and does not read it at the start', () => {
    const text = (path: string) => readFileSync(join(unpacked, 'out', path), 'utf8');
    const read = new Set(['main/index.js']);
    for (const path of read) {
      for (const [, chunk] of text(path).matchAll(
        /(?:from|import)\s*["'](?:\.\.?\/)+(?:chunks\/)?([\w.-]+\.js)["']/g,
      ))
        read.add(`chunks/${chunk}`);
    }
    const updater = /class AppImageUpdater|parseUpdateInfo/;
    expect(read.size).toBeGreaterThan(1);
    expect([...read].filter((path) => updater.test(text(path)))).toEqual([]);
    const chunks = readdirSync(join(unpacked, 'out/chunks')).map((name) => `chunks/${name}`);
    expect(chunks.filter((path) => updater.test(text(path)))).toHaveLength(1);
  });

  test('brings the key that updates are checked with, where there is one', () => {
    const ours = existsSync(join(root, 'assets/update-key.pem'));
    expect(existsSync(join(unpacked, 'assets/update-key.pem'))).toBe(ours);
  });

  test('brings the licence of every package that is bundled', () => {
    const licences = join(packed, 'resources/licences');
    expect(readFileSync(join(licences, 'Gatehouse.txt'), 'utf8')).toBe(
      readFileSync(join(root, 'LICENSE'), 'utf8'),
    );
    const notices = ['main', 'window']
      .map((part) => readFileSync(join(licences, `third-party-${part}.md`), 'utf8'))
      .join('\n');
    const parts = notices.split(/^## (?=\S+ - \d)/m).slice(1);
    const named = new Set(parts.map((part) => part.split(' - ')[0]));
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(Object.keys(dependencies).filter((name) => !named.has(name))).toEqual([]);
    // These come without a licence file; the heading names the licence.
    const bare = parts.filter((part) => part.trim().split('\n').length === 1).map((part) => part.trim());
    expect(bare).toEqual([
      expect.stringMatching(/^abstract-logging - .+ \(MIT\)$/),
      expect.stringMatching(/^data-uri-to-buffer - .+ \(MIT\)$/),
      expect.stringMatching(/^lazy-val - .+ \(MIT\)$/),
    ]);
  });

  test('says nothing of the machine that packed it, nor of what only developers need', () => {
    const telling = filesUnder(unpacked).filter((path) => readFileSync(path, 'latin1').includes(root));
    expect(telling).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ productName: 'Gatehouse', main: 'out/main/index.js', type: 'module' });
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  test('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'gatehouse'));
    const on = (fuse: FuseV1Options) => wire[fuse] === '1'.charCodeAt(0);
    expect({
      runAsNode: on(FuseV1Options.RunAsNode),
      cookieEncryption: on(FuseV1Options.EnableCookieEncryption),
      nodeOptions: on(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: on(FuseV1Options.EnableNodeCliInspectArguments),
      asarIntegrity: on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      onlyAsar: on(FuseV1Options.OnlyLoadAppFromAsar),
      ownSnapshot: on(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
      fileProtocol: on(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      inspect: false,
      asarIntegrity: true,
      onlyAsar: true,
      ownSnapshot: false,
      fileProtocol: false,
    });
  });

  test('starts from what is in the archive', async () => {
    const app = await launchGatehouse({ host: 'chromium', main: join(unpacked, 'out/main/index.js') });
    try {
      expect(await app.page.title()).toContain('Gatehouse');
      expect(await app.page.locator('#root').textContent()).not.toBe('');
    } finally {
      await app.close();
    }
  });

  test('does not start with a switch that weakens it, and says which', async () => {
    const userData = join(folder, 'never');
    const start = async (switches: string[], env: Record<string, string>) => {
      const app = startHost({
        main: join(unpacked, 'out/main/index.js'),
        args: [`--user-data-dir=${userData}`, ...switches],
        env: { PATH: process.env.PATH ?? '', GATEHOUSE_E2E: '1', GATEHOUSE_E2E_PACKED: '1', ...env },
      });
      let said = '';
      app.stderr?.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
      const [code] = await once(app, 'exit');
      return { code, said };
    };
    expect(await start(['--remote-debugging-port=9222'], {})).toEqual({
      code: 1,
      said: expect.stringContaining('Gatehouse does not start with --remote-debugging-port,'),
    });
    expect(await start([], { NODE_DEBUG: 'http' })).toEqual({
      code: 1,
      said: expect.stringContaining('the environment variable NODE_DEBUG is set'),
    });
    expect(existsSync(userData)).toBe(false);
  });

  test('brings its practice servers', async () => {
    const servers = fork(join(unpacked, 'out/practice/index.js'), {
      cwd: unpacked,
      execPath: join(root, 'node_modules/node/bin/node'),
      execArgv: [],
    });
    const [said] = await once(servers, 'message');
    const gone = once(servers, 'exit');
    servers.disconnect();
    await gone;
    const vendors = said.servers.map((server: { vendor: string }) => server.vendor);
    expect(vendors.sort()).toEqual(['cyclos', 'enhance', 'koyeb', 'nextauth']);
  });
});

describe('the installers', () => {
  const configuration = load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));

  test('are described as electron-builder’s own schema wants it', () => {
    const schema = JSON.parse(readFileSync(join(root, 'node_modules/app-builder-lib/scheme.json'), 'utf8'));
    const check = new Ajv({ strict: false, allErrors: true }).compile(schema);
    check(configuration);
    expect(check.errors ?? []).toEqual([]);
    // It tells a wrong word from a right one.
    expect(check({ ...(configuration as object), linux: { targets: ['deb'] } })).toBe(false);
  });

  test('are made for each system and processor, with what its updater takes', () => {
    expect(configuration).toMatchObject({
      linux: { target: ['AppImage', 'deb', 'rpm'] },
      mac: {
        target: [
          { target: 'dmg', arch: ['x64', 'arm64'] },
          { target: 'zip', arch: ['x64', 'arm64'] },
        ],
      },
      win: { target: [{ target: 'nsis', arch: ['x64', 'arm64'] }] },
      nsis: { buildUniversalInstaller: false },
    });
    // The updater tells the processors by the file's name, and the list names no file that Gatehouse would refuse.
    expect(configuration).toHaveProperty('artifactName', expect.stringMatching(/^[\w${}.-]+$/));
    expect(configuration).toHaveProperty('artifactName', expect.stringMatching(/\$\{arch\}\.\$\{ext\}$/));
  });

  test('are signed by what the environment has, and made without', () => {
    const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
    expect(text).not.toMatch(/identity:|certificate|forceCodeSigning|cscLink|notarize: *true/i);
  });

  test('that can’t be made for want of a network say so in a sentence at the end', {
    timeout: 240_000,
  }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-no-network-'));
    const { status, stderr } = spawnSync(
      process.execPath,
      ['scripts/dist.mjs', '--dir', `-c.directories.output=${join(folder, 'dist')}`],
      {
        cwd: root,
        encoding: 'utf8',
        // Nobody listens there, and nothing was kept from before.
        env: { ...process.env, ELECTRON_MIRROR: 'http://127.0.0.1:1/', electron_config_cache: folder },
      },
    );
    rmSync(folder, { recursive: true, force: true });
    expect(status).toBe(1);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      /^gatehouse: Electron or a tool for packing could not be downloaded \(ECONNREFUSED\)\. Check the network/,
    );
  });

  test('take what is new from the changelog', () => {
    const log =
      '# Changelog\n\n## Unreleased\n\n- Later.\n\n## 1.2.0 (2026-11-01)\n\n- Now.\n\n## 1.1.0\n\n- Before.\n';
    expect(releaseNotes(log, '1.2.0')).toBe('- Now.');
    expect(releaseNotes(log, '1.3.0')).toBe('- Later.');
    expect(releaseNotes('', '1.3.0')).toBe('');
  });
});

describe('the icons', () => {
  const sizeOf = (path: string) => {
    const { width, height } = PNG.sync.read(readFileSync(join(root, 'assets', path)));
    return `${width}x${height}`;
  };

  test('are there in the sizes that the three systems want', () => {
    for (const size of [16, 32, 48, 64, 128, 256, 512]) {
      expect(sizeOf(`icons/${size}x${size}.png`)).toBe(`${size}x${size}`);
    }
    // electron-builder makes the .icns and .ico of this one.
    expect(sizeOf('icon.png')).toMatch(/^(512x512|1024x1024)$/);
  });

  test('are there for every state of the tray, twice as large for dense screens', () => {
    for (const state of ['idle', 'active', 'waiting', 'attention']) {
      for (const kind of ['', 'Template']) {
        const [width = 0] = sizeOf(`tray/${state}${kind}.png`).split('x').map(Number);
        expect(sizeOf(`tray/${state}${kind}@2x.png`)).toBe(`${2 * width}x${2 * width}`);
      }
      const ico = readFileSync(join(root, 'assets/tray', `${state}.ico`));
      const sizes = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
        const entry = 6 + 16 * index;
        const [bytes, at] = [ico.readUInt32LE(entry + 8), ico.readUInt32LE(entry + 12)];
        const { width } = PNG.sync.read(ico.subarray(at, at + bytes));
        expect(width).toBe(ico.readUInt8(entry));
        return width;
      });
      expect(sizes).toEqual([16, 20, 24, 32, 48]);
    }
  });
});
