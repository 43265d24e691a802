import { type ChildProcess, fork as forkNode, type IOType } from 'node:child_process';
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { offer } from './offer.ts';

const children = new Set<ChildProcess>();

/** A Node process in place of Electron's utility process; `process.parentPort` is there as in Electron. */
class UtilityChild extends EventEmitter {
  readonly stdout: ChildProcess['stdout'];
  readonly stderr: ChildProcess['stderr'];
  private child: ChildProcess;
  constructor(path: string, args: string[], options: Electron.ForkOptions) {
    super();
    const own = new URL('./utility-child.ts', import.meta.url).href;
    const wanted = (options.stdio ?? 'inherit') as IOType | IOType[];
    const [, out, err] = Array.isArray(wanted) ? wanted : [wanted, wanted, wanted];
    this.child = forkNode(path, args, {
      env: (options.env ?? process.env) as NodeJS.ProcessEnv,
      execArgv: ['--import', own, ...(options.execArgv ?? [])],
      ...(options.cwd ? { cwd: options.cwd } : {}),
      stdio: ['ignore', out, err, 'ipc'],
      serialization: 'advanced',
    });
    this.stdout = this.child.stdout;
    this.stderr = this.child.stderr;
    children.add(this.child);
    this.child.on('spawn', () => this.emit('spawn'));
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('error', (error) => console.error(`host: ${error.message}`));
    this.child.on('exit', (code) => {
      children.delete(this.child);
      this.emit('exit', code ?? 1);
    });
  }
  get pid(): number | undefined {
    return this.child.exitCode === null ? this.child.pid : undefined;
  }
  postMessage(message: unknown): void {
    if (this.child.connected) this.child.send(message as object);
  }
  kill(): boolean {
    return this.child.kill();
  }
}

process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

export const utilityProcess = offer('utilityProcess', {
  fork: (path: string, args: string[] = [], options: Electron.ForkOptions = {}) =>
    offer('UtilityProcess', new UtilityChild(path, args, options)),
});
