import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { makeClock } from './common/clock.ts';
import { Inbox } from './common/inbox.ts';
import { openInboxServer } from './common/inbox-server.ts';
import { runAsProgram } from './common/program.ts';
import { makeIds } from './common/seed.ts';
import type { Practice, PracticeOptions, PracticeServer, PracticeStart } from './common/types.ts';
import { programs } from './list.ts';

/** People of every vendor who show a desk at work without filling it. */
const typicalPeople: ReadonlySet<string> = new Set([
  'Nora Lindholm',
  'Amir Haddad',
  'Tess Okafor',
  'Sam Whitlock',
  'Alex Moreau',
  'Left Coast: Administrator',
  'Left Coast: One-time password',
  'Left Coast: Authenticator',
  'Harbour: Administrator',
  'Front door: Desk key',
  'Back office: Desk key',
  'Maya Castell',
  'Jonas Weber',
  'Support desk token',
]);

/** Starts the practice servers on 127.0.0.1. Rejects, with nothing left running, when a port is taken. */
export async function startPractice(start: PracticeStart = {}): Promise<Practice> {
  const clock = makeClock();
  const inbox = new Inbox();
  const { ports = {} } = start;
  const options = (name: string): PracticeOptions => ({
    port: ports[name] ?? 0,
    ids: makeIds(`${start.seed ?? 'gatehouse'}/${name}`, `${start.seed ?? randomUUID()}/${name}`),
    clock,
    inbox,
  });
  const opening = programs
    .filter(({ vendor, when }) => (start.only?.includes(vendor) ?? true) && (when?.(start) ?? true))
    .map((program) => program.start(options(program.name), start));

  const servers: PracticeServer[] = [];
  const page = openInboxServer(inbox, () => servers, ports.inbox);
  const outcomes = await Promise.allSettled(opening);
  for (const outcome of outcomes) if (outcome.status === 'fulfilled') servers.push(outcome.value);
  const [mail] = await Promise.allSettled([page]);
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    if (mail?.status === 'fulfilled') await mail.value.close();
  };
  for (const person of servers.flatMap((server) => server.people)) {
    if (typicalPeople.has(person.label)) person.typical = true;
  }
  const failed = [...outcomes, mail].find((outcome) => outcome?.status === 'rejected');
  if (failed || mail?.status !== 'fulfilled') {
    await close();
    throw failed?.status === 'rejected' ? failed.reason : new Error('The practice inbox did not start.');
  }
  return {
    servers,
    inbox,
    clock,
    inboxUrl: `${mail.value.origin}/inbox`,
    phoneUrl: servers.find((server) => server.phoneUrl)?.phoneUrl ?? null,
    close,
  };
}

const program = process.argv[1];
const started = program !== undefined && import.meta.url === pathToFileURL(program).href;
// In Electron's utility process the second argument is not promised; its port is.
if (started || (process as { parentPort?: unknown }).parentPort) await runAsProgram(startPractice);
