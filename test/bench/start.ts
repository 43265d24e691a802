import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launchGatehouse } from '../e2e/launch.ts';
import { timeToFirstRow } from './first-paint.ts';
import { startKeyring } from './keyring.ts';
import { median, type Row, row } from './row.ts';

const accounts = 1_000;
const pairs = 5;
const root = resolve(import.meta.dirname, '../..');

/** From process start to the first painted account row, with 1,000 accounts; against a blank window of the same host. */
export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const [ourData, blankData] = [join(folder, 'gatehouse'), join(folder, 'blank')];
  const app = () => timeToFirstRow(join(root, 'out/main/index.js'), ourData);
  const blank = () => timeToFirstRow(join(import.meta.dirname, 'blank.js'), blankData);
  const keyring = await startKeyring(join(folder, 'keyring'));
  Object.assign(process.env, keyring.env);
  try {
    await fillDesk(ourData, accounts);
    // Neither is a first start: profiles and code caches are there.
    await app();
    await blank();
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) {
      if (pair % 2 === 0) ours.push(await app());
      theirs.push(await blank());
      if (pair % 2 === 1) ours.push(await app());
    }
    return [
      row('start', {
        value: median(ours),
        unit: 'ms',
        limit: median(theirs),
        aim: 1.5,
        note: `first account row of ${accounts}; limit: a blank window of the same host; medians of ${pairs}`,
      }),
    ];
  } finally {
    await keyring.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** Fills a new desk with so many accounts, through the window's own bridge. */
export async function fillDesk(userData: string, accounts: number): Promise<void> {
  const { page, close } = await launchGatehouse({ userData });
  try {
    await page.evaluate(async (count) => {
      const created = await window.gatehouse.call('vault.create', { passphrase: null, recovery: false });
      if (!created.ok) throw new Error(created.failure.message);
      const add = (number: number) =>
        window.gatehouse.call('accounts.add', {
          vendor: 'enhance',
          label: `Customer ${number}`,
          values: {
            baseUrl: `https://panel-${number % 40}.example/api`,
            way: 'password',
            email: `desk-${number}@customers.example`,
            password: 'not a real password',
          },
          realm: null,
          tags: number % 3 === 0 ? ['customers', 'north'] : ['customers'],
          colour: 'teal',
        });
      for (let from = 0; from < count; from += 1_000) {
        const length = Math.min(1_000, count - from);
        const added = await Promise.all(Array.from({ length }, (_, index) => add(from + index + 1)));
        for (const one of added) if (!one.ok) throw new Error(one.failure.message);
      }
    }, accounts);
  } finally {
    await close();
  }
}
