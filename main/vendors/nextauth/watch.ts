import { GatehouseError } from '../../../preload/contract/failure.ts';
import type { Grant, Step, Visit } from '../vendor.ts';
import { assumptions } from './assumptions.ts';
import { end } from './end.ts';
import type { LoginStatus } from './models.ts';
import { promptOf, type Scan, type Stage } from './prompt.ts';
import { type Frame, openSocket } from './socket.ts';
import { readPayload, readStatus } from './status.ts';
import { createWakes, type Wakes } from './wakes.ts';

type Event = Frame | 'CLOSED' | 'PUSHED';

/** Watches in progress by nonce: a push shows in them, and a second watch joins the first. */
const watches = new Map<string, { wakes: Wakes<Event>; result: Promise<Step> }>();

/** Tells the watch of this nonce, if there is one, that a push went out. */
export function tellPushed(nonce: string): void {
  watches.get(nonce)?.wakes.put('PUSHED');
}

const stageOf: Partial<Record<Event, Stage>> = {
  CONFIRMSCAN: 'scanned',
  CONFIRMPROVOKE: 'pushed',
  PUSHED: 'pushed',
  CANCEL: 'refused',
  NOACCOUNTS: 'no-account',
};

const passing = new Set(['network', 'timeout', 'server-fault', 'rate-limited', 'unexpected-answer']);

/**
 * Waits until the session is signed in: by websocket, and by polling while there is none. Reports each change of what is to
 * be shown. Throws `refused-prompt` at the deadline, `cancelled` when the visit ends, and what no waiting can mend.
 */
export function watch(visit: Visit, start: Scan, changed: (step: Step) => void): Promise<Step> {
  const running = watches.get(start.nonce);
  if (running) return running.result;
  const wakes = createWakes<Event>();
  const result = look(visit, start, wakes, changed)
    .catch((error: unknown) => giveUp(visit, start, error))
    .finally(() => watches.delete(start.nonce));
  watches.set(start.nonce, { wakes, result });
  return result;
}

/** A phone may still approve what nobody waits for any more: the session is ended, or the failure says that it may live. */
async function giveUp(visit: Visit, scan: Scan, error: unknown): Promise<never> {
  if (!(error instanceof GatehouseError) || error.failure.kind === 'cancelled') throw error;
  const mayHaveWorked = await end(visit, scan).then(
    () => false,
    () => true,
  );
  throw new GatehouseError(error.failure, { mayHaveWorked });
}

async function look(
  visit: Visit,
  start: Scan,
  wakes: Wakes<Event>,
  changed: (step: Step) => void,
): Promise<Step> {
  let scan = start;
  let socket: { close(): void } | null = null;
  let hsid: string | undefined;
  let connectAt = visit.now();
  let connectGap: number = assumptions.reconnect.first;
  let pollGap: number = assumptions.poll.first;

  const show = (next: Partial<Scan>) => {
    const before = JSON.stringify(scan);
    scan = { ...scan, ...next };
    if (JSON.stringify(scan) !== before) changed(promptOf(visit, scan));
  };
  const connect = async () => {
    if (socket || !scan.wsUrl || !hsid || visit.now() < connectAt) return;
    const options = { url: scan.wsUrl, hsid, serverId: scan.serverId, signal: visit.signal };
    try {
      socket = await openSocket({
        ...options,
        userAgent: visit.door.userAgent,
        onFrame: (frame) => wakes.put(frame),
        onClose: () => wakes.put('CLOSED'),
      });
      connectGap = assumptions.reconnect.first;
    } catch {
      lostSocket();
    }
    show({ listening: socket ? 'socket' : 'polling' });
  };
  const lostSocket = () => {
    socket = null;
    connectAt = visit.now() + connectGap;
    connectGap = Math.min(connectGap * assumptions.reconnect.factor, assumptions.reconnect.longest);
    pollGap = assumptions.poll.first;
  };

  try {
    for (;;) {
      let notBefore = 0;
      let reached = false;
      try {
        const status = await readStatus(visit, scan);
        reached = true;
        if (status.loggedin) {
          show({ stage: 'approved' });
          return { kind: 'active', grant: grantOf(scan, status) };
        }
        hsid = status.hsid;
        const payload = await readPayload(visit, scan, status);
        const fresh = payload !== scan.payload || visit.now() >= scan.staleAt;
        show({
          payload,
          canProvoke: status.canprovoke ?? false,
          ...(fresh ? { staleAt: visit.now() + assumptions.codeLife } : {}),
        });
      } catch (error) {
        if (!(error instanceof GatehouseError) || !passing.has(error.failure.kind)) throw error;
        notBefore = error.failure.until ?? 0;
      }
      await connect();
      const pause = socket && reached ? scan.staleAt - visit.now() : pollGap;
      pollGap = Math.min(pollGap * assumptions.poll.factor, assumptions.poll.longest);
      const until = Math.min(Math.max(visit.now() + pause, notBefore), scan.deadline);
      if (await quiet(until)) break;
    }
  } finally {
    // TypeScript does not see that `connect` set it.
    (socket as { close(): void } | null)?.close();
  }
  throw new GatehouseError({
    kind: 'refused-prompt',
    message: 'Nobody approved the sign-in on a phone in time.',
    advice: 'Start the sign-in again.',
  });

  /** Waits for what asks for a look at the server, or until then. Answers whether the deadline has come. */
  async function quiet(until: number): Promise<boolean> {
    for (;;) {
      const event = await wakes.next(until - visit.now(), visit.signal).catch(() => {
        throw new GatehouseError({ kind: 'cancelled', message: 'The sign-in was cancelled.' });
      });
      if (visit.now() >= scan.deadline) return true;
      if (event === 'CLOSED') lostSocket();
      if (event === 'CANPROVOKE') show({ canProvoke: true });
      const stage = event && stageOf[event];
      if (stage) show({ stage, pushed: stage === 'pushed' || (scan.pushed && stage !== 'scanned') });
      if (event === 'CLOSED') show({ listening: 'polling' });
      if (event === null || event === 'LOGIN' || event === 'CLOSED') return false;
    }
  }
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
