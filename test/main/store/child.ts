import { writeSync } from 'node:fs';
import { GatehouseError } from '#contract/failure.ts';
import { openStore } from '../../../main/store/store.ts';

/** A process of its own for what can't be done to the test's process: lose rights, meet a limit, be killed. */
const [task, path = ''] = process.argv.slice(2);

function answer(value: unknown): void {
  writeSync(1, JSON.stringify(value));
}

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (error instanceof GatehouseError) return error.failure;
    throw error;
  }
}

function open(): unknown {
  return attempt(() => {
    openStore(path, { now: () => 2 }).close();
    return { opened: true };
  });
}

if (task === 'open') answer(open());

if (task === 'open-unprivileged') {
  if (process.getuid?.() === 0) {
    process.setgid?.(65534);
    process.setuid?.(65534);
  }
  answer(open());
}

if (task === 'write-and-die') {
  const store = openStore(path, { now: () => 2 });
  store.run("INSERT INTO meta (key, value) VALUES ('last-words', 'kept')");
  process.kill(process.pid, 'SIGKILL');
}

if (task === 'fill') {
  const store = openStore(path, { now: () => 2 });
  const count = () => Number(store.get("SELECT count(*) AS n FROM meta WHERE key LIKE 'fill%'")?.n);
  let stored = 0;
  const failure = attempt(() => {
    for (;;) {
      store.run('INSERT INTO meta (key, value) VALUES (?, ?)', `fill${stored}`, 'x'.repeat(2000));
      stored += 1;
    }
  });
  answer({ failure, stored, after: count() });
}
