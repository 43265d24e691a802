import { GatehouseError } from '#contract/failure.ts';
import { isTransient } from '../../kit/failures.ts';
import type { Grant, Step, VendorContext } from '../../vendor.ts';
import { assumptions } from '../assumptions.ts';
import { enrolled, enrolPayload } from './enrol.ts';
import { endSession } from './lifecycle.ts';
import { createPollTiming } from './poll-timing.ts';
import { createReconnectingSocket } from './reconnecting-socket.ts';
import type { Frame } from './socket.ts';
import { grantOf, promptOf, type Scan, type Stage } from './state.ts';
import { readPayload, readStatus } from './status.ts';
import { createThrottle } from './throttle.ts';
import { createWakeUp } from './wake-up.ts';

interface Watch {
  /** Takes note of a push that went out; returns what is known of the scan. */
  pushed(): Scan;
  result: Promise<Step>;
}

/** Watches in progress by nonce: a push shows in them, and a second watch joins the first. */
const watches = new Map<string, Watch>();
export const watched = (nonce: string) => watches.get(nonce);

const stageOf: Partial<Record<Frame, Stage>> = {
  CONFIRMSCAN: 'scanned',
  CONFIRMPROVOKE: 'pushed',
  CANCEL: 'refused',
  NOACCOUNTS: 'no-account',
};

/**
 * Waits until the session is signed in: by websocket, and by polling while there is none. Reports what is to be shown, the
 * newest state and a few times a second at most. Throws `refused-prompt` at the deadline, `cancelled` when the context's signal aborts,
 * and what no waiting can mend.
 */
export function watch(context: VendorContext, start: Scan, changed: (step: Step) => void): Promise<Step> {
  const running = watches.get(start.nonce);
  if (running) return running.result;
  const { pushed, work } = watchScan(context, start, changed);
  const result = work()
    .catch((error: unknown) => giveUp(context, start, error))
    .finally(() => watches.delete(start.nonce));
  watches.set(start.nonce, { pushed, result });
  return result;
}

/** A phone may still approve what nobody waits for any more: the session is ended, or the failure says that it may live. */
async function giveUp(context: VendorContext, scan: Scan, error: unknown): Promise<never> {
  if (!(error instanceof GatehouseError) || error.failure.kind === 'cancelled') throw error;
  const mayHaveWorked = await endSession(context, scan).then(
    () => false,
    () => true,
  );
  throw new GatehouseError(error.failure, { mayHaveWorked });
}

/** One watch: `work` waits, `pushed` takes note of a push. */
function watchScan(context: VendorContext, start: Scan, changed: (step: Step) => void) {
  const wakeUp = createWakeUp();
  let scan = start;
  const timing = createPollTiming();
  /** What went wrong while nobody waited for it. */
  let failure: { error: unknown } | null = null;

  const throttle = createThrottle(() => {
    try {
      changed(promptOf(context, scan));
    } catch (error) {
      failure = { error };
      wakeUp.call();
    }
  }, assumptions.showEvery);
  const show = (next: Partial<Scan>) => {
    const before = scan;
    scan = { ...scan, ...next };
    if (Object.keys(next).some((name) => Reflect.get(before, name) !== Reflect.get(scan, name)))
      throttle.request();
  };
  const stageIs = (stage: Stage) =>
    show({ stage, pushed: stage === 'pushed' || (scan.pushed && stage !== 'scanned') });

  const socket = createReconnectingSocket(context, {
    opened() {
      show({ listening: 'socket' });
      wakeUp.call();
    },
    lost(held) {
      show({ listening: 'polling' });
      if (held) timing.restart();
      // What was said meanwhile may have been missed.
      timing.called();
      wakeUp.call();
    },
    said(frame) {
      if (frame === 'CANPROVOKE') show({ canProvoke: true });
      const stage = stageOf[frame];
      if (stage) stageIs(stage);
      if (frame !== 'LOGIN') return;
      timing.called();
      wakeUp.call();
    },
  });

  /** A code to enrol by is good until a new one is due. */
  async function enrolCode(userId: string): Promise<Pick<Scan, 'payload'>> {
    if (context.now() < scan.staleAt) return { payload: scan.payload };
    return { payload: await enrolPayload(context, scan, userId) };
  }

  /** One look at the server: returns the grant when the session is signed in. */
  async function poll(): Promise<Grant | null> {
    timing.started();
    try {
      const status = await readStatus(context, scan);
      const { enrols } = scan;
      if (status.loggedin)
        return grantOf(scan, enrols === null ? status : await enrolled(context, scan, enrols, status));
      const code = enrols === null ? await readPayload(context, scan, status) : await enrolCode(enrols);
      const fresh = code.payload !== scan.payload || context.now() >= scan.staleAt;
      show({
        ...code,
        canProvoke: status.canprovoke ?? false,
        ...(fresh ? { staleAt: context.now() + assumptions.codeLife } : {}),
      });
      timing.answered();
      socket.open(scan, status.hsid);
    } catch (error) {
      if (!(error instanceof GatehouseError) || !isTransient(error.failure)) throw error;
      timing.refused(error.failure.until);
    } finally {
      timing.ended(context.now());
    }
    return null;
  }

  /** Waits until the next poll is due. Returns whether the deadline has come instead. */
  async function waitForNextPoll(): Promise<boolean> {
    for (;;) {
      await wakeUp.wait(timing.dueAt(scan) - context.now(), context.signal).catch(() => {
        throw new GatehouseError({ kind: 'cancelled', message: 'The sign-in was cancelled.' });
      });
      if (failure) throw failure.error;
      if (context.now() >= scan.deadline) return true;
      if (context.now() >= timing.dueAt(scan)) return false;
    }
  }

  async function work(): Promise<Step> {
    // What was written down may say how it was listened to before a restart.
    changed(promptOf(context, scan));
    try {
      for (;;) {
        const grant = await poll();
        if (grant) {
          show({ stage: 'approved' });
          throttle.finish();
          return { kind: 'active', grant };
        }
        if (await waitForNextPoll()) break;
      }
    } finally {
      throttle.stop();
      socket.close();
    }
    throw new GatehouseError({
      kind: 'refused-prompt',
      message: 'Nobody approved the sign-in on a phone in time.',
      advice: 'Start the sign-in again.',
    });
  }

  function pushed(): Scan {
    stageIs('pushed');
    return scan;
  }

  return { work, pushed };
}
