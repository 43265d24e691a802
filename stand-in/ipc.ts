import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import type { FromPage } from './bridge.ts';
import type { Frame } from './frames.ts';
import { offer } from './offer.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

class IpcMain
  extends EventEmitter
  implements Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler'>
{
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  }
  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }
  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

const emitter = new IpcMain();
export const ipcMain = offer('ipcMain', emitter);

/** Hands a page's message to main's handler or listeners, with who sent it. */
export async function deliver(
  message: FromPage,
  sender: object,
  frame: Frame,
  reply: (message: object) => void,
): Promise<void> {
  const { kind, id, channel = '', args = [] } = message;
  const event = {
    sender,
    senderFrame: frame,
    frameId: frame.routingId,
    processId: frame.processId,
    type: 'frame',
  };
  if (kind === 'send') {
    emitter.emit(channel, event, ...args);
    return;
  }
  const handler = handlers.get(channel);
  try {
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const value = await handler(event as unknown as Electron.IpcMainInvokeEvent, ...args);
    reply({ id, ok: true, value });
  } catch (error) {
    reply({ id, ok: false, value: String(error) });
  }
}
