import { setTimeout as wait } from 'node:timers/promises';
import { GatehouseError, isKind } from '#contract/failure.ts';
import { isTransient } from '../../kit/failures.ts';
import type { VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import { type IdentityCallback, identityCallback } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';

/** What a sign-in by an identity provider is told apart by: the request, and who listens for it. */
export interface CallbackIds {
  requestId: string;
  clientId: string;
}

/** Somebody who listens for what comes of a request. */
interface Listener {
  /** Cyclos has the subscription. */
  isOpen: Promise<void>;
  /** What came of it; null when it was stopped before. Throws what no waiting can mend, and where nobody could listen at last. */
  result: Promise<IdentityCallback | null>;
  /** Goes on for so many ms, for what is on its way. */
  stopIn(ms: number): void;
}

/** Those that listen now, by request: what they hear after a cancel is there to be ended. */
const listeners = new Map<string, Listener>();

/** Listens for what comes of a request, over broken connections; a second call joins the first. */
export function listenFor(context: VendorContext, ids: CallbackIds): Listener {
  const running = listeners.get(ids.requestId);
  if (running) return running;
  const stop = new AbortController();
  let opened = () => {};
  const isOpen = new Promise<void>((done) => {
    opened = done;
  });
  const listener: Listener = {
    isOpen,
    result: listen(context, ids, stop.signal, opened).finally(() => listeners.delete(ids.requestId)),
    stopIn: (ms) => setTimeout(() => stop.abort(), ms).unref(),
  };
  // Whoever waits for it hears of it later.
  listener.result.catch(() => {});
  listeners.set(ids.requestId, listener);
  return listener;
}

async function listen(
  context: VendorContext,
  ids: CallbackIds,
  stopped: AbortSignal,
  opened: () => void,
): Promise<IdentityCallback | null> {
  for (;;) {
    try {
      const found = await follow(context, ids, stopped, opened);
      if (found || stopped.aborted) return found;
    } catch (error) {
      const passes = error instanceof GatehouseError && isTransient(error.failure);
      if (!passes || stopped.aborted) throw error;
    }
    await wait(assumptions.pushRetry, undefined, { signal: stopped }).catch(() => {});
  }
}

/** One stream: returns the callback, or null where the stream ended or was stopped without it. */
async function follow(
  context: VendorContext,
  ids: CallbackIds,
  stopped: AbortSignal,
  opened: () => void,
): Promise<IdentityCallback | null> {
  const over = new AbortController();
  let found: IdentityCallback | null = null;
  let began = false;
  const signal = AbortSignal.any([stopped, over.signal]);
  try {
    await cyclosClient(context.http, { kind: 'guest' }).identity.subscribeForPushNotifications(
      { ...ids, signal },
      {
        opened() {
          began = true;
          opened();
        },
        event({ kind, data }) {
          const callback = kind === 'identityProviderCallback' ? readCallback(data) : null;
          if (found || !callback || (callback.requestId ?? ids.requestId) !== ids.requestId) return;
          found = callback;
          over.abort();
        },
      },
    );
  } catch (error) {
    // Stopped before it began, nobody knows what was said.
    if (!isKind(error, 'cancelled') || !(found || began)) throw error;
  }
  return found;
}

/** What can't be read is told as a callback without a status. */
function readCallback(data: string): IdentityCallback {
  try {
    return identityCallback.parse(JSON.parse(data));
  } catch {
    return identityCallback.parse({});
  }
}

/** What a listener heard that nobody waits for any more, or else what Cyclos has kept for the one who listens next. */
export async function lateCallback(
  context: VendorContext,
  ids: CallbackIds,
): Promise<IdentityCallback | null> {
  const running = listeners.get(ids.requestId);
  // One that broke off heard nothing that can be relied on.
  const heard = await running?.result.catch(() => undefined);
  if (heard !== undefined) return heard;
  const stop = new AbortController();
  const opened = () => void setTimeout(() => stop.abort(), assumptions.callbackGrace).unref();
  try {
    return await follow(context, ids, stop.signal, opened);
  } catch (error) {
    // A server that begins only with something to say has nothing to say, and one that knows no such request gave no session for it.
    if (isKind(error, 'timeout', 'not-found')) return null;
    throw error;
  }
}
