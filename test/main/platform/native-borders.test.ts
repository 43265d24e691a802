import { beforeEach, expect, it, vi } from 'vitest';
import { closeNotifications, notify } from '../../../main/platform/notifications.ts';
import { createTray } from '../../../main/platform/tray.ts';
import { desktop, reset } from './fake-electron.ts';
import { active, northwind } from './tray-sample.ts';

/** What is handed to the system itself, whose menus and notifications take any text. */

vi.mock('electron', () => import('./fake-electron.ts'));
beforeEach(reset);

it('a tray’s label shows an ampersand and is short', () => {
  const tray = createTray('/assets', () => {});
  const label = `Marks & Spencer\n${'x'.repeat(200_000)}`;
  tray.show({ accounts: [{ ...northwind, label }], sessions: [active], locked: false });
  const [line] = desktop.tray!.labels.filter((one) => one.startsWith('Sign out Marks'));
  expect(line).toMatch(/^Sign out Marks && Spencer x+…$/);
  expect(line!.length).toBeLessThan(90);
});

it('a notification is short, one line, and taken down when it is told to', () => {
  notify(`Amir\u202e${'x'.repeat(200_000)}`, `a\n${'y'.repeat(200_000)}`, () => {});
  const [shown] = desktop.notifications;
  expect(shown!.title).toMatch(/^Amir x{74}…$/);
  expect(shown!.body).toMatch(/^a y{197}…$/);
  closeNotifications();
  expect(shown!.open).toBe(false);
});

it('a click on a notification does what it is about, once it was shown', () => {
  const click = vi.fn();
  notify('A session runs out soon', '', click);
  desktop.notifications[0]!.emit('click');
  expect(click).toHaveBeenCalledOnce();
});
