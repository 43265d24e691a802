import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import { menuText } from '#lib/native-text.ts';
import { type TrayState, trayIcon, trayMenu, traySummary } from './tray-menu.ts';

export interface DesktopTray {
  show(state: TrayState): void;
  close(): void;
}

/** The tray: a picture of the state, nothing of its own. `choose` gets the id of the item that was clicked. */
export function createTray(assets: string, choose: (id: string) => void): DesktopTray {
  const image = (name: string) => nativeImage.createFromPath(join(assets, 'tray', `${name}.png`));
  const tray = new Tray(image('idle'));
  tray.on('click', () => choose('open'));

  return {
    show(state) {
      tray.setImage(image(trayIcon(state)));
      tray.setToolTip(`Gatehouse: ${traySummary(state)}`);
      tray.setContextMenu(
        Menu.buildFromTemplate(
          trayMenu(state).map((item) =>
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
