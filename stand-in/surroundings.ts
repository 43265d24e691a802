/** What windows report of the machine they are on: the system's theme, the screen, the person's last input. */

type Theme = 'dark' | 'light' | null;

let theme: Theme = null;
const themeListeners = new Set<(theme: Theme) => void>();
const changeListeners = new Set<() => void>();

class Surroundings {
  dark = false;
  width = 1920;
  height = 1080;
  scale = 1;
  lastInput = Date.now();

  note(kind: string, value: unknown): void {
    if (kind === 'active') this.lastInput = Date.now();
    if (kind !== 'surroundings') return;
    const { dark, width, height, scale } = value as {
      dark: boolean;
      width: number;
      height: number;
      scale: number;
    };
    const changed = dark !== this.dark;
    Object.assign(this, { width, height, scale, dark });
    if (changed) for (const listener of changeListeners) listener();
  }
}

export const surroundings = new Surroundings();

export const forcedTheme = (): Theme => theme;

/** Forces the windows' colour scheme; null leaves it to the system. */
export function forceTheme(next: Theme): void {
  theme = next;
  for (const listener of themeListeners) listener(next);
}

export function onForcedTheme(listener: (theme: Theme) => void): () => void {
  themeListeners.add(listener);
  return () => themeListeners.delete(listener);
}

export function onDarkChanged(listener: () => void): void {
  changeListeners.add(listener);
}
