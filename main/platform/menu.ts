import { Menu } from 'electron';

/** macOS needs a menu for its editing shortcuts; elsewhere the window has everything itself. */
export function setMenu(quit: () => void) {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      {
        label: 'Gatehouse',
        submenu: [
          { role: 'about' },
          { type: 'separator' },
          { role: 'hide' },
          { role: 'hideOthers' },
          { type: 'separator' },
          { label: 'Quit Gatehouse', accelerator: 'Cmd+Q', click: quit },
        ],
      },
      { role: 'editMenu' },
      { role: 'windowMenu' },
    ]),
  );
}
