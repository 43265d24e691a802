import { EventEmitter } from 'node:events';
import { offer } from './offer.ts';
import { forcedTheme, forceTheme, onDarkChanged, surroundings } from './surroundings.ts';

class NativeTheme extends EventEmitter {
  get themeSource(): 'system' | 'light' | 'dark' {
    return forcedTheme() ?? 'system';
  }
  set themeSource(source: 'system' | 'light' | 'dark') {
    if (source === this.themeSource) return;
    forceTheme(source === 'system' ? null : source);
    this.emit('updated', {});
  }
  /** The system's choice is known once a window has reported it. */
  get shouldUseDarkColors(): boolean {
    return forcedTheme() ? forcedTheme() === 'dark' : surroundings.dark;
  }
}

const theme = new NativeTheme();
onDarkChanged(() => theme.emit('updated', {}));
export const nativeTheme = offer('nativeTheme', theme);
