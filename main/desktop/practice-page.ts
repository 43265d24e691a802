import { BrowserWindow } from 'electron';
import { letRoam } from './security.ts';

/** Opens a page of the practice servers in a window of its own, with a profile that is wiped and nothing of the app in it. */
export function openPracticePage(address: string, title: string) {
  const window = new BrowserWindow({
    width: 720,
    height: 760,
    title,
    autoHideMenuBar: true,
    webPreferences: { partition: 'practice', contextIsolation: true, sandbox: true, nodeIntegration: false },
  });
  letRoam(window.webContents, new URL(address).origin);
  return window.loadURL(address);
}
