import type { BrowserWindow } from 'electron';
import type { Settings } from '#contract/shapes.ts';

/** Keeps windows out of sight and silent while Gatehouse is locked; those that were hidden come back at the unlock. */
export function createHidden() {
  const windows = new Map<BrowserWindow, { back: boolean }>();
  let locked = false;

  function hide(window: BrowserWindow) {
    window.webContents.setAudioMuted(true);
    window.hide();
  }

  return {
    locked: () => locked,

    keep(window: BrowserWindow) {
      const state = { back: locked };
      windows.set(window, state);
      if (locked) hide(window);
      window.once('closed', () => windows.delete(window));
      // Whatever raises it (the page, the system), it doesn't stay.
      window.on('show', () => {
        if (locked) hide(window);
      });
    },

    lock(how: Settings['consolesOnLock']) {
      if (locked) return;
      locked = true;
      for (const [window, state] of windows) {
        state.back = window.isVisible() || window.isMinimized();
        if (how === 'close') window.destroy();
        else hide(window);
      }
    },

    unlock() {
      if (!locked) return;
      locked = false;
      for (const [window, state] of windows) {
        window.webContents.setAudioMuted(false);
        if (state.back) window.showInactive();
      }
    },
  };
}
