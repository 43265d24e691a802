import type * as Electron from 'electron';
import { app } from './app.ts';
import { offer } from './offer.ts';

export interface Item {
  label: string;
  type: Electron.MenuItem['type'];
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  id: string;
  submenu: BuiltMenu | undefined;
  click(): void;
}

const roles: Record<string, () => void> = { quit: () => app.quit() };

export class BuiltMenu {
  readonly items: Item[];
  constructor(items: Item[]) {
    this.items = items;
  }
  getMenuItemById(id: string): Item | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }
  /** The first item of that label, submenus included. */
  find(label: string): Item | null {
    for (const item of this.items) {
      const found = item.label === label ? item : item.submenu?.find(label);
      if (found) return found;
    }
    return null;
  }
  popup(): void {
    throw new Error('host: Menu.popup is not offered by the stand-in host');
  }
}

function build(template: Electron.MenuItemConstructorOptions[]): BuiltMenu {
  return new BuiltMenu(
    template.map((from) => {
      const item: Item = {
        label: from.label ?? from.role ?? '',
        type: from.type ?? (from.submenu ? 'submenu' : 'normal'),
        enabled: from.enabled ?? true,
        visible: from.visible ?? true,
        checked: from.checked ?? false,
        id: from.id ?? '',
        submenu: Array.isArray(from.submenu) ? build(from.submenu) : undefined,
        click() {
          if (from.click)
            from.click(item as unknown as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
          else roles[from.role ?? '']?.();
        },
      };
      return item;
    }),
  );
}

let applicationMenu: BuiltMenu | null = null;

/** Menus are kept, not drawn: the same actions are reachable in the window. */
export const Menu = offer('Menu', {
  buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => build(template),
  setApplicationMenu: (menu: BuiltMenu | null) => {
    applicationMenu = menu;
  },
  getApplicationMenu: () => applicationMenu,
});
