import { app, BrowserWindow, protocol } from 'electron';

/* A window like the app's with nothing in it: what a start costs on this machine before the app does anything. */
const html =
  '<!doctype html><html lang="en"><title>Blank</title><body><p role="row" id="row-blank">Blank</p></body></html>';

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
app.enableSandbox();
void app.whenReady().then(() => {
  protocol.handle('app', () => new Response(html, { headers: { 'Content-Type': 'text/html' } }));
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { contextIsolation: true, sandbox: true, nodeIntegration: false },
  });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('app://blank/index.html');
});
