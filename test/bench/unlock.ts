import { type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Input } from '#contract/channels.ts';
import { ordinaryCost } from '../../main/vault/passphrase.ts';
import { newFolder, openTestApp, removeFolder } from '../main/core-harness.ts';
import { median, type Row, row, rowByAim } from './row.ts';

const accounts = 4_000;
const secrets = 10_000; // two of each account, and a third one of every other
const rounds = 9;
const allowed = 20; // ms
const passphrase = 'a quiet bench by the river';
const derive = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);
const { N, r, p } = ordinaryCost;
const cost: ScryptOptions = { N, r, p, maxmem: 256 * N * r * p };

/** The first unlock after a start, with 10,000 secrets stored, on the core without its window; against scrypt alone. */
export async function measure(): Promise<Row[]> {
  const folder = newFolder();
  try {
    await fill(folder);
    const unlocks: number[] = [];
    const derivations: number[] = [];
    const work: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { core } = await openTestApp(folder, { asStored: true });
      const turns = [
        () => timed(() => ownWork(() => core.unlock(passphrase), work), unlocks),
        () => timed(() => derive(passphrase, 'salt of 16 bytes', 32, cost), derivations),
      ];
      for (const turn of round % 2 === 0 ? turns : turns.reverse()) await turn();
      const found = core.accounts.all().reduce((sum, { storedSecrets }) => sum + storedSecrets.length, 0);
      if (found !== secrets) throw new Error(`There are ${found} secrets, not ${secrets}.`);
      await core.close(0);
    }
    const limit = median(derivations) + allowed;
    return [
      row('unlock', {
        value: median(unlocks),
        unit: 'ms',
        limit,
        aim: 1,
        note: `first after a start, ${secrets} secrets of ${accounts} accounts; limit: scrypt alone + ${allowed} ms; medians of ${rounds}`,
      }),
      rowByAim(
        'unlock, own work',
        median(work),
        'ms',
        allowed,
        `processor time of the main thread, without scrypt’s; ${work[0]?.toPrecision(3)} the first time, when no code is warm`,
      ),
    ];
  } finally {
    removeFolder(folder);
  }
}

/** Stores the accounts under the passphrase at the ordinary cost. */
async function fill(folder: string): Promise<void> {
  const { core } = await openTestApp(folder, { asStored: true });
  await core.vault.create(passphrase);
  core.store.transaction(() => {
    for (let number = 0; number < accounts; number += 1) {
      const { id } = core.accounts.add(accountOf(number));
      // As a vendor's answer may bring it.
      if (number % 2 === 0) core.accounts.keep(id, { device: `a remembered device ${number}` });
    }
  });
  await core.close(0);
}

/** scrypt runs on a thread of its own. */
async function ownWork(run: () => Promise<unknown>, into: number[]): Promise<void> {
  const before = process.threadCpuUsage();
  await run();
  const { user, system } = process.threadCpuUsage(before);
  into.push((user + system) / 1000);
}

async function timed(work: () => Promise<unknown>, into: number[]): Promise<void> {
  const started = performance.now();
  await work();
  into.push(performance.now() - started);
}

function accountOf(number: number): Input<'accounts.add'> {
  return {
    vendor: 'enhance',
    label: `Customer ${number}`,
    values: {
      baseUrl: `https://panel-${number % 40}.example/api`,
      way: 'password',
      email: `desk-${number}@customers.example`,
      password: `not a real password ${number}`,
      authenticatorSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    },
    realm: null,
    tags: number % 3 === 0 ? ['customers', 'north'] : ['customers'],
    colour: 'teal',
  };
}
