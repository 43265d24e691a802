import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Updates } from '#contract/shapes.ts';
import { startUpdateServer, type UpdateServer } from '../main/workflows/update-server.ts';
import {
  accountOf,
  atEnd,
  dataFolder,
  eventually,
  nextPin,
  openApp,
  openPractice,
  serverOf,
  type TestApp,
} from './harness.ts';

const root = resolve(import.meta.dirname, '../..');

/* The packed app's folders as they lie in an AppImage, with a key of our own; a real update server; and, in place of the newer
   AppImage, a program that says that it was started. */
describe.skipIf(process.platform !== 'linux' || process.env.GATEHOUSE_HOST === 'electron')(
  'an update',
  () => {
    let server: UpdateServer;
    let folder: string;
    let appImage: string;
    let started: string;
    let newer: Buffer;

    beforeAll(async () => {
      server = await startUpdateServer();
      atEnd(server.close);
      folder = dataFolder();
      started = join(folder, 'started');
      newer = Buffer.from(
        `#!/bin/sh\necho "$APPIMAGE_SILENT_INSTALL" > '${started}'\n#${'.'.repeat(2_000_000)}\n`,
      );
      const app = join(folder, 'resources/app');
      mkdirSync(join(app, 'assets'), { recursive: true });
      for (const part of ['tray', 'icons'])
        symlinkSync(join(root, 'assets', part), join(app, 'assets', part));
      writeFileSync(join(app, 'assets/update-key.pem'), server.publicKey);
      cpSync(join(root, 'out'), join(app, 'out'), {
        recursive: true,
        filter: (path) => !/out\/(e2e|exchanges|.*\.json)$/.test(path),
      });
      cpSync(join(root, 'package.json'), join(app, 'package.json'));
      writeFileSync(join(folder, 'resources/app-update.yml'), 'updaterCacheDirName: gatehouse-updater\n');
      mkdirSync(join(folder, 'etc/gatehouse'), { recursive: true });
      appImage = join(folder, 'Gatehouse.AppImage');
    });

    const policy = (address: string | null) =>
      writeFileSync(
        join(folder, 'etc/gatehouse/policy.json'),
        JSON.stringify(address === null ? {} : { updates: { address } }),
      );

    async function open(options: { packed?: boolean } = {}): Promise<TestApp> {
      writeFileSync(appImage, 'the old one');
      return openApp({
        main: join(folder, 'resources/app/out/main/index.js'),
        env: {
          ...(options.packed === false ? {} : { GATEHOUSE_E2E_PACKED: '1' }),
          XDG_CONFIG_DIRS: join(folder, 'etc'),
          XDG_CACHE_HOME: join(folder, 'cache'),
          APPIMAGE: appImage,
        },
      });
    }
    const state = async (app: TestApp): Promise<Updates> => (await app.snapshot()).appInfo.updates;
    const reach = (app: TestApp, wanted: Updates['state']) =>
      eventually(async () => expect(await state(app)).toMatchObject({ state: wanted }));
    async function openSettings(app: TestApp) {
      await app.page.keyboard.press('Control+,');
      await app.page.getByRole('heading', { name: 'Updates' }).waitFor();
    }

    test('is off where no administrator has set an address, and in a copy that runs from its sources', async () => {
      policy(null);
      const app = await open();
      expect(await state(app)).toMatchObject({
        state: 'off',
        failure: { advice: expect.stringContaining(join(folder, 'etc/gatehouse/policy.json')) },
      });
      await openSettings(app);
      await app.page.getByText('Updates are off').waitFor();
      await app.close();
      policy(server.address);
      const unpacked = await open({ packed: false });
      expect((await state(unpacked)).failure?.message).toContain('runs from its sources');
      await unpacked.close();
    });

    test('is found, shown, downloaded over a broken connection, asked about and installed', async () => {
      policy(server.address);
      const notes = '- Sign-ins are twice as fast.\n- The tray shows <b>who</b> waits.';
      server.offer('9.1.0', { name: 'Gatehouse-9.1.0.AppImage', bytes: newer, notes });
      server.manners.cuts = [700_000];
      const practice = await openPractice();
      const panel = serverOf(practice, 'enhance');
      const app = await open();
      await app.call('settings.change', { onQuit: 'ask' });
      await openSettings(app);
      await app.button('Check now').click();
      await app.page.getByText('Gatehouse 9.1.0 is ready').first().waitFor();
      expect(server.asked.filter((line) => line.includes('AppImage'))).toEqual([
        'Gatehouse-9.1.0.AppImage',
        'Gatehouse-9.1.0.AppImage bytes=700000-',
      ]);
      await app.page.getByText('The tray shows <b>who</b> waits.').waitFor();
      await app.look('update-ready');

      const account = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
      await app.call('sessions.signIn', { accountId: account.id });
      const session = await app.session(account, 'active');
      await app.button('Restart and update').focus();
      await app.page.keyboard.press('Enter');
      await app.dialog.getByText('1 session is active.').waitFor();
      await app.look('update-asks');
      await app.button('Stay').click();
      expect((await app.snapshot()).sessions.find(({ id }) => id === session.id)?.state).toBe('active');
      expect(existsSync(started)).toBe(false);

      await app.button('Restart and update').click();
      await app.button('Keep and update').click();
      await eventually(() => expect(readFileSync(started, 'utf8')).toBe('true\n'));
      expect(readFileSync(appImage)).toEqual(newer);
      expect(spawnSync('stat', ['-c', '%a', appImage], { encoding: 'utf8' }).stdout.trim()).toBe('755');
      await eventually(() => expect(() => process.kill(app.pid, 0)).toThrow());
    });

    test('is not installed while a prompt waits', async () => {
      policy(server.address);
      server.offer('9.2.0', { name: 'Gatehouse-9.2.0.AppImage', bytes: newer });
      const practice = await openPractice();
      const enhance = serverOf(practice, 'enhance');
      const app = await open();
      await app.call('updates.check');
      await reach(app, 'ready');
      const account = await app.call('accounts.add', accountOf(enhance, 'Amir Haddad'));
      const pin = nextPin(practice, account.identity);
      await app.call('sessions.signIn', { accountId: account.id });
      await pin();
      await app.session(account, 'waiting');
      await expect(app.call('updates.install')).rejects.toThrow('A sign-in waits for you.');
      await expect(app.call('app.quit', { endAll: false, update: true })).rejects.toThrow('A sign-in waits');
      expect(readFileSync(appImage, 'utf8')).toBe('the old one');
      await app.close();
    });

    test('ends all sessions first where the settings say so', async () => {
      policy(server.address);
      server.offer('9.5.0', { name: 'Gatehouse-9.5.0.AppImage', bytes: newer });
      rmSync(started, { force: true });
      const panel = serverOf(await openPractice(), 'enhance');
      const app = await open();
      await app.call('settings.change', { onQuit: 'end-all' });
      await app.call('updates.check');
      await reach(app, 'ready');
      const account = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
      await app.call('sessions.signIn', { accountId: account.id });
      await app.session(account, 'active');
      await app.call('updates.install').catch(() => {});
      await eventually(() => expect(existsSync(started)).toBe(true));
      expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toEqual([]);
    });

    test('that can’t be installed is said to be, and Gatehouse ends as it was', async () => {
      policy(server.address);
      server.offer('9.6.0', { name: 'Gatehouse-9.6.0.AppImage', bytes: newer });
      rmSync(started, { force: true });
      const app = await open();
      await app.call('updates.check');
      await reach(app, 'ready');
      rmSync(appImage);
      await app.call('updates.install').catch(() => {});
      await eventually(() => expect(() => process.kill(app.pid, 0)).toThrow());
      expect(app.output()).toContain('Gatehouse was not updated');
      expect(existsSync(started)).toBe(false);
    });

    test('that nobody signed is not downloaded', async () => {
      policy(server.address);
      server.offer(
        '9.3.0',
        { name: 'Gatehouse-9.3.0.AppImage', bytes: newer },
        { spoil: (text) => text.replace('9.3.0', '9.4.0') },
      );
      const app = await open();
      const before = server.asked.length;
      await openSettings(app);
      await app.button('Check now').click();
      await app.page.getByText('is not signed by Gatehouse’s makers').waitFor();
      expect(server.asked.slice(before)).toEqual(['latest-linux.yml', 'latest-linux.yml.sig']);
      await app.look('update-refused');
      await app.close();
    });

    test('that is older than what runs is none', async () => {
      policy(server.address);
      server.offer('0.0.9', { name: 'Gatehouse-0.0.9.AppImage', bytes: newer });
      const app = await open();
      await app.call('updates.check');
      await eventually(async () => expect((await state(app)).checkedAt).not.toBeNull());
      expect(await state(app)).toMatchObject({ state: 'idle', version: '', failure: null });
      await app.close();
    });
  },
);
