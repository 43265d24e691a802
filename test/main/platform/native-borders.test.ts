import { beforeEach, expect, test, vi } from 'vitest';
import { offerContextMenus } from '../../../main/platform/menu.ts';
import { closeNotifications, notify } from '../../../main/platform/notifications.ts';
import { createTray } from '../../../main/platform/tray.ts';
import { BrowserWindow, desktop, reset } from './fake-electron.ts';
import { active, northwind } from './tray-sample.ts';

/** What is handed to the system itself, whose menus and notifications take any text. */

vi.mock('electron', () => import('./fake-electron.ts'));
beforeEach(reset);

test('a tray’s label shows an ampersand and is short', () => {
  const tray = createTray('/assets', () => {});
  const label = `Marks & Spencer\n${'x'.repeat(200_000)}`;
  tray.show({ accounts: [{ ...northwind, label }], sessions: [active], locked: false });
  const [line] = desktop.tray!.labels.filter((one) => one.startsWith('Sign out Marks'));
  expect(line).toMatch(/^Sign out Marks && Spencer x+…$/);
  expect(line!.length).toBeLessThan(90);
});

test('the tray is given a picture and a menu only when they have changed', () => {
  const tray = createTray('/assets', () => {});
  const state = { accounts: [northwind], sessions: [], locked: false };
  tray.show(state);
  const { set } = desktop.tray!;
  tray.show(state);
  expect(desktop.tray!.set).toBe(set);
  tray.show({ ...state, sessions: [active] });
  expect(desktop.tray!.image).toBe('/assets/tray/active.png');
  tray.close();
  tray.show(state);
  expect(desktop.tray!.image).toBe('/assets/tray/active.png');
});

test.each([
  ['darwin', '/assets/tray/idleTemplate.png', 0],
  ['win32', '/assets/tray/idle.ico', 1],
  ['linux', '/assets/tray/idle.png', 1],
])('the tray on %s has that system’s kind of picture, and its kind of click', (platform, picture, opened) => {
  vi.spyOn(process, 'platform', 'get').mockReturnValue(platform as NodeJS.Platform);
  const choose = vi.fn();
  createTray('/assets', choose);
  vi.restoreAllMocks();
  desktop.tray!.emit('click');
  expect(desktop.tray!.image).toBe(picture);
  expect(choose).toHaveBeenCalledTimes(opened);
});

test('a click with the second button offers what can be done there, and nothing where there is nothing to do', () => {
  offerContextMenus();
  const window = new BrowserWindow({});
  const flags = { canCut: false, canCopy: true, canPaste: true, canSelectAll: true };
  const click = (change: object) =>
    window.webContents.emit(
      'context-menu',
      {},
      { isEditable: false, selectionText: '', editFlags: flags, ...change },
    );
  click({});
  click({ selectionText: '  ' });
  expect(desktop.popups).toEqual([]);
  click({ selectionText: 'a word' });
  click({ isEditable: true });
  expect(
    desktop.popups.map((items) => items.flatMap(({ role, enabled }) => (role ? [[role, enabled]] : []))),
  ).toEqual([
    [['copy', true]],
    [
      ['cut', false],
      ['copy', true],
      ['paste', true],
      ['selectAll', true],
    ],
  ]);
});

test('a notification is short, one line, and taken down when it is told to', () => {
  notify(`Amir\u202e${'x'.repeat(200_000)}`, `a\n${'y'.repeat(200_000)}`, () => {});
  const [shown] = desktop.notifications;
  expect(shown!.title).toMatch(/^Amir x{74}…$/);
  expect(shown!.body).toMatch(/^a y{197}…$/);
  closeNotifications();
  expect(shown!.open).toBe(false);
});

test('a click on a notification does what it is about, once it was shown', () => {
  const click = vi.fn();
  notify('A session runs out soon', '', click);
  desktop.notifications[0]!.emit('click');
  expect(click).toHaveBeenCalledOnce();
});
