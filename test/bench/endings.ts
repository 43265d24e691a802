import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { GatehouseError } from '#contract/failure.ts';
import { systemClock } from '#lib/scheduler.ts';
import type { Vendor } from '../../main/vendors/vendor.ts';
import { openSessions } from '../main/sessions/session-harness.ts';
import { createKeyring } from '../main/vault/keyrings.ts';
import { type Row, row, rowByAim } from './row.ts';

const orders = 5_000;
const accounts = 50;
const latency = 20; // ms, before every answer
const atOnce = 6; // requests to one host, as main/http/client.ts has it
const away = 30_000; // ms from the start until the server is back
const quiet = 5_000; // ms after the start, in which it learns that the server is away

/** 5,000 orders on disk at the start of main, at a server that is away for half a minute and then comes back. */
export async function measure(): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-bench-'));
  const server = http.createServer((_, answer) => setTimeout(() => answer.writeHead(204).end(), latency));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await closed(server);
  const seen = { asked: 0, firstAnswer: 0 };
  const options = {
    folder,
    clock: systemClock,
    vendor: vendorAt(seen),
    keyring: createKeyring(),
    baseUrl: `http://127.0.0.1:${port}`,
  };
  try {
    await owe(options);
    seen.asked = 0;

    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const harness = await openSessions(options);
    harness.sessions.resume();
    await sleep(quiet);
    const cpu = process.cpuUsage();
    const asked = seen.asked;
    await sleep(away - quiet);
    const busy = process.cpuUsage(cpu);
    const askedAway = seen.asked - asked;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    harness.sessions.online();
    while (harness.sessions.endings().length > 0) await sleep(10);
    const took = performance.now() - seen.firstAnswer;
    delay.disable();
    harness.crash();
    const note = `${orders} orders at the start`;
    return [
      row('endings back', {
        value: took,
        unit: 'ms',
        limit: Math.ceil(orders / atOnce) * latency,
        aim: 1.2,
        note: `${note}; from the first answer; limit: requests / ${atOnce} × ${latency} ms`,
      }),
      rowByAim('endings stall', delay.max / 1e6, 'ms', 50, `${note}; main's longest turn, opening included`),
      rowByAim(
        'endings away',
        (100 * (busy.user + busy.system)) / 1e3 / (away - quiet),
        '%',
        5,
        `${note}; main's CPU while the server is away (${askedAway} requests)`,
      ),
    ];
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Leaves the orders on disk, as after a kill. */
async function owe(options: Parameters<typeof openSessions>[0]): Promise<void> {
  const harness = await openSessions(options);
  const ids = Array.from({ length: accounts }, (_, number) => harness.addAccount(`account ${number}`).id);
  const sessions: string[] = [];
  for (let round = 0; round < orders / accounts; round += 1) {
    for (const accountId of ids) sessions.push(harness.sessions.signIn({ accountId }, 'window'));
    await harness.settle();
  }
  harness.sessions.endMany(sessions, { actor: 'window' });
  // Until the server is known to be away, and nothing is on its way.
  await sleep(3_000);
  harness.crash();
}

function vendorAt(seen: { asked: number; firstAnswer: number }): Vendor {
  return {
    id: 'bench',
    view: {
      name: 'Bench',
      purpose: 'the bench',
      words: { realm: 'realm', realms: 'realms', place: 'there' },
      form: [{ name: 'baseUrl', label: 'Address', type: 'url', required: true, secret: false }],
      ways: [],
    },
    identityOf: () => 'somebody',
    begin: async () => ({
      kind: 'active',
      grant: { secret: 'token', realm: null, person: null, method: 'bench', expiresAt: null },
    }),
    async answer() {
      throw new GatehouseError({ kind: 'internal', message: 'Nothing was asked.' });
    },
    check: async () => ({ alive: true }),
    async end({ http }) {
      seen.asked += 1;
      await http.send({ operation: 'end', method: 'DELETE', path: ['session'] });
      seen.firstAnswer ||= performance.now();
    },
  };
}

async function closed(server: http.Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
