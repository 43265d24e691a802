import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type Bridge, wire } from '#contract/bridge.ts';

/** Makes a subscription that returns its own disposer; the page never sees the IPC event. */
function subscription<T>(channel: string) {
  return (listener: (value: T) => void): (() => void) => {
    const hear = (_event: IpcRendererEvent, value: T) => listener(value);
    ipcRenderer.on(channel, hear);
    return () => {
      ipcRenderer.off(channel, hear);
    };
  };
}

const bridge: Bridge = {
  call: (channel, ...input) => ipcRenderer.invoke(wire.call, channel, input[0]),
  onChanges: subscription(wire.changes),
  onRequest: subscription(wire.request),
};

contextBridge.exposeInMainWorld('gatehouse', bridge);
