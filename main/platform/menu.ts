import { app, type ContextMenuParams, Menu, type MenuItemConstructorOptions } from 'electron';

/** The keys for zoom, full screen, closing and editing come with the menu: without one Electron has none of them. */
const view: MenuItemConstructorOptions = {
  label: 'View',
  submenu: [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    // The same key without Shift.
    { role: 'zoomIn', accelerator: 'CommandOrControl+=', visible: false, acceleratorWorksWhenHidden: true },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ],
};

/** Sets the menu: on macOS at the top of the screen, elsewhere out of sight until Alt is pressed. */
export function setMenu(quit: () => void) {
  const mac = process.platform === 'darwin';
  const quitItem = { label: 'Quit Gatehouse', click: quit };
  const own: MenuItemConstructorOptions[] = mac
    ? [
        { role: 'about' },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { ...quitItem, accelerator: 'Cmd+Q' },
      ]
    : [{ role: 'close' }, quitItem];
  const rest: MenuItemConstructorOptions[] = mac
    ? [{ label: 'File', submenu: [{ role: 'close' }] }, { role: 'editMenu' }, view, { role: 'windowMenu' }]
    : [{ role: 'editMenu' }, view];
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'Gatehouse', submenu: own }, ...rest]));
}

/** What a click with the second button offers: to edit where that can be done, to copy what is selected; else nothing. */
function contextItems({
  isEditable,
  selectionText,
  editFlags,
}: ContextMenuParams): MenuItemConstructorOptions[] {
  if (isEditable) {
    return [
      { role: 'cut', enabled: editFlags.canCut },
      { role: 'copy', enabled: editFlags.canCopy },
      { role: 'paste', enabled: editFlags.canPaste },
      { type: 'separator' },
      { role: 'selectAll', enabled: editFlags.canSelectAll },
    ];
  }
  return selectionText.trim() === '' ? [] : [{ role: 'copy', enabled: editFlags.canCopy }];
}

/** Gives every page, whoever made it, the menu that Electron has not. */
export function offerContextMenus() {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('context-menu', (_asked, asked) => {
      const items = contextItems(asked);
      if (items.length > 0) Menu.buildFromTemplate(items).popup();
    });
  });
}
