import { app } from 'electron';
import type { Behaviour } from './behaviour.ts';
import { desktop } from './behaviours/desktop.ts';
import { ipc } from './behaviours/ipc.ts';
import { members } from './behaviours/members.ts';
import { network } from './behaviours/network.ts';
import { proxies } from './behaviours/proxy.ts';
import { window } from './behaviours/window.ts';
import { notOffered } from './not-offered.ts';
import { registerScheme, serveScheme } from './world.ts';

/*
 * The main process of the conformance suite: the same on Electron and on the stand-in host. It tries one behaviour after
 * another, says on stdout what came of each, one JSON line each, and ends with 1 when one is not as Electron's.
 */

const behaviours: Behaviour[] = [...ipc, ...network, ...proxies, ...window, ...desktop, ...members];
const onElectron = process.versions.electron !== undefined;
/** ms that one may take. */
const patience = 20_000;

registerScheme();
app.requestSingleInstanceLock();
void app.whenReady().then(async () => {
  serveScheme();
  let wrong = 0;
  for (const { name, source, run } of behaviours) {
    const skipped = onElectron ? undefined : notOffered[name];
    const failure = skipped ? null : await tried(run);
    if (failure) wrong += 1;
    process.stdout.write(`${JSON.stringify({ name, source, skipped: skipped ?? null, failure })}\n`);
  }
  const unknown = Object.keys(notOffered).filter((name) => !behaviours.some((one) => one.name === name));
  for (const name of unknown)
    process.stdout.write(`${JSON.stringify({ name, failure: 'is no behaviour' })}\n`);
  app.exit(wrong + unknown.length === 0 ? 0 : 1);
});

async function tried(run: Behaviour['run']): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((done) => {
    timer = setTimeout(done, patience, `It did not end in ${patience} ms.`);
  });
  try {
    return (await Promise.race([Promise.resolve(run()).then(() => null), late])) ?? null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}
