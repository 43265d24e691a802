import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { ask as askShape } from '#contract/shapes.ts';
import { nextauth } from '../../../../main/vendors/nextauth/index.ts';
import type { Step } from '../../../../main/vendors/vendor.ts';
import { until } from '../../core-harness.ts';
import { newNetwork, promptOf, visitTo } from '../practice-context.ts';
import { openHostile } from './hostile.ts';

type Sent = { what: 'text' | 'binary'; data: string | Uint8Array } | { what: 'ping' | 'pong'; data: string };

const words = [
  ...['LOGIN', 'LOGOUT', 'CANPROVOKE', 'CONFIRMSCAN', 'CONFIRMPROVOKE', 'CANCEL', 'NOACCOUNTS'],
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'APPROVED', 'PUSHED', 'CLOSED', 'login', ''],
];
/** `IDS` stands for the session's own ids, which the server learns when the client registers. */
const word = fc
  .tuple(fc.constantFrom(...words), fc.constantFrom('IDS', 'IDS', 'IDS IDS', 'x y', '__proto__ constructor'))
  .map((parts) => parts.join(' '));
const text = fc.oneof(
  { weight: 8, arbitrary: word },
  fc.string({ unit: 'binary', maxLength: 3_000 }),
  fc.json({ maxDepth: 40 }),
  fc.nat(20_000).map((depth) => '['.repeat(depth)),
  fc.constantFrom('1e999', '-0', '9'.repeat(900), 'LOGIN\u0000IDS', '\u2028LOGIN IDS', ' \n\tCANCEL\v IDS '),
);
const sent: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 6, arbitrary: text.map((data): Sent => ({ what: 'text', data })) },
  fc.uint8Array({ maxLength: 2_000 }).map((data): Sent => ({ what: 'text', data })),
  fc.uint8Array({ maxLength: 2_000 }).map((data): Sent => ({ what: 'binary', data })),
  text.map((data): Sent => ({ what: 'binary', data })),
  fc
    .tuple(fc.constantFrom('ping' as const, 'pong' as const), fc.string({ maxLength: 30 }))
    .map(([what, data]): Sent => ({ what, data })),
);

function say(socket: WebSocket, { what, data }: Sent, ids: string) {
  if (socket.readyState !== socket.OPEN) return;
  const own = typeof data === 'string' ? data.replaceAll('IDS', ids) : data;
  if (what === 'ping' || what === 'pong') socket[what](own);
  else socket.send(own, { binary: what === 'binary' });
}

/** What the prompt shows after these frames by the vendor's manual. */
function stageAfter(frames: Sent[]): string {
  const stages: Record<string, string> = {
    ...{ CONFIRMSCAN: 'scanned', CONFIRMPROVOKE: 'pushed', CANCEL: 'refused', NOACCOUNTS: 'no-account' },
  };
  let stage = 'ready';
  for (const { what, data } of frames) {
    // A text that is no UTF-8 ends the websocket.
    if (what === 'text' && typeof data !== 'string' && !isUtf8(data)) break;
    if (what !== 'text' || typeof data !== 'string') continue;
    const [word = '', ids, ...rest] = data.trim().split(/\s+/);
    if (ids === 'IDS' && rest.length === 0 && Object.hasOwn(stages, word)) stage = stages[word]!;
  }
  return stage;
}

/** One sign-in at a server that says these frames on each websocket. Rejects when a state is not lawful, or nothing comes of it. */
async function signIn(frames: Sent[]): Promise<void> {
  const hostile = await openHostile();
  const network = newNetwork();
  try {
    let said = false;
    hostile.told.onSocket = (socket, ids) => {
      for (const frame of frames) say(socket, frame, ids);
      said = true;
    };
    const begun = promptOf(await nextauth.begin(visitTo({ network, values: hostile.values }), null, {}));
    const shown: Step[] = [];
    const here = visitTo({ network, values: hostile.values });
    const result = nextauth.listen!(here, begun.resume, (step) => shown.push(step));
    result.catch(() => {});
    const stage = () => {
      const { ask } = promptOf(shown.at(-1) ?? begun);
      return ask.kind === 'scan' ? ask.stage : ask.kind;
    };
    await until('the server has said everything', () => said);
    await until(`${JSON.stringify(frames)} is shown`, () => stage() === stageAfter(frames));
    for (const step of shown) {
      const { ask, resume, deadline } = promptOf(step);
      expect(askShape.parse(ask)).toEqual(ask);
      expect(JSON.parse(JSON.stringify(resume))).toEqual(resume);
      expect(deadline).toBe(begun.deadline);
    }
    hostile.told.loggedin = true;
    for (const { socket } of hostile.sockets) socket.close();
    expect(await result).toMatchObject({ kind: 'active', grant: { person: 'mallory' } });
  } finally {
    network.close();
    await hostile.close();
  }
}

test('whatever the websocket says, each session keeps a lawful state and can still be signed in', async () => {
  const runs = fc.sample(fc.array(sent, { minLength: 1, maxLength: 60, size: 'max' }), {
    seed: 20_261_124,
    numRuns: 60,
  });
  expect(new Set(runs.map(stageAfter)).size).toBe(5);
  await Promise.all(runs.map(signIn));
});
