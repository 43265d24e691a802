import { existsSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import type { Challenge } from '#contract/shapes.ts';
import { nextauth } from '../../../../main/vendors/nextauth/index.ts';
import type { Step } from '../../../../main/vendors/vendor.ts';
import { startEnhance } from '../../../../practice/enhance/index.ts';
import { newFolder, openTestApp, removeFolder, until } from '../../core-harness.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  newNetwork,
  practiceOptions,
  promptOf,
} from '../practice-context.ts';
import { openHostile } from './hostile.ts';

type Scan = Extract<Challenge, { kind: 'scan' }>;

let hostile: Awaited<ReturnType<typeof openHostile>>;
const closing: (() => unknown)[] = [];
beforeEach(async () => {
  hostile = await openHostile();
  closing.push(hostile.close);
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** ms that this process stood in line behind others, where the system tells; proc(5), schedstat. */
function waitedForProcessor(): number {
  const file = '/proc/self/schedstat';
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split(' ')[1]) / 1e6 : 0;
}

/** Watches how long nothing else gets a turn. */
function watchStalls() {
  let longest = 0;
  let last = performance.now() - waitedForProcessor();
  const timer = setInterval(() => {
    const now = performance.now() - waitedForProcessor();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function listening(more: { wsurl?: string } = {}) {
  Object.assign(hostile.told, more);
  const network = newNetwork();
  const stop = new AbortController();
  closing.push(network.close, () => stop.abort());
  const here = contextFor({ network, values: hostile.values, signal: stop.signal });
  const step = promptOf(await nextauth.begin(here, null, {}));
  const shown: Scan[] = [];
  const resumes = new Set<string>();
  const note = (changed: Step) => {
    const { ask, resume } = promptOf(changed);
    if (ask.kind === 'scan') shown.push(ask);
    resumes.add(JSON.stringify(resume));
  };
  const result = nextauth.listen!(here, step.resume, note);
  result.catch(() => {});
  return { here, step, shown, resumes, result };
}

describe('a hostile nextAuth server', () => {
  test('that sends 5,000 frames in a burst stalls nobody, costs few writes, and loses its websocket', async () => {
    const folder = newFolder();
    const app = await openTestApp(folder);
    const panel = await startEnhance(practiceOptions('enhance beside a flood'));
    closing.push(
      () => removeFolder(folder),
      () => panel.close(),
      () => app.core.close(2_000),
    );
    const { core } = app;
    const seal = vi.spyOn(core.vault, 'seal');
    const words = ['CONFIRMSCAN', 'CONFIRMPROVOKE', 'CANCEL', 'NOACCOUNTS', 'CANPROVOKE'];
    let burst = 0;
    hostile.told.onSocket = async (socket, ids) => {
      if (burst > 0) return socket.send(`CANCEL ${ids}`);
      for (burst = 1; burst <= 5_000; burst += 1) {
        socket.send(`${words[burst % words.length]} ${ids}`);
        // The server's own work is no stall of Gatehouse, with which it shares this thread.
        if (burst % 250 === 0) await new Promise(setImmediate);
      }
      hostile.told.payload = 'hostile:after the burst';
    };

    const stalls = watchStalls();
    const values = hostile.values;
    const account = core.accounts.add({
      ...{ vendor: 'nextauth', label: 'Hostile', values, realm: null, tags: [], colour: 'teal' },
    });
    const id = core.sessions.signIn({ accountId: account.id }, 'window');
    const scan = () => {
      const ask = core.sessions.promptOf(id)?.ask;
      return ask?.kind === 'scan' ? ask : null;
    };
    await until('the burst has come', () => burst > 5_000);
    const nora = app.add(panel, 'Nora Lindholm');
    const other = core.sessions.signIn({ accountId: nora.id }, 'window');
    await app.reach(other, 'active');
    await until('the newest code is shown', () => scan()?.payload === 'hostile:after the burst');
    // The websocket was dropped for the burst; a second one says the newest state.
    await until('the newest state is shown', () => scan()?.stage === 'refused' && hostile.sockets.length > 1);
    expect(stalls()).toBeLessThan(200);
    const sealed = seal.mock.calls.filter(([record, field]) => record === id && field === 'pending');
    expect(sealed.length).toBeLessThanOrEqual(12);
    // What is sealed goes on after a restart.
    expect(app.sealed(id, 'pending')).toContain('hostile:after the burst');
    core.sessions.end(id, { actor: 'window' });
    await app.reach(id, 'ended');
    expect(app.bugs).toEqual([]);
  });

  test('that sends as much as it may is shown a few times a second, the newest state last', async () => {
    hostile.told.onSocket = async (socket, ids) => {
      for (let turn = 0; turn < 90; turn += 1) {
        socket.send(`${turn % 2 ? 'CONFIRMSCAN' : 'NOACCOUNTS'} ${ids}`);
        await sleep(12);
      }
      socket.send(`CANCEL ${ids}`);
    };
    const began = performance.now();
    const { shown, resumes } = await listening();
    await until('the newest state is shown', () => shown.at(-1)?.stage === 'refused');
    const seconds = (performance.now() - began) / 1_000;
    expect(shown.length).toBeLessThanOrEqual(3 + seconds * 4);
    // Nothing of it was worth writing down.
    expect(resumes.size).toBe(1);
    expect(hostile.sockets).toHaveLength(1);
  });

  test('that says again and again that somebody signed in is asked less and less often', async () => {
    hostile.told.onSocket = async (socket, ids) => {
      while (socket.readyState === socket.OPEN) {
        socket.send(`LOGIN ${ids}`);
        await sleep(25);
      }
    };
    await listening();
    await until('a websocket is open', () => hostile.sockets.length > 0);
    const before = hostile.polledAt.length;
    await sleep(2_000);
    // 250 ms, then half as long again each time.
    expect(hostile.polledAt.length - before).toBeLessThanOrEqual(4);
    expect(hostile.polledAt.length - before).toBeGreaterThanOrEqual(2);
  });

  test('that closes each websocket at once is called back less and less often, and polled no faster', async () => {
    hostile.told.onSocket = (socket) => socket.close();
    const { shown } = await listening();
    await sleep(4_500);
    expect(hostile.sockets.length).toBeLessThanOrEqual(4);
    expect(hostile.sockets.length).toBeGreaterThanOrEqual(2);
    expect(hostile.polledAt.length).toBeLessThanOrEqual(8);
    expect(shown.length).toBeLessThanOrEqual(2 + 4.5 * 4);
    expect(shown.at(-1)?.listening).toBe('polling');
  });

  test.each([
    ['a frame above 64 KiB', (socket) => socket.send('x'.repeat(65 * 1024))],
    [
      'pings without end',
      async (socket) => {
        while (socket.readyState === socket.OPEN) {
          socket.ping();
          await sleep(5);
        }
      },
    ],
    [
      'a message in a thousand pieces',
      (socket) => {
        for (let turn = 0; turn < 1_000; turn += 1) socket.send('', { fin: false });
      },
    ],
  ] satisfies [string, (socket: WebSocket) => void][])(
    'loses the websocket by %s, and is polled on',
    async (_what, send) => {
      let closed = false;
      hostile.told.onSocket = (socket) => {
        socket.on('close', () => {
          closed = true;
        });
        send(socket);
        hostile.told.onSocket = () => {};
      };
      const { result } = await listening();
      await until('the websocket is dropped', () => closed);
      hostile.told.loggedin = true;
      expect(await result).toMatchObject({ kind: 'active', grant: { person: 'mallory' } });
    },
  );

  test('that sends a code too large for any QR code is told apart, and the last good code stays', async () => {
    const { shown, step } = await listening({ wsurl: '' });
    hostile.told.payload = 'x'.repeat(9 * 1024);
    const before = hostile.polledAt.length;
    await until('it was asked again', () => hostile.polledAt.length > before);
    await sleep(50);
    const first = step.ask.kind === 'scan' ? step.ask.payload : '';
    expect(shown.every((one) => one.payload === first)).toBe(true);
    const network = newNetwork();
    closing.push(network.close);
    const begun = nextauth.begin(contextFor({ network, values: hostile.values }), null, {});
    expect(await failureOf(begun)).toMatchObject({
      kind: 'unexpected-answer',
      message: expect.stringContaining('QR code'),
    });
  });

  test('that sends names and lists without end gets short ones shown and written', async () => {
    const long = 'x'.repeat(100_000);
    const accounts = Array.from({ length: 5_000 }, (_, id) => ({
      id,
      description: long.slice(0, 300),
      userid: 'u',
    }));
    Object.assign(hostile.told, { serverName: long, userid: long, hsid: long, accounts });
    const { step, result } = await listening();
    expect(JSON.stringify(step).length).toBeLessThan(20_000);
    await sleep(300);
    // An id of that length opens no websocket.
    expect(hostile.sockets).toHaveLength(0);
    hostile.told.loggedin = true;
    const grant = activeOf(await result);
    expect(grant.person).toBeNull();
    expect(JSON.stringify(grant).length).toBeLessThan(1_000);
  });

  test('a fault of ours while a change is shown ends the sign-in instead of the program', async () => {
    hostile.told.onSocket = async (socket, ids) => {
      await sleep(50);
      socket.send(`CONFIRMSCAN ${ids}`);
    };
    const network = newNetwork();
    closing.push(network.close);
    const here = contextFor({ network, values: hostile.values });
    const step = promptOf(await nextauth.begin(here, null, {}));
    const listened = nextauth.listen!(here, step.resume, ({ kind, ...rest }) => {
      if (kind === 'prompt' && JSON.stringify(rest).includes('"scanned"')) throw new Error('disk full');
    });
    await expect(listened).rejects.toThrow('disk full');
  });
});
