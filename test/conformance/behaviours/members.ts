import assert from 'node:assert/strict';
import { app, globalShortcut, Menu, Notification, nativeImage, net, session, shell, Tray } from 'electron';
import { of } from '../behaviour.ts';
import { folder, home, openWindow, ourWindow, until } from '../world.ts';

/* What main asks of Electron in passing. */
export const members = [
  ...of('docs/api/app.md', {
    'it says what it is': () => {
      assert.match(app.getVersion(), /^\d+\.\d+/);
      assert.equal(app.isPackaged, false);
      assert.equal(app.setAppUserModelId('example.gatehouse.conformance'), undefined);
    },
    'no badge can always be set, and a number where the launcher shows one': () => {
      const shown = app.setBadgeCount(2);
      assert.equal(app.getBadgeCount(), shown ? 2 : 0);
      assert.equal(app.setBadgeCount(0), true);
      assert.equal(app.getBadgeCount(), 0);
    },
  }),
  ...of('docs/api/browser-window.md', {
    'a window that is hidden is not seen, and comes back with or without the focus': async () => {
      const one = openWindow();
      one.show();
      one.focus();
      one.hide();
      assert.equal(one.isVisible(), false);
      assert.equal(one.isFocused(), false);
      one.showInactive();
      assert.equal(one.isVisible(), true);
      one.destroy();
    },
    'a window is neither small nor large before somebody makes it so': () => {
      const one = openWindow();
      const states = [one.isMinimized(), one.isMaximized(), one.isFullScreen()];
      assert.deepEqual(states, [false, false, false]);
      one.destroy();
    },
    'a window that is made small and brought back is as it was': async () => {
      const one = openWindow({ width: 700, height: 500 });
      one.show();
      one.maximize();
      one.restore();
      const { width, height } = one.getNormalBounds();
      assert.deepEqual([width, height], [700, 500]);
      one.destroy();
    },
  }),
  ...of('docs/api/web-contents.md', {
    'a page can be made silent, and WebRTC confined': async () => {
      const { webContents } = await ourWindow();
      webContents.setAudioMuted(true);
      webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
      webContents.setWebRTCIPHandlingPolicy('default');
      webContents.setAudioMuted(false);
    },
    'a page that ended is told of with the reason': async () => {
      const one = openWindow();
      await one.loadURL(home);
      let why = '';
      one.webContents.on('render-process-gone', (_event, { reason }) => {
        why = reason;
      });
      one.webContents.forcefullyCrashRenderer();
      await until(() => why !== '');
      assert.ok(['crashed', 'killed'].includes(why));
      one.destroy();
    },
  }),
  ...of('docs/api/session.md', {
    'the default session is the one of windows that name none': async () => {
      const { webContents } = await ourWindow();
      assert.equal(webContents.session, session.defaultSession);
    },
    'what a session keeps can be cleared, each kind with a promise': async () => {
      const own = session.fromPartition('conformance-cleared');
      own.setPermissionCheckHandler(() => false);
      const clearing = [
        own.clearCache(),
        own.clearAuthCache(),
        own.clearCodeCaches({}),
        own.clearHostResolverCache(),
        own.closeAllConnections(),
        own.setProxy({ mode: 'direct' }),
      ];
      for (const one of clearing) assert.ok(one instanceof Promise);
      await Promise.all(clearing);
    },
  }),
  ...of('docs/api/global-shortcut.md', {
    'keys that nobody has taken are not registered, and giving them back is no error': () => {
      assert.equal(globalShortcut.isRegistered('CommandOrControl+Alt+Shift+F12'), false);
      globalShortcut.unregister('CommandOrControl+Alt+Shift+F12');
    },
  }),
  ...of('docs/api/net.md', {
    'whether there is a network is known at once': () => {
      assert.equal(typeof net.isOnline(), 'boolean');
    },
  }),
  ...of('docs/api/notification.md', {
    'a notification that is closed says so': async () => {
      const one = new Notification({ title: 'A title' });
      const told: string[] = [];
      one.on('close', () => told.push('close'));
      one.on('failed', () => told.push('failed'));
      one.on('click', () => told.push('click'));
      one.show();
      one.close();
      assert.equal(told.includes('click'), false);
    },
  }),
  ...of('docs/api/shell.md', {
    'opening what is not there is told of by the promise': async () => {
      const opening = shell.openPath(`${folder}/no-such-file`);
      assert.ok(opening instanceof Promise);
      assert.equal(typeof (await opening), 'string');
    },
  }),
  ...of('docs/api/tray.md', {
    'a tray takes another picture and another menu': () => {
      const tray = new Tray(nativeImage.createEmpty());
      let clicks = 0;
      tray.on('click', () => {
        clicks += 1;
      });
      tray.setImage(nativeImage.createEmpty());
      tray.setContextMenu(Menu.buildFromTemplate([{ label: 'One' }]));
      assert.equal(clicks, 0);
      tray.destroy();
    },
  }),
];
