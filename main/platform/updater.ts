import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { UpdateInfo } from 'electron-updater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider';
import { type Failure, GatehouseError } from '#contract/failure.ts';
import type { UpdateFeed, UpdateList } from '../workflows/update-feed.ts';
import type { Updater, UpdateSource } from '../workflows/updates.ts';
import { readPolicy } from './policy.ts';

/** Where this copy's updates come from, by the machine's policy and the key in `assets`; or why it takes none. */
export function updateSource(assets: string): UpdateSource {
  try {
    const { path, address } = readPolicy();
    if (!address) {
      return off(
        'No address for updates is set on this computer.',
        `An administrator sets one in ${path}; docs/updates.md says how.`,
      );
    }
    if (!app.isPackaged)
      return off('This copy runs from its sources, so it is not updated.', 'Get its sources anew.');
    const key = readFileSync(join(assets, 'update-key.pem'), 'utf8');
    return { address, key, open: openUpdater };
  } catch (error) {
    if (error instanceof GatehouseError) return { off: error.failure };
    return off(
      'This copy was built without the key that updates are checked with, so it takes none.',
      'Install new versions by hand.',
    );
  }
}

const off = (message: string, advice: string): { off: Failure } => ({
  off: { kind: 'not-found', message, advice },
});

/**
 * The kept library does what each way of installing needs (AppImage, .deb, .rpm, the Windows installer, Squirrel on macOS).
 * It reaches no network by itself: the list and the files come through `feed`, which believes nobody but the makers.
 */
async function openUpdater(feed: UpdateFeed): Promise<Updater> {
  const { autoUpdater, Provider } = await import('electron-updater');
  let list: UpdateList | null = null;
  let started: { progress(share: number): void; signal: AbortSignal } | null = null;

  class SignedProvider extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime);
    }
    override async getLatestVersion(): Promise<UpdateInfo> {
      list = await feed.list(`${this.getDefaultChannelName()}.yml`);
      const { version, files } = list;
      return { version, files, path: files[0]!.url, sha512: files[0]!.sha512, releaseDate: '' };
    }
    /** Only the names count: where they are is the feed's. */
    override resolveFiles({ files }: UpdateInfo) {
      return files.map((info) => ({ url: new URL(info.url, 'https://updates.invalid'), info }));
    }
  }

  async function download(url: URL, path: string): Promise<string> {
    const file = list?.files.find((one) => `/${one.url}` === url.pathname);
    if (!file || !started) throw new Error('nothing was chosen to be downloaded');
    await feed.file(file, { path, ...started });
    return path;
  }

  Object.assign(autoUpdater, {
    httpExecutor: { download },
    // It would make an id of this computer and keep it; nobody asks for one.
    stagingUserIdPromise: { value: Promise.resolve('') },
  });
  autoUpdater.logger = null;
  autoUpdater.autoDownload = false;
  autoUpdater.autoInstallOnAppQuit = false;
  autoUpdater.disableDifferentialDownload = true;
  autoUpdater.disableWebInstaller = true;
  autoUpdater.setFeedURL({ provider: 'custom', updateProvider: SignedProvider });

  return {
    async check() {
      const found = await autoUpdater.checkForUpdates();
      if (!found) throw new GatehouseError(notReplaceable);
      return found.isUpdateAvailable && list
        ? { version: list.version, notes: list.releaseNotes ?? '' }
        : null;
    },
    async download(progress, signal) {
      started = { progress, signal };
      await autoUpdater.downloadUpdate();
    },
    install() {
      const failures: Error[] = [];
      const hear = (error: Error) => failures.push(error);
      autoUpdater.on('error', hear);
      // The new one must not find the old one still there.
      app.releaseSingleInstanceLock();
      // Silently, and Gatehouse starts again afterwards.
      autoUpdater.quitAndInstall(true, true);
      autoUpdater.off('error', hear);
      if (failures[0]) throw failures[0];
    },
  };
}

const notReplaceable: Failure = {
  kind: 'conflict',
  message: 'This copy was not installed from a package, so it can’t replace itself.',
  advice: 'Install the AppImage, .deb or .rpm package instead.',
};
