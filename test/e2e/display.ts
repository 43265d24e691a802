import { startDisplay } from '../../scripts/lib/display.mjs';

let virtual: Promise<{ name: string }> | undefined;

/** What the environment must say for a window to open: nothing where there is a display, else a virtual one. */
export async function ensureDisplay(): Promise<Record<string, string>> {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return {};
  virtual ??= startDisplay();
  return { DISPLAY: (await virtual).name };
}
