import { beforeEach, expect, test, vi } from 'vitest';
import { createWindow } from '../../../main/platform/window.ts';

/** A page that dies, which the desktop can't be made to do at will. */
const desktop = vi.hoisted(() => ({
  loads: 0,
  asked: 0,
  answer: (_button: number) => {},
  die: () => {},
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class BrowserWindow extends EventEmitter {
    webContents = Object.assign(new EventEmitter(), { id: 1, setWebRTCIPHandlingPolicy() {} });
    constructor() {
      super();
      desktop.die = () => this.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    }
    async loadURL() {
      desktop.loads += 1;
    }
    isDestroyed = () => false;
    isVisible = () => false;
    isMinimized = () => false;
    show() {}
    focus() {}
  }
  const showMessageBox = () => {
    desktop.asked += 1;
    return new Promise((done) => {
      desktop.answer = (response) => done({ response });
    });
  };
  return {
    BrowserWindow,
    dialog: { showMessageBox },
    protocol: {},
    nativeTheme: { shouldUseDarkColors: false },
    screen: { getAllDisplays: () => [] },
  };
});

function open() {
  Object.assign(desktop, { loads: 0, asked: 0 });
  return createWindow({
    preload: '/preload.cjs',
    icon: null,
    place: { width: 1, height: 1 },
    keepPlace: () => {},
    onClose: () => true,
    onSessionEnd: () => {},
    onPageLost: () => {},
  });
}

let window: ReturnType<typeof open>;
beforeEach(() => {
  window = open();
});

test('loads a page that died anew, and asks when it dies at once again', () => {
  desktop.die();
  expect(desktop).toMatchObject({ loads: 2, asked: 0 });
  desktop.die();
  expect(desktop).toMatchObject({ loads: 2, asked: 1 });
});

test('opens it again when the person says so', async () => {
  desktop.die();
  desktop.die();
  desktop.answer(0);
  await expect.poll(() => desktop.loads).toBe(3);
});

test('leaves it closed when the person says so, until the window is asked for', async () => {
  desktop.die();
  desktop.die();
  desktop.answer(1);
  await new Promise((done) => setImmediate(done));
  expect(desktop.loads).toBe(2);
  window.show();
  window.show();
  expect(desktop.loads).toBe(3);
});

test('is not opened twice by the tray and a late answer', async () => {
  desktop.die();
  desktop.die();
  window.show();
  desktop.answer(0);
  await new Promise((done) => setImmediate(done));
  expect(desktop.loads).toBe(3);
});
