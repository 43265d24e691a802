import { ipcMain, type WebFrameMain } from 'electron';
import { wire } from '#contract/bridge.ts';
import type { Result } from '#contract/failure.ts';
import { appOrigin } from './scheme.ts';

/** Whether a call comes from the main frame of one of our own pages, and not from a frame or page inside or beside it. */
export function fromOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && frame.url.startsWith(`${appOrigin}/`);
}

/** The one door for calls of the window: the sender is checked here, everything else by the router. */
export function openGate(route: (channel: unknown, input: unknown) => Promise<Result<unknown>>) {
  ipcMain.handle(wire.call, (event, channel: unknown, input: unknown) => {
    if (!fromOurPage(event.senderFrame)) {
      return { ok: false, failure: { kind: 'forbidden', message: 'Gatehouse answers only its own window.' } };
    }
    return route(channel, input);
  });
}
