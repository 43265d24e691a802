import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import { menuText } from '#lib/native-text.ts';
import { type TrayIcon, type TrayState, trayIcon, trayMenu, traySummary } from './tray-menu.ts';

export interface DesktopTray {
  show(state: TrayState): void;
  close(): void;
}

/** The picture in the system's own kind: macOS colours a template, Windows takes the size it needs out of an .ico. */
function pictureOf(icon: TrayIcon): string {
  if (process.platform === 'darwin') return `${icon}Template.png`;
  return process.platform === 'win32' ? `${icon}.ico` : `${icon}.png`;
}

/** The tray: a picture of the state, nothing of its own. `choose` gets the id of the item that was clicked. */
export function createTray(assets: string, choose: (id: string) => void): DesktopTray {
  const image = (icon: TrayIcon) => nativeImage.createFromPath(join(assets, 'tray', pictureOf(icon)));
  let shownIcon: TrayIcon = 'idle';
  let shownMenu = '';
  const tray = new Tray(image(shownIcon));
  // On macOS a click opens the menu.
  if (process.platform !== 'darwin') tray.on('click', () => choose('open'));

  return {
    show(state) {
      if (tray.isDestroyed()) return;
      const icon = trayIcon(state);
      if (icon !== shownIcon) {
        shownIcon = icon;
        tray.setImage(image(icon));
      }
      // A menu that is set anew closes the one that the person has just opened.
      const items = trayMenu(state);
      const menu = JSON.stringify(items);
      if (menu === shownMenu) return;
      shownMenu = menu;
      tray.setToolTip(`Gatehouse: ${traySummary(state)}`);
      tray.setContextMenu(
        Menu.buildFromTemplate(
          items.map((item) =>
            item.kind === 'separator'
              ? { type: 'separator' }
              : item.kind === 'note'
                ? { label: menuText(item.label), enabled: false }
                : { label: menuText(item.label), enabled: item.enabled, click: () => choose(item.id) },
          ),
        ),
      );
    },
    close: () => tray.destroy(),
  };
}
