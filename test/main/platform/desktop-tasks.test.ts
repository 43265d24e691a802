import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { offerTasks, type Task, taskOf } from '../../../main/platform/desktop-tasks.ts';
import { takeShortcut } from '../../../main/platform/sign-out-shortcut.ts';
import { app, desktop, reset } from './fake-electron.ts';

/* What macOS and Windows let a person do without the window, and keys of the whole desktop. */

vi.mock('electron', () => import('./fake-electron.ts'));
const on = (platform: NodeJS.Platform) => vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);

beforeEach(reset);
afterEach(() => {
  app.isPackaged = false;
  vi.restoreAllMocks();
});

test('on Windows the jump list starts this program again with what is wanted, and that is understood', () => {
  on('win32');
  app.isPackaged = true;
  offerTasks(() => {});
  const list = desktop.tasks as { title: string; program: string; arguments: string }[];
  expect(list.map(({ title }) => title)).toEqual(['Sign out everywhere', 'Lock']);
  expect(new Set(list.map(({ program }) => program))).toEqual(new Set([process.execPath]));
  expect(list.map((one) => taskOf([one.program, '--allow-file-access', one.arguments]))).toEqual([
    'sign-out-everywhere',
    'lock',
  ]);
});

test('a program that is not packed is not put there, as the list would start the bare Electron', () => {
  on('win32');
  offerTasks(() => {});
  expect(desktop.tasks).toBeNull();
});

test('on macOS the dock does it at once', () => {
  on('darwin');
  const chosen: Task[] = [];
  offerTasks((task) => chosen.push(task));
  for (const { click } of desktop.dockMenu ?? []) click?.();
  expect(chosen).toEqual(['sign-out-everywhere', 'lock']);
  expect(desktop.tasks).toBeNull();
});

test('a start like any other asks for nothing', () => {
  expect(taskOf(['/usr/bin/gatehouse', '--user-data-dir=/tmp/--lock', 'lock'])).toBeNull();
});

test('the keys are taken when they are wanted, given back when not, and another program’s are told of', () => {
  const act = vi.fn();
  expect(takeShortcut(false, act)).toBe('off');
  expect(desktop.keys.size).toBe(0);
  expect([takeShortcut(true, act), takeShortcut(true, act)]).toEqual(['on', 'on']);
  desktop.keys.get('CommandOrControl+Alt+Shift+O')?.();
  expect(act).toHaveBeenCalledOnce();
  expect(takeShortcut(false, act)).toBe('off');
  expect(desktop.keys.size).toBe(0);
  desktop.keysTaken = true;
  expect(takeShortcut(true, act)).toBe('refused');
});
