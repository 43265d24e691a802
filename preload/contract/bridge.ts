import type { Channel, Input, Output } from './channels.ts';
import type { Result } from './failure.ts';
import type { Change, Request } from './shapes.ts';

/** What the preload puts on `window.gatehouse`; nothing else of Electron is in reach of the page. */
export interface Bridge {
  call<C extends Channel>(
    channel: C,
    ...input: Input<C> extends void ? [] : [Input<C>]
  ): Promise<Result<Output<C>>>;
  /** Hears every batch of changed entities; returns its own disposer. */
  onChanges(listener: (changes: Change[]) => void): () => void;
  onRequest(listener: (request: Request) => void): () => void;
}

/** IPC names, used by preload/index.ts and main/ipc only. */
export const wire = {
  call: 'gatehouse:call',
  changes: 'gatehouse:changes',
  request: 'gatehouse:request',
} as const;

declare global {
  interface Window {
    gatehouse: Bridge;
  }
}
