import { contextBridge, ipcRenderer } from 'electron';
import { type Bridge, wire } from '#contract/bridge.ts';

/**
 * Makes a subscription that returns its own disposer; the page never sees the IPC event. It hears from the document's start on:
 * what comes before the page listens is kept for its first listener.
 */
function subscription<T>(channel: string) {
  const listeners = new Set<(value: T) => void>();
  let early: T[] | null = [];
  ipcRenderer.on(channel, (_event, value: T) => {
    early?.push(value);
    for (const listener of listeners) listener(value);
  });
  return (listener: (value: T) => void): (() => void) => {
    listeners.add(listener);
    const kept = early ?? [];
    early = null;
    for (const value of kept) listener(value);
    return () => {
      listeners.delete(listener);
    };
  };
}

const onChanges: Bridge['onChanges'] = subscription(wire.changes);
const onRequest: Bridge['onRequest'] = subscription(wire.request);

const snapshot = 'state.snapshot';
/** Asked for at once, as the page's script takes longer to be read than main takes to answer. */
let first: Promise<unknown> | null = ipcRenderer.invoke(wire.call, snapshot);
first.catch(() => {});

const bridge: Bridge = {
  call(channel, ...input) {
    const asked = channel === snapshot ? first : null;
    if (!asked) return ipcRenderer.invoke(wire.call, channel, input[0]);
    first = null;
    return asked as ReturnType<typeof ipcRenderer.invoke>;
  },
  onChanges,
  onRequest,
};

contextBridge.exposeInMainWorld('gatehouse', bridge);
