import { resolveConfig } from 'electron-vite';
import { build, mergeConfig } from 'vite';

const parts = ['main', 'preload', 'renderer'] as const;
export type Part = (typeof parts)[number];

/**
 * Builds out/, unminified and with source maps, and again whenever a source changes. `rebuilt` is told which parts are new
 * as soon as all are whole; what can't be built is named by Vite, and nothing is told until it can.
 */
export async function watchBuilds(rebuilt: (fresh: ReadonlySet<Part>) => void): Promise<void> {
  const { config } = await resolveConfig({ logLevel: 'warn' }, 'build', 'development');
  const unfinished = new Set<Part>(parts);
  let fresh = new Set<Part>();
  for (const part of parts) {
    const watcher = await build(
      mergeConfig(config?.[part] ?? {}, { build: { watch: {}, minify: false, sourcemap: true } }),
    );
    if (!('on' in watcher)) throw new Error(`Vite does not watch ${part}.`);
    watcher.on('event', ({ code }) => {
      if (code === 'START') unfinished.add(part);
      if (code !== 'BUNDLE_END') return;
      unfinished.delete(part);
      fresh.add(part);
      if (unfinished.size > 0) return;
      const told = fresh;
      fresh = new Set();
      rebuilt(told);
    });
  }
}
