import { newFolder, openTestApp, removeFolder, type TestApp, until } from '../main/core-harness.ts';
import { accountOf } from './desk-input.ts';
import { hourClock } from './hour-clock.ts';
import { startPracticeServers } from './practice.ts';
import { type Row, rowByAim } from './row.ts';

const sessions = 1_000;
const hour = 3_600_000; // ms

/** What 1,000 active sessions cost while nobody does anything, over an hour of the core's own time. */
export async function measure(): Promise<Row[]> {
  const practice = await startPracticeServers();
  const clock = hourClock();
  const folder = newFolder();
  try {
    const app = await openTestApp(folder, { clock });
    const empty = memory();
    await fill(app, ['enhance', 'cyclos', 'koyeb'].map(practice.of));
    const full = memory();
    const firedBefore = app.core.scheduler.fired();
    const cpuBefore = process.cpuUsage();
    await clock.pass(hour);
    const { user, system } = process.cpuUsage(cpuBefore);
    const fired = app.core.scheduler.fired() - firedBefore;
    await app.core.close(5_000);
    return [
      rowByAim('idle timers', fired, 'timers', sessions, `fired in an hour with ${sessions} active sessions`),
      rowByAim('idle CPU', (user + system) / 1000, 'ms', hour / 1000, 'of an hour, a thousandth of it'),
      rowByAim('idle memory', (full - empty) / 1024 / 1024, 'MiB', 60, 'resident, above an empty desk'),
    ];
  } finally {
    await practice.stop();
    removeFolder(folder);
  }
}

async function fill(app: TestApp, servers: Parameters<typeof accountOf>[0][]): Promise<void> {
  const { core } = app;
  const opened: string[] = [];
  for (let number = 0; number < sessions; number += 1) {
    const account = core.accounts.add(accountOf(servers[number % servers.length]!, number));
    opened.push(core.sessions.signIn({ accountId: account.id }, 'window'));
    if (opened.length % 30 === 0) await Promise.all(opened.slice(-30).map((id) => app.reach(id, 'active')));
  }
  await until(
    `${sessions} sessions are active`,
    () => core.sessions.all().filter(({ state }) => state === 'active').length === sessions,
    60_000,
  );
  // What the kit keeps for tests is not the app's.
  app.changes.length = 0;
  app.log.length = 0;
}

/** Bytes resident after the garbage is gone. */
function memory(): number {
  if (!globalThis.gc) throw new Error('The bench needs --expose-gc.');
  // As V8 does by itself when a process is idle: pages that are no longer needed go back to the system.
  globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  return process.memoryUsage().rss;
}
