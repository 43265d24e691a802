import type { VendorContext } from '../../vendor.ts';
import { assumptions } from '../assumptions.ts';
import { type Frame, openSocket } from './socket.ts';
import type { Scan } from './state.ts';

interface Listener {
  opened(): void;
  /** `held`: it had been a good one. */
  lost(held: boolean): void;
  said(frame: Frame): void;
}

/** The websocket of one watch: opened when it is due, and less and less often where it does not hold. */
export function createReconnectingSocket(context: VendorContext, listener: Listener) {
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
    listener.lost(held);
  }

  return {
    /** Opens it unless it is open, not due yet, or can't be. */
    open({ wsUrl, serverId }: Scan, hsid: string | undefined): void {
      if (socket || !wsUrl || !hsid || hsid.length > assumptions.hsidSize || context.now() < nextAt) return;
      socket = openSocket({
        url: wsUrl,
        userAgent: context.http.userAgent,
        agentFor: context.http.agentFor,
        hsid,
        serverId,
        onOpen() {
          openedAt = context.now();
          listener.opened();
        },
        onFrame: listener.said,
        onClose: lost,
      });
    },
    close(): void {
      socket?.close();
    },
  };
}
