import { parseArgs } from 'node:util';
import { programs } from '../list.ts';
import type { Practice, PracticeStart } from './types.ts';

/** The channel to a parent: Electron's utility process, or a forked child process. */
interface Parent {
  post(message: unknown): void;
  onMessage(called: (message: unknown) => void): void;
  onGone(called: () => void): void;
}

interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', called: (event: { data: unknown }) => void): void;
}

/** Runs the servers as a program: reports to the parent, or prints what a person needs; ends with the parent. */
export async function runAsProgram(start: (options: PracticeStart) => Promise<Practice>): Promise<void> {
  const parent = findParent();
  let practice: Practice;
  try {
    practice = await start(readArguments(process.argv.slice(2)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    parent?.post({ type: 'failed', reason });
    console.error(`The practice servers did not start: ${reason}`);
    process.exit(1);
  }
  const leave = async () => {
    await practice.close();
    process.exit(0);
  };
  process.once('SIGINT', leave);
  process.once('SIGTERM', leave);
  if (!parent) {
    print(practice);
    return;
  }
  parent.onGone(leave);
  parent.onMessage((message) => {
    if (typeof message !== 'object' || !message || !('type' in message)) return;
    if (message.type === 'close') void leave();
    if (message.type === 'behave' && 'behaviour' in message) behave(practice, message.behaviour);
  });
  const { servers, inboxUrl, phoneUrl } = practice;
  parent.post({
    type: 'ready',
    servers: servers.map(({ vendor, url, origin, people, phoneUrl: phone, devicesUrl }) => ({
      ...{ vendor, url, origin, people },
      approvalUrl: phone ?? devicesUrl ?? null,
    })),
    inboxUrl,
    phoneUrl,
  });
}

/** All servers at once: late, with a fault, or as they should. */
function behave({ servers }: Practice, behaviour: unknown): void {
  for (const server of servers) {
    server.behave();
    if (behaviour === 'slowly') server.misbehave({ operation: '*', latency: 4_000 });
    if (behaviour === 'failing') server.misbehave({ operation: '*', status: 503 });
  }
}

function findParent(): Parent | null {
  const port = (process as { parentPort?: UtilityPort }).parentPort;
  if (port) {
    // A utility process dies with the main process by itself.
    return {
      post: (message) => port.postMessage(message),
      onMessage: (called) => port.on('message', (event) => called(event.data)),
      onGone: () => undefined,
    };
  }
  if (!process.send) return null;
  return {
    post: (message) => process.send?.(message),
    onMessage: (called) => process.on('message', called),
    onGone: (called) => process.once('disconnect', called),
  };
}

/** --port-<name> N, --seed TEXT, --cyclos 4.11|4.16|both, --logins N, --only a,b. Throws on anything else. */
export function readArguments(args: string[]): PracticeStart {
  const text = { type: 'string' } as const;
  const ports = [...programs.map(({ name }) => name), 'inbox'];
  const vendors = [...new Set(programs.map(({ vendor }) => vendor))];
  const { values } = parseArgs({
    args,
    options: {
      seed: text,
      cyclos: text,
      logins: text,
      only: text,
      ...Object.fromEntries(ports.map((name) => [`port-${name}`, text])),
    },
  });
  const given: Record<string, string | undefined> = values;
  const { cyclos } = values;
  if (cyclos !== undefined && cyclos !== '4.11' && cyclos !== '4.16' && cyclos !== 'both')
    throw new Error('--cyclos takes 4.11, 4.16 or both.');
  const only = values.only?.split(',');
  const unknown = only?.find((vendor) => !vendors.includes(vendor));
  if (unknown !== undefined) throw new Error(`--only knows ${vendors.join(', ')}; not “${unknown}”.`);
  return {
    ports: Object.fromEntries(
      ports.map((name) => [name, whole(`--port-${name}`, given[`port-${name}`], 65_535)]),
    ),
    logins: whole('--logins', values.logins, 100_000),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
    ...(cyclos === undefined ? {} : { cyclos }),
    ...(only === undefined ? {} : { only }),
  };
}

function whole(name: string, text: string | undefined, most: number): number {
  const value = Number(text ?? 0);
  if (!Number.isInteger(value) || value < 0 || value > most)
    throw new Error(`${name} takes a whole number from 0 to ${most}.`);
  return value;
}

function print(practice: Practice): void {
  const lines: string[] = [];
  for (const server of practice.servers) {
    lines.push('', `${server.vendor}  ${server.url}`);
    for (const person of server.people) {
      lines.push(`  ${person.label}: ${person.note}`);
      for (const [name, value] of Object.entries(person.account.values))
        if (name !== 'baseUrl') lines.push(`    ${name.padEnd(20)} ${value}`);
      const { realm } = person.account;
      if (realm) lines.push(`    ${'realm'.padEnd(20)} ${realm.name} (${realm.id})`);
    }
  }
  lines.push('', `inbox  ${practice.inboxUrl}`);
  if (practice.phoneUrl) lines.push(`phone  ${practice.phoneUrl}`);
  lines.push('', 'Press Ctrl+C to stop.');
  console.log(lines.join('\n').trimStart());
}
