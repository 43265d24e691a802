import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { clipboard } from './clipboard.ts';
import { asked } from './dialog.ts';
import type { BuiltMenu } from './menu.ts';
import { shownNotifications } from './notification.ts';
import { idle, thePowerMonitor } from './power-monitor.ts';
import { openedOutside } from './shell.ts';
import { traffic } from './traffic.ts';
import { shownTray } from './tray.ts';

/** What a test may ask for over the process's own channel, when GATEHOUSE_E2E=1. */
interface Order {
  control: string;
  id?: number;
  event?: string;
  label?: string;
  index?: number;
  seconds?: number;
  url?: string;
}

interface MenuLine {
  label: string;
  type: string;
  enabled: boolean;
  submenu?: MenuLine[];
}

const orders: Record<string, (order: Order) => unknown> = {
  power: ({ event = '' }) => thePowerMonitor.emit(event, {}),
  idle: ({ seconds }) => {
    idle.seconds = seconds ?? null;
  },
  tray: () => {
    const tray = shownTray.current;
    return tray && { image: tray.image, toolTip: tray.toolTip, menu: tray.menu ? lines(tray.menu) : [] };
  },
  'tray-click': ({ label = '' }) => {
    const item = shownTray.current?.menu?.find(label);
    if (!item) throw new Error(`The tray has no item '${label}'.`);
    if (!item.enabled) throw new Error(`The tray's item '${label}' is disabled.`);
    item.click();
  },
  notifications: () => shownNotifications.map(({ title, body }) => ({ title, body })),
  'notification-click': ({ index = 0 }) => {
    collectGarbage();
    shownNotifications[index]?.held.deref()?.emit('click', {});
  },
  clipboard: () => clipboard.readText(),
  windows: () =>
    BrowserWindow.getAllWindows().map((one) => ({ title: one.getTitle(), visible: one.isVisible() })),
  opened: () => openedOutside,
  dialogs: () => asked.shown,
  'answer-dialog': ({ index = 0 }) => {
    asked.nextAnswer = index;
  },
  'open-url': ({ url = '' }) => app.emit('open-url', { preventDefault() {} }, url),
  'ipc-traffic': () => traffic(),
  quit: () => app.quit(),
};

/** What nobody holds any more is gone, which otherwise happens some time later. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}

function lines(menu: BuiltMenu): MenuLine[] {
  return menu.items
    .filter((item) => item.visible)
    .map(({ label, type, enabled, submenu }) => ({
      label,
      type,
      enabled,
      ...(submenu ? { submenu: lines(submenu) } : {}),
    }));
}

if (process.env.GATEHOUSE_E2E === '1' && process.send) {
  process.on('message', async (message) => {
    const order = message as Order;
    const run = orders[order.control];
    if (!run) return;
    try {
      process.send?.({ control: order.control, id: order.id, value: (await run(order)) ?? null });
    } catch (error) {
      process.send?.({ control: order.control, id: order.id, error: String(error) });
    }
  });
  process.channel?.unref();
}
