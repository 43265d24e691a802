import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Prompt, Session, Updates } from '#contract/shapes.ts';
import { createNetwork, type Network } from '#http/client.ts';
import { createScheduler, type Scheduler, systemClock } from '#lib/scheduler.ts';
import { createUpdateFeed } from '../../../main/workflows/update-feed.ts';
import { createUpdates, type Updater, type UpdateSource } from '../../../main/workflows/updates.ts';
import { makeKeys, startUpdateServer, type UpdateServer } from './update-server.ts';

const file = { name: 'Gatehouse-2.0.0.AppImage', bytes: Buffer.from('the newer one'), notes: 'Faster.' };
let server: UpdateServer;
let network: Network;
let folder: string;

beforeEach(async () => {
  server = await startUpdateServer();
  network = createNetwork();
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-updates-'));
});
afterEach(async () => {
  network.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

describe('the list of updates', () => {
  const list = (name = 'latest-linux.yml') =>
    createUpdateFeed({
      network,
      address: server.address,
      key: server.publicKey,
      userAgent: 'Gatehouse/1.0.0',
    }).list(name);
  const notSigned = { failure: { message: expect.stringContaining('not signed by Gatehouse’s makers') } };

  test('is believed when the makers signed it', async () => {
    server.offer('2.0.0', file);
    expect(await list()).toEqual({
      version: '2.0.0',
      files: [{ url: file.name, sha512: expect.any(String), size: file.bytes.length }],
      releaseNotes: 'Faster.',
    });
  });

  test.each([
    ['changed after it was signed', { spoil: (text: string) => text.replace('2.0.0', '2.0.1') }],
    ['signed by somebody else', { key: makeKeys().privateKey }],
    ['signed as that of another system', { signedAs: 'latest-mac.yml' }],
  ])('is not when it was %s', async (_what, change) => {
    server.offer('2.0.0', file, change);
    await expect(list()).rejects.toMatchObject(notSigned);
  });

  test('is not without a signature', async () => {
    server.offer('2.0.0', file, { unsigned: true });
    await expect(list()).rejects.toMatchObject({ failure: { status: 404 } });
  });

  test('is not read when it is endless', async () => {
    server.offer('2.0.0', { ...file, notes: 'x'.repeat(300_000) });
    await expect(list()).rejects.toMatchObject(notSigned);
  });

  test.each([
    ['of another server', { files: [{ url: 'https://elsewhere.example/a', sha512: 'a', size: 1 }] }],
    ['of another folder', { files: [{ url: '../a', sha512: `${'a'.repeat(86)}==`, size: 1 }] }],
    ['too large to be one', { files: [{ url: 'a', sha512: `${'a'.repeat(86)}==`, size: 2 ** 40 }] }],
    ['without a hash', { files: [{ url: 'a', size: 1 }] }],
  ])('names no file %s', async (_what, change) => {
    server.offer('2.0.0', file, { list: change });
    await expect(list()).rejects.toMatchObject({
      failure: { message: expect.stringContaining('does not understand') },
    });
  });
});

describe('updates', () => {
  let scheduler: Scheduler;
  let told: Updates[];
  let bugs: unknown[];
  let sessions: { prompts: Pick<Prompt, 'state'>[]; views: Pick<Session, 'state' | 'ending'>[] };
  let installed: number;
  let rooms: ReturnType<typeof createUpdates>[];

  beforeEach(() => {
    scheduler = createScheduler(systemClock, (error) => bugs.push(error));
    [told, bugs, rooms] = [[], [], []];
    sessions = { prompts: [], views: [] };
    installed = 0;
  });
  afterEach(() => {
    for (const room of rooms) room.close();
    scheduler.close();
  });

  /** Installs nothing, but gets the list and the file as they are. */
  const source = (): UpdateSource => ({
    address: server.address,
    key: server.publicKey,
    async open(feed): Promise<Updater> {
      let list: Awaited<ReturnType<typeof feed.list>>;
      return {
        async check() {
          list = await feed.list('latest-linux.yml');
          return list.version === '1.0.0' ? null : { version: list.version, notes: list.releaseNotes ?? '' };
        },
        download: (progress, signal) =>
          feed.file(list.files[0]!, { path: join(folder, 'newer'), progress, signal }),
        install() {
          installed += 1;
        },
      };
    },
  });

  function start(from: UpdateSource = source()) {
    const room = createUpdates({
      source: from,
      network,
      userAgent: 'Gatehouse/1.0.0',
      scheduler,
      sessions: {
        prompts: () => sessions.prompts as Prompt[],
        views: () => sessions.views as Session[],
      },
      now: () => 1_000_000,
      tell: (updates) => told.push(updates),
      reportBug: (error) => bugs.push(error),
    });
    rooms.push(room);
    return room;
  }

  test('are off where nobody set an address, and then nothing is asked', async () => {
    const failure = { kind: 'not-found', message: 'None is set.' } as const;
    await start({ off: failure }).check();
    expect(told).toEqual([expect.objectContaining({ state: 'off', failure })]);
    expect(server.asked).toEqual([]);
  });

  test('are found, downloaded and told of', async () => {
    server.offer('2.0.0', file);
    await start().check();
    expect(told.map(({ state }) => state)).toEqual(
      expect.arrayContaining(['idle', 'checking', 'downloading', 'ready']),
    );
    expect(told.at(-1)).toEqual({
      state: 'ready',
      failure: null,
      version: '2.0.0',
      notes: 'Faster.',
      progress: 1,
      checkedAt: 1_000_000,
    });
    expect(readFileSync(join(folder, 'newer'))).toEqual(file.bytes);
  });

  test('bring words that are bounded', async () => {
    server.offer('2.0.0', { ...file, notes: 'x'.repeat(20_000) });
    await start().check();
    expect(told.at(-1)?.notes).toHaveLength(4_000);
  });

  test('say when there is nothing newer', async () => {
    server.offer('1.0.0', file);
    await start().check();
    expect(told.at(-1)).toMatchObject({ state: 'idle', version: '', failure: null, checkedAt: 1_000_000 });
  });

  test('that can’t be had say why, and can be looked for again', async () => {
    const room = start();
    await room.check();
    expect(told.at(-1)).toMatchObject({ state: 'idle', failure: { status: 404 }, checkedAt: null });
    server.offer('2.0.0', file);
    server.manners.instead = Buffer.from('the nastier 1');
    await room.check();
    expect(told.at(-1)).toMatchObject({ state: 'idle', failure: { kind: 'unexpected-answer' } });
    expect(() => room.assertInstallable()).toThrow('no update to install');
    server.manners.instead = null;
    await room.check();
    expect(told.at(-1)).toMatchObject({ state: 'ready', failure: null });
    expect(bugs).toEqual([]);
  });

  test('that are here stay when the server is away the next time', async () => {
    server.offer('2.0.0', file);
    const room = start();
    await room.check();
    server.offer('2.0.0', file, { unsigned: true });
    await room.check();
    expect(told.at(-1)).toMatchObject({ state: 'ready', failure: { status: 404 } });
    room.assertInstallable();
  });

  test('are not looked for twice at once', async () => {
    server.offer('2.0.0', file);
    const room = start();
    await Promise.all([room.check(), room.check()]);
    expect(server.asked.filter((name) => name === 'latest-linux.yml')).toHaveLength(1);
  });

  const ending = (nextTryAt: number | null) => ({
    state: 'ending' as const,
    ending: { orderedAt: 1, attempts: 1, nextTryAt, lastFailure: null, tokenValidUntil: null },
  });

  test('are not installed while a prompt, a sign-in or an ending is on its way, and are after it', async () => {
    server.offer('2.0.0', file);
    const room = start();
    await room.check();
    sessions.prompts = [{ state: 'open' }];
    expect(() => room.assertInstallable()).toThrow('A sign-in waits for you.');
    sessions.prompts = [{ state: 'refused' }];
    room.assertInstallable();
    sessions.views = [{ state: 'signing-in', ending: null }];
    expect(() => room.assertInstallable()).toThrow('A sign-in is on its way.');
    for (const at of [null, 999_000]) {
      sessions.views = [ending(at)];
      expect(() => room.assertInstallable()).toThrow('An ending is on its way');
    }
    // It waits on disk for its next try, as over any other restart.
    sessions.views = [ending(1_060_000), { state: 'active', ending: null }];
    room.assertInstallable();
    await room.install();
    expect(installed).toBe(1);
  });

  test('that are being downloaded when Gatehouse ends are given up', async () => {
    server.offer('2.0.0', file);
    let answer = () => {};
    server.manners.wait = new Promise<void>((done) => {
      answer = done;
    });
    const room = start();
    const going = room.check();
    room.close();
    answer();
    await going;
    expect(told.at(-1)?.state).toBe('checking');
  });
});
