import type { AppInfo } from '#contract/shapes.ts';

/** The desktop that this process runs on, as far as its habits differ. */
export function desktopSystem(): AppInfo['system'] {
  if (process.platform === 'darwin') return 'macos';
  if (process.platform === 'win32') return 'windows';
  return process.env.WAYLAND_DISPLAY ? 'wayland' : 'x11';
}
