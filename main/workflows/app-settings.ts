import type { Change, Settings } from '#contract/shapes.ts';

export interface AppSettings {
  get(): Settings;
  /** Keeps what is given and leaves the rest as it is; throws what the disk throws. */
  change(patch: Partial<Settings>): void;
}

/** The settings as the platform keeps them; every window is told of a change. */
export function createAppSettings(
  kept: { get(): Settings; change(patch: Partial<Settings>): Settings },
  publish: (change: Change) => void,
): AppSettings {
  return {
    get: kept.get,
    change: (patch) => publish({ entity: 'settings', value: kept.change(patch) }),
  };
}
