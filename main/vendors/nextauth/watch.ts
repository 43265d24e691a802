import { GatehouseError } from '#contract/failure.ts';
import type { Grant, Step, VendorContext } from '../vendor.ts';
import { assumptions } from './assumptions.ts';
import { createBell } from './bell.ts';
import { end } from './end.ts';
import type { LoginStatus } from './models.ts';
import { createPace } from './pace.ts';
import { promptOf, type Scan, type Stage } from './prompt.ts';
import { type Frame, openSocket } from './socket.ts';
import { readPayload, readStatus } from './status.ts';

interface Watch {
  /** Takes note of a push that went out; answers what is known of the scan. */
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

const passing = new Set(['network', 'timeout', 'server-fault', 'rate-limited', 'unexpected-answer']);

/**
 * Waits until the session is signed in: by websocket, and by polling while there is none. Reports what is to be shown, the
 * newest state and a few times a second at most. Throws `refused-prompt` at the deadline, `cancelled` when the visit ends,
 * and what no waiting can mend.
 */
export function watch(context: VendorContext, start: Scan, changed: (step: Step) => void): Promise<Step> {
  const running = watches.get(start.nonce);
  if (running) return running.result;
  const { pushed, work } = look(context, start, changed);
  const result = work()
    .catch((error: unknown) => giveUp(context, start, error))
    .finally(() => watches.delete(start.nonce));
  watches.set(start.nonce, { pushed, result });
  return result;
}

/** A phone may still approve what nobody waits for any more: the session is ended, or the failure says that it may live. */
async function giveUp(context: VendorContext, scan: Scan, error: unknown): Promise<never> {
  if (!(error instanceof GatehouseError) || error.failure.kind === 'cancelled') throw error;
  const mayHaveWorked = await end(context, scan).then(
    () => false,
    () => true,
  );
  throw new GatehouseError(error.failure, { mayHaveWorked });
}

function look(context: VendorContext, start: Scan, changed: (step: Step) => void) {
  const bell = createBell();
  let scan = start;
  /** The server has said that there is something to see. */
  let called = false;
  let polledAt = 0;
  /** The last poll was answered. */
  let reached = false;
  /** Not before this may the server be asked again: its own word. */
  let notBefore = 0;
  let pollGap: number = assumptions.poll.first;
  let callGap: number = assumptions.poll.called;
  /** What went wrong while nobody waited for it. */
  let failure: { error: unknown } | null = null;

  const pace = createPace(() => {
    try {
      changed(promptOf(context, scan));
    } catch (error) {
      failure = { error };
      bell.ring();
    }
  }, assumptions.showEvery);
  const show = (next: Partial<Scan>) => {
    const before = scan;
    scan = { ...scan, ...next };
    if (Object.keys(next).some((name) => Reflect.get(before, name) !== Reflect.get(scan, name))) pace.ask();
  };
  const stageIs = (stage: Stage) =>
    show({ stage, pushed: stage === 'pushed' || (scan.pushed && stage !== 'scanned') });

  const line = createLine(context, {
    opened() {
      show({ listening: 'socket' });
      bell.ring();
    },
    lost(held) {
      show({ listening: 'polling' });
      if (held) pollGap = assumptions.poll.first;
      // What was said meanwhile may have been missed.
      called = true;
      bell.ring();
    },
    said(frame) {
      if (frame === 'CANPROVOKE') show({ canProvoke: true });
      const stage = stageOf[frame];
      if (stage) stageIs(stage);
      if (frame !== 'LOGIN') return;
      called = true;
      bell.ring();
    },
  });

  /** One look at the server; the grant when the session is signed in. */
  async function poll(): Promise<Grant | null> {
    if (called) callGap = longer(callGap);
    called = false;
    reached = false;
    notBefore = 0;
    try {
      const status = await readStatus(context, scan);
      if (status.loggedin) return grantOf(scan, status);
      const payload = await readPayload(context, scan, status);
      const fresh = payload !== scan.payload || context.now() >= scan.staleAt;
      show({
        payload,
        canProvoke: status.canprovoke ?? false,
        ...(fresh ? { staleAt: context.now() + assumptions.codeLife } : {}),
      });
      reached = true;
      line.open(scan, status.hsid);
    } catch (error) {
      if (!(error instanceof GatehouseError) || !passing.has(error.failure.kind)) throw error;
      notBefore = error.failure.until ?? 0;
    } finally {
      polledAt = context.now();
      pollGap = longer(pollGap);
    }
    return null;
  }

  /** When the server is to be looked at next, ms since 1970. */
  function dueAt(): number {
    const listening = scan.listening === 'socket' && reached;
    const wanted = called ? polledAt + callGap : listening ? scan.staleAt : polledAt + pollGap;
    return Math.min(Math.max(wanted, notBefore), scan.deadline);
  }

  /** Waits until the next look is due. Answers whether the deadline has come instead. */
  async function quiet(): Promise<boolean> {
    for (;;) {
      await bell.heard(dueAt() - context.now(), context.signal).catch(() => {
        throw new GatehouseError({ kind: 'cancelled', message: 'The sign-in was cancelled.' });
      });
      if (failure) throw failure.error;
      if (context.now() >= scan.deadline) return true;
      if (context.now() >= dueAt()) return false;
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
          pace.finish();
          return { kind: 'active', grant };
        }
        if (await quiet()) break;
      }
    } finally {
      pace.stop();
      line.close();
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

const longer = (gap: number) => Math.min(gap * assumptions.poll.factor, assumptions.poll.longest);

interface Heard {
  opened(): void;
  /** `held`: it had been a good one. */
  lost(held: boolean): void;
  said(frame: Frame): void;
}

/** The websocket of one watch: opened when it is due, and less and less often where it does not hold. */
function createLine(context: VendorContext, heard: Heard) {
  let socket: { close(): void } | null = null;
  let openedAt = Number.POSITIVE_INFINITY;
  let nextAt = 0;
  let gap: number = assumptions.reconnect.first;

  function lost() {
    const held = context.now() - openedAt >= assumptions.reconnect.longest;
    if (held) gap = assumptions.reconnect.first;
    socket = null;
    openedAt = Number.POSITIVE_INFINITY;
    nextAt = context.now() + gap;
    gap = Math.min(gap * assumptions.reconnect.factor, assumptions.reconnect.longest);
    heard.lost(held);
  }

  return {
    /** Opens it unless it is open, not due yet, or can't be. */
    open({ wsUrl, serverId }: Scan, hsid: string | undefined): void {
      if (socket || !wsUrl || !hsid || hsid.length > assumptions.hsidSize || context.now() < nextAt) return;
      socket = openSocket({
        url: wsUrl,
        userAgent: context.http.userAgent,
        hsid,
        serverId,
        onOpen() {
          openedAt = context.now();
          heard.opened();
        },
        onFrame: heard.said,
        onClose: lost,
      });
    },
    close(): void {
      socket?.close();
    },
  };
}

/** The session that a phone approved. nextAuth states no expiry. */
function grantOf(scan: Scan, status: LoginStatus): Grant {
  return {
    secret: { nonce: scan.nonce, serverId: scan.serverId },
    realm: { id: scan.serverId, name: scan.serverName },
    person: status.userid ?? null,
    method: scan.pushed ? 'push' : 'QR code',
    expiresAt: null,
    keep: {
      ...(status.userid ? { lastUserId: status.userid } : {}),
      ...(status.accountid === undefined ? {} : { lastAccountId: String(status.accountid) }),
    },
  };
}
