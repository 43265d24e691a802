import { EventEmitter } from 'node:events';
import type { BuiltMenu } from './menu.ts';
import type { HeldImage } from './native-image.ts';
import { offer } from './offer.ts';

/** The last tray that was made and not destroyed; for test control. */
export const shownTray: { current: KeptTray | null } = { current: null };

/** No tray can be drawn here: menu, tooltip and image are kept and can be inspected. */
class KeptTray extends EventEmitter {
  image: string;
  toolTip = '';
  menu: BuiltMenu | null = null;
  constructor(image: HeldImage | string) {
    super();
    this.image = sourceOf(image);
    shownTray.current = this;
  }
  setImage(image: HeldImage | string): void {
    this.image = sourceOf(image);
  }
  setToolTip(text: string): void {
    this.toolTip = text;
  }
  setTitle(): void {}
  setContextMenu(menu: BuiltMenu | null): void {
    this.menu = menu;
  }
  setIgnoreDoubleClickEvents(): void {}
  isDestroyed(): boolean {
    return shownTray.current !== this;
  }
  destroy(): void {
    if (shownTray.current?.menu === this.menu) shownTray.current = null;
    this.removeAllListeners();
  }
}

const sourceOf = (image: HeldImage | string): string =>
  typeof image === 'string' ? image : image.source || image.toDataURL();

export const Tray = new Proxy(KeptTray, {
  construct: (target, [image]: [HeldImage | string]) => offer('Tray', new target(image)),
});
