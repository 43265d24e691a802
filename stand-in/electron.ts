/** The module that `import … from 'electron'` gets in main under the stand-in host. */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { ClipboardItem, clipboard } from './clipboard.ts';
import './control.ts';
import { dialog } from './dialog.ts';
import { ipcMain } from './ipc.ts';
import { Menu } from './menu.ts';
import { nativeImage } from './native-image.ts';
import { nativeTheme } from './native-theme.ts';
import { net } from './net.ts';
import { Notification } from './notification.ts';
import { notOffered, offer } from './offer.ts';
import { powerMonitor } from './power-monitor.ts';
import { safeStorage } from './safe-storage.ts';
import { protocol } from './scheme.ts';
import { screen } from './screen.ts';
import { session } from './session.ts';
import { shell } from './shell.ts';
import { Tray } from './tray.ts';
import { utilityProcess } from './utility-process.ts';

const globalShortcut = offer('globalShortcut', {
  /** No key is ever taken from the system here. */
  register: (): boolean => false,
  registerAll: (): void => {},
  isRegistered: (): boolean => false,
  unregister: (): void => {},
  unregisterAll: (): void => {},
});

/** Installs nothing; what installs by itself tells the app by its events. */
const autoUpdater = offer('autoUpdater', new EventEmitter());

export {
  app,
  autoUpdater,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
};

// A named import of what is missing must still link, and throw by name when it is used.
export const BaseWindow = notOffered('BaseWindow');
export const contentTracing = notOffered('contentTracing');
export const crashReporter = notOffered('crashReporter');
export const desktopCapturer = notOffered('desktopCapturer');
export const inAppPurchase = notOffered('inAppPurchase');
export const MenuItem = notOffered('MenuItem');
export const MessageChannelMain = notOffered('MessageChannelMain');
export const powerSaveBlocker = notOffered('powerSaveBlocker');
export const pushNotifications = notOffered('pushNotifications');
export const systemPreferences = notOffered('systemPreferences');
export const TouchBar = notOffered('TouchBar');
export const View = notOffered('View');
export const webContents = notOffered('webContents');
export const WebContentsView = notOffered('WebContentsView');
export const webFrameMain = notOffered('webFrameMain');

export default offer('electron', {
  app,
  autoUpdater,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
});
