/**
 * What main and preload use of Electron and no behaviour tries, on either host, by the reason. `test/electron-api.test.ts`
 * derives the uses; what is neither tried nor here fails it.
 */
export const notTried: Record<string, string[]> = {
  'a person or the system has to do something first; main’s part is tried in test/main/platform': [
    'App#activate',
    'App#second-instance',
    'BrowserWindow#leave-full-screen',
    'BrowserWindow#session-end',
    'Menu.popup',
    'PowerMonitor#lock-screen',
    'PowerMonitor#resume',
    'PowerMonitor#suspend',
    'WebContents#context-menu',
    'WebContents#input-event',
  ],
  'a person has to answer, or the suite would wait': [
    'Dialog.showErrorBox',
    'Dialog.showMessageBox',
    'Dialog.showOpenDialog',
    'Dialog.showSaveDialog',
    'Shell.openExternal',
  ],
  'it refuses what the suite has nobody to offer: a certificate, a password, a guest page': [
    'App#certificate-error',
    'App#select-client-certificate',
    'WebContents#will-attach-webview',
  ],
  'before the app is ready only, and it ends every page where a system has no sandbox': ['App.enableSandbox'],
  'without a window manager, as on a virtual display, nothing fills the screen': [
    'BrowserWindow.setFullScreen',
  ],
  'on one system only; tried in test/main/platform on a desktop that acts as it': [
    'App.dock',
    'App.setUserTasks',
    'BrowserWindow.setOverlayIcon',
    'Dock.setMenu',
  ],
  'gives the place to a second program, which the suite does not start; test/e2e/updates.test.ts does': [
    'App.releaseSingleInstanceLock',
  ],
  'takes a key from the whole desktop; some systems ask the person': ['GlobalShortcut.register'],
};
