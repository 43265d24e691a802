import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { timeToFirstRow } from './first-paint.ts';
import { startKeyring } from './keyring.ts';
import { median, type Row, row } from './row.ts';
import { fillDesk } from './start.ts';

const few = 100;
const many = [
  { accounts: 10_000, aim: 1.3 },
  { accounts: 50_000, aim: 1.8 },
];
const rounds = 5;
const main = resolve(import.meta.dirname, '../../out/main/index.js');

/** From process start to the first painted account row, by the keyring; against the same with 100 accounts. */
export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const keyring = await startKeyring(join(folder, 'keyring'));
  Object.assign(process.env, keyring.env);
  const desks = [{ accounts: few, aim: 1 }, ...many].map((one) => ({
    ...one,
    data: join(folder, String(one.accounts)),
    times: [] as number[],
  }));
  try {
    for (const { data, accounts } of desks) {
      await fillDesk(data, accounts);
      // None is a first start: profiles and code caches are there.
      await timeToFirstRow(main, data);
    }
    for (let round = 0; round < rounds; round += 1)
      for (const { data, times } of round % 2 === 0 ? desks : desks.toReversed())
        times.push(await timeToFirstRow(main, data));
    const [least, ...others] = desks;
    const limit = median(least!.times);
    return others.map(({ accounts, aim, times }) =>
      row(`start, ${accounts} accounts`, {
        value: median(times),
        unit: 'ms',
        limit,
        aim,
        note: `first account row, by keyring; limit: the same with ${few} accounts; medians of ${rounds}`,
      }),
    );
  } finally {
    await keyring.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
