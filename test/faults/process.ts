import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Channel, Input, Output } from '#contract/channels.ts';
import type { Result } from '#contract/failure.ts';
import type { FromApp, ToApp } from './calls.ts';

/** The app's process as the test holds it. */
export interface App {
  /** Opens the database in `folder` and takes up what was going on; resolves when calls are answered. */
  open(folder: string, ahead: number): Promise<void>;
  /** One call through the router; null when the app died before it answered. */
  call<C extends Channel>(channel: C, input: Input<C>): Promise<Result<Output<C>> | null>;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts a process that has loaded everything and waits to be opened. `bug` is told what the app did not expect. */
export function startApp(file: string, bug: (text: string) => void): App {
  const child: ChildProcess = fork(file, {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    serialization: 'advanced',
  });
  const waiting = new Map<number, (result: Result<unknown> | null) => void>();
  const loaded = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const gone = once(child, 'exit');
  let count = 0;
  let killed = false;
  // Nobody may be waiting when it dies.
  loaded.promise.catch(() => {});
  opened.promise.catch(() => {});

  child.on('message', (message: FromApp) => {
    if ('loaded' in message) loaded.resolve();
    else if ('opened' in message) opened.resolve();
    else if ('bug' in message) bug(message.bug);
    else {
      waiting.get(message.id)?.(message.result);
      waiting.delete(message.id);
    }
  });
  child.on('error', () => {});
  child.on('exit', (code, signal) => {
    loaded.reject(new Error('The app did not start.'));
    opened.reject(new Error('The app did not open.'));
    if (!killed) bug(`the app ended by itself (code ${code}, signal ${signal})`);
    for (const answer of waiting.values()) answer(null);
    waiting.clear();
  });
  const send = (message: ToApp) => {
    if (child.connected) child.send(message, () => {});
  };

  return {
    async open(folder, ahead) {
      await loaded.promise;
      send({ open: folder, ahead });
      await opened.promise;
    },
    call<C extends Channel>(channel: C, input: Input<C>) {
      if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(null);
      count += 1;
      const id = count;
      return new Promise<Result<Output<C>> | null>((resolve) => {
        // What comes back was checked by the contract's own schema in the router.
        waiting.set(id, (result) => resolve(result as Result<Output<C>> | null));
        send({ id, channel, input });
      });
    },
    async kill() {
      killed = true;
      child.kill('SIGKILL');
      await gone;
    },
  };
}
