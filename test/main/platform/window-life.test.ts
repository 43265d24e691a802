import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createWindow } from '../../../main/platform/window.ts';
import { inSight, type Place } from '../../../main/platform/window-place.ts';
import { desktop, reset } from './fake-electron.ts';

/* The window on systems that the stand-in host is not: Wayland, macOS, Windows, and more than one screen. */

vi.mock('electron', () => import('./fake-electron.ts'));

let kept: Place[];
let ended: number;
let closes: boolean;

function open(place: Place = { width: 1280, height: 800 }) {
  kept = [];
  ended = 0;
  closes = false;
  const window = createWindow({
    preload: '/preload.cjs',
    icon: '/icon.png',
    place,
    keepPlace: (last) => kept.push(last),
    onClose: () => !closes,
    onSessionEnd: () => {
      ended += 1;
    },
    onPageLost: () => {},
  });
  return { window, real: desktop.windows[0]! };
}

beforeEach(() => {
  reset();
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});
const on = (platform: NodeJS.Platform) => vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);

test.each(['darwin', 'linux'] as const)('on %s the icon has the number of those who wait', (platform) => {
  on(platform);
  const { window } = open();
  for (const count of [0, 2, 2, 0]) window.badge(count, '/waiting.ico');
  expect(desktop.told).toEqual(['badge 2', 'badge 0']);
});

test('on Windows the taskbar’s button has a picture and a word while somebody waits', () => {
  on('win32');
  const { window } = open();
  for (const count of [3, 3, 0]) window.badge(count, '/waiting.ico');
  expect(desktop.told).toEqual(['overlay /waiting.ico 3 waiting for you', 'overlay none ']);
  window.destroy();
  window.badge(1, '/waiting.ico');
  expect(desktop.told).toHaveLength(2);
});

describe('the first look', () => {
  test('comes when the page can be drawn', () => {
    const { real } = open();
    expect(real.visible).toBe(false);
    real.emit('ready-to-show');
    expect(real.visible).toBe(true);
    expect(real.options.backgroundColor).toBe('#f9fafc');
  });

  test('comes on Linux once the page is loaded, and everywhere after three seconds, if that is never said', () => {
    on('linux');
    const linux = open().real;
    linux.webContents.emit('did-finish-load');
    expect(linux.visible).toBe(true);
    reset();
    on('darwin');
    const mac = open().real;
    mac.webContents.emit('did-finish-load');
    vi.advanceTimersByTime(2_999);
    expect(mac.visible).toBe(false);
    vi.advanceTimersByTime(1);
    expect(mac.visible).toBe(true);
  });

  test('does not come back for somebody who has closed the window by then', () => {
    const { real } = open();
    real.close();
    real.emit('ready-to-show');
    vi.advanceTimersByTime(10_000);
    expect(real.visible).toBe(false);
  });
});

describe('what main sends', () => {
  test('waits for the page where the person is wanted, the last of each kind, and is dropped where it is news', () => {
    const { window, real } = open();
    window.changes([]);
    window.request({ what: 'confirm-quit', activeSessions: 1 });
    window.request({ what: 'confirm-quit', activeSessions: 2 });
    window.request({ what: 'show-prompts' });
    expect(real.webContents.sent).toEqual([]);
    window.pageListens();
    expect(real.webContents.sent.map(([, value]) => value)).toEqual([
      { what: 'confirm-quit', activeSessions: 2 },
      { what: 'show-prompts' },
    ]);
    window.changes([]);
    window.pageListens();
    expect(real.webContents.sent).toHaveLength(3);
  });

  test('waits again for the page that comes after a crash', () => {
    const { window, real } = open();
    window.pageListens();
    real.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    window.request({ what: 'confirm-quit', activeSessions: 1 });
    expect(real.webContents.sent).toEqual([]);
    window.pageListens();
    expect(real.webContents.sent).toHaveLength(1);
    // It ended again at once, and nobody has asked for it since.
    real.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    window.request({ what: 'show-prompts' });
    expect(real.webContents.sent).toHaveLength(1);
  });
});

describe('its place', () => {
  test('is kept as it is when it is not maximised, at each close and at the end', () => {
    const { window, real } = open({ x: 5, y: 5, width: 1280, height: 800, maximized: true });
    expect(real.options).toMatchObject({ x: 5, y: 5 });
    real.emit('ready-to-show');
    expect(real.maximized).toBe(true);
    const last = { x: 10, y: 20, width: 1000, height: 700, maximized: true };
    real.close();
    expect(kept).toEqual([last]);
    window.destroy();
    expect(kept).toEqual([last, last]);
  });

  test('is the system’s choice where its screen is no longer there', () => {
    expect(open({ x: 2_500, y: 100, width: 1280, height: 800 }).real.options).not.toHaveProperty('x');
    const screens = [
      { x: 0, y: 30, width: 1920, height: 1050 },
      { x: 1920, y: 0, width: 1080, height: 1920 },
    ];
    const seen = (x: number, y: number) => 'x' in inSight({ x, y, width: 1280, height: 800 }, screens);
    expect(seen(0, 30)).toBe(true);
    expect(seen(2_000, 1_800)).toBe(true);
    expect(seen(-1_100, 30)).toBe(true);
    expect(seen(-1_200, 30)).toBe(false);
    expect(seen(0, 1_060)).toBe(false);
    expect(seen(0, -20)).toBe(false);
  });
});

test('that fills a screen on macOS leaves it before it is hidden', () => {
  on('darwin');
  const { real } = open();
  real.emit('ready-to-show');
  real.fullScreen = true;
  real.close();
  expect(real).toMatchObject({ visible: true, fullScreen: false });
  real.emit('leave-full-screen');
  expect(real.visible).toBe(false);
});

test('tells when Windows ends the person’s session', () => {
  open().real.emit('session-end');
  expect(ended).toBe(1);
});

test('that is gone is asked nothing, and can still be told to go', () => {
  const { window, real } = open();
  closes = true;
  real.close();
  expect(real.destroyed).toBe(true);
  window.show();
  window.destroy();
  expect(window.focused()).toBe(false);
  expect(window.parent()).toBeNull();
  vi.advanceTimersByTime(10_000);
});
