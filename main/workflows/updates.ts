import { type Failure, failureOf, GatehouseError } from '#contract/failure.ts';
import { noUpdates, type Session, type Updates } from '#contract/shapes.ts';
import type { Network } from '#http/client.ts';
import type { Scheduler } from '#lib/scheduler.ts';
import type { Sessions } from '../sessions/index.ts';
import { createUpdateFeed, type UpdateFeed } from './update-feed.ts';

/** What puts another version in this one's place, by the way in which this one was installed. */
export interface Updater {
  /** Returns what is newer, with what its makers say of it; null where nothing is. Throws as the feed does. */
  check(): Promise<{ version: string; notes: string } | null>;
  /** Downloads what `check` found; `progress` from 0 to 1. Throws as the feed does, and what the disk throws. */
  download(progress: (share: number) => void, signal: AbortSignal): Promise<void>;
  /** Starts what installs it, which ends this process. Throws where that could not be started. */
  install(): void;
}

/** Where updates come from, and what they are checked and installed with; or why there are none. */
export type UpdateSource = { off: Failure } | UpdatesOn;

interface UpdatesOn {
  off?: never;
  address: string;
  /** The makers' public key (Ed25519, PEM). */
  key: string;
  open(feed: UpdateFeed): Promise<Updater>;
}

interface UpdatesOptions {
  source: UpdateSource;
  network: Network;
  userAgent: string;
  scheduler: Scheduler;
  sessions: Pick<Sessions, 'prompts' | 'views'>;
  now(): number;
  tell(updates: Updates): void;
  reportBug(error: unknown): void;
}

/** ms after the start, and then between one look and the next. */
const firstLook = 60_000;
const everySo = 6 * 60 * 60_000;
/** Characters of the makers' words that are shown. */
const longestNotes = 4_000;

/** Looks for a newer version now and then and downloads it. Nothing is installed by itself. */
export function createUpdates(options: UpdatesOptions) {
  const { source, scheduler, sessions, now } = options;
  let shown: Updates = noUpdates;
  let updater: Promise<Updater> | null = null;
  const closing = new AbortController();

  function show(patch: Partial<Updates>) {
    if (closing.signal.aborted) return;
    shown = { ...shown, ...patch };
    options.tell(shown);
  }

  /** What installs is loaded when it is first wanted, so that the start is not slower. */
  function open(from: UpdatesOn) {
    updater ??= from
      .open(createUpdateFeed({ ...options, address: from.address, key: from.key }))
      .catch((error) => {
        updater = null;
        throw error;
      });
    return updater;
  }

  /** A hundred steps are enough for a bar. */
  function showProgress(share: number) {
    const progress = Math.floor(share * 100) / 100;
    if (progress !== shown.progress) show({ progress });
  }

  function failed(state: 'idle' | 'ready', error: unknown) {
    if (!(error instanceof GatehouseError)) options.reportBug(error);
    show({ state, failure: whyNot(error) });
  }

  async function check(): Promise<void> {
    const { state } = shown;
    if (source.off || (state !== 'idle' && state !== 'ready')) return;
    scheduler.put('updates', now() + everySo, () => void check());
    show({ state: 'checking', failure: null });
    try {
      const opened = await open(source);
      const newer = await opened.check();
      show({ checkedAt: now() });
      await (newer ? fetchNewer(opened, newer) : show({ state: 'idle', version: '', notes: '' }));
    } catch (error) {
      // What is here already stays good if the server only could not be asked for more.
      failed(state, error);
    }
  }

  async function fetchNewer(opened: Updater, { version, notes }: { version: string; notes: string }) {
    show({ state: 'downloading', version, notes: notes.slice(0, longestNotes), progress: 0 });
    try {
      await opened.download(showProgress, closing.signal);
      show({ state: 'ready', progress: 1 });
    } catch (error) {
      failed('idle', error);
    }
  }

  show(source.off ? { failure: source.off } : { state: 'idle' });
  if (!source.off) scheduler.put('updates', now() + firstLook, () => void check());

  return {
    /** Looks for a newer version and downloads it; what comes of it is told. Never throws. */
    check,

    /** Throws `conflict` while nothing is ready, a prompt is open, or an ending or sign-in is on its way. */
    assertInstallable(): void {
      if (shown.state !== 'ready') throw conflict('There is no update to install.', 'Check for one first.');
      const views = sessions.views();
      if (sessions.prompts().some(({ state }) => state !== 'refused'))
        throw conflict('A sign-in waits for you.', 'Answer or cancel it, then update.');
      if (views.some(({ state }) => state === 'signing-in'))
        throw conflict('A sign-in is on its way.', 'Update when it is done.');
      // One that waits for its next try, or for its server, is on disk and goes on at the next start.
      const isOnItsWay = ({ nextTryAt, lastFailure }: NonNullable<Session['ending']>) =>
        nextTryAt === null ? !lastFailure : nextTryAt <= now();
      if (views.some(({ ending }) => ending && isOnItsWay(ending)))
        throw conflict('An ending is on its way to the vendor.', 'Update when the vendor has answered.');
    },

    /** Starts what installs the update, which ends this process. Throws where it could not be started. */
    async install(): Promise<void> {
      const opened = await updater;
      opened?.install();
    },

    close: () => closing.abort(),
  };
}

const conflict = (message: string, advice: string) =>
  new GatehouseError({ kind: 'conflict', message, advice });

function whyNot(error: unknown): Failure {
  const full =
    error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  if (!full) return failureOf(error);
  return {
    kind: 'store-broken',
    message: 'The disk is full, so the update could not be downloaded.',
    advice: 'Make room, then check again.',
  };
}
