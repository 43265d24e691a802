import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import type { PracticePerson } from '../../practice/common/types.ts';

const root = resolve(import.meta.dirname, '../..');

export interface BenchServer {
  vendor: string;
  url: string;
  origin: string;
  people: PracticePerson[];
}

/** The practice servers in a process of their own, as the app starts them; the bench's own work is not theirs. */
export async function startPracticeServers(...args: string[]): Promise<{
  servers: BenchServer[];
  /** The server of a vendor; throws when it was not started. */
  of(vendor: string): BenchServer;
  stop(): Promise<void>;
}> {
  const child: ChildProcess = fork(join(root, 'out/practice/index.js'), args, { execArgv: [] });
  const [ready] = (await once(child, 'message')) as [
    { type: string; reason?: string; servers: BenchServer[] },
  ];
  if (ready.type !== 'ready') throw new Error(`The practice servers did not start: ${ready.reason}`);
  const { servers } = ready;
  return {
    servers,
    of(vendor) {
      const found = servers.find((server) => server.vendor === vendor);
      if (!found) throw new Error(`No practice server of ${vendor} was started.`);
      return found;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

/** Makes a practice server wait before each answer of every operation. ms. */
export async function slowDown(server: BenchServer, latency: number): Promise<void> {
  const answer = await fetch(`${server.origin}/__practice/misbehave`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ operation: '*', latency }),
  });
  if (!answer.ok) throw new Error(`The practice server of ${server.vendor} said ${answer.status}.`);
}
