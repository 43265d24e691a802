import type { Page } from 'playwright';
import type { Prompt, Session } from '#contract/shapes.ts';
import { type Launched, launchGatehouse } from '../e2e/launch.ts';
import { accountOf } from './desk-input.ts';
import { slowDown, startPracticeServers } from './practice.ts';
import { type Row, row, rowByAim } from './row.ts';
import { approveScans } from './scans.ts';

const accounts = 25; // of each vendor
const rounds = 10; // sessions of each account
const latency = 50; // ms, before every answer
const atOnce = 6; // requests to one host, as main/http/client.ts has it
/** nextAuth has no list of sessions: after the sign-out its proof is a second request. */
const requests: Record<string, number> = { nextauth: 2 };

/** Ends 1,000 sessions of four vendors through the window, with slow servers; per host against what it allows. */
export async function measure(): Promise<Row[]> {
  const practice = await startPracticeServers();
  const app = await launchGatehouse();
  try {
    await app.page.evaluate(async () => {
      await window.gatehouse.call('vault.create', { passphrase: 'only for the bench 7!', recovery: false });
    });
    const added = practice.servers.flatMap((server) =>
      Array.from({ length: accounts }, (_, number) => accountOf(server, number)),
    );
    const ids = await app.page.evaluate(
      (inputs) =>
        Promise.all(
          inputs.map(async (input) => {
            const result = await window.gatehouse.call('accounts.add', input);
            if (!result.ok) throw new Error(result.failure.message);
            return result.value.id;
          }),
        ),
      added,
    );
    for (let round = 1; round <= rounds; round += 1) {
      await app.page.evaluate(async (accountIds) => {
        await Promise.all(
          accountIds.map((accountId) => window.gatehouse.call('sessions.signIn', { accountId })),
        );
      }, ids);
      const scans = await waiting(app.page, accounts);
      await approveScans(practice.of('nextauth'), scans);
      await active(app.page, round * ids.length);
    }
    await Promise.all(practice.servers.map((server) => slowDown(server, latency)));
    return await endThem(app);
  } finally {
    await app.close();
    await practice.stop();
  }
}

async function endThem(app: Launched): Promise<Row[]> {
  await app.page.evaluate(watchFrames);
  const started = Date.now();
  await app.control('tray-click', { label: 'Sign out everywhere' });
  const longest = await app.page.evaluate(() => window.longestFrame!);
  const { receipts } = await snapshot(app.page);
  const { lines } = receipts[0]!;
  const hosts = [...new Set(lines.map(({ vendor }) => vendor))].map((vendor) => {
    const own = lines.filter((line) => line.vendor === vendor);
    const value = Math.max(...own.map(({ at }) => at ?? Number.NaN)) - started;
    const limit = Math.ceil((own.length * (requests[vendor] ?? 1)) / atOnce) * latency;
    return { vendor, value, limit };
  });
  return [
    ...hosts.map(({ vendor, value, limit }) =>
      row(`end-all ${vendor}`, {
        value,
        unit: 'ms',
        limit,
        aim: 1.2,
        note: `${rounds * accounts} of ${lines.length} sessions; limit: ceil(requests / ${atOnce}) × ${latency} ms`,
      }),
    ),
    rowByAim('end-all frame', longest, 'ms', 50, 'longest frame of the window while they end'),
  ];
}

declare global {
  interface Window {
    /** ms; settles when the receipt on the screen says that every session has its end. */
    longestFrame?: Promise<number>;
  }
}

/** Runs in the page, and asks nothing of the app: frames are timed, and the receipt's words are read as a person would. */
function watchFrames(): void {
  window.longestFrame = new Promise((done) => {
    let longest = 0;
    let last = performance.now();
    const next = (now: number) => {
      longest = Math.max(longest, now - last);
      last = now;
      const words = document.querySelector('[role="dialog"] [role="status"]')?.textContent;
      // The frame that shows these words counts too.
      if (words?.startsWith('Every session'))
        requestAnimationFrame((end) => done(Math.max(longest, end - last)));
      else requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
}

async function snapshot(page: Page) {
  return page.evaluate(async () => {
    const result = await window.gatehouse.call('state.snapshot');
    if (!result.ok) throw new Error(result.failure.message);
    return result.value;
  });
}

async function until<T>(what: string, look: () => Promise<T | null>): Promise<T> {
  const end = Date.now() + 120_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`Waited two minutes in vain until ${what}.`);
    await new Promise((done) => setTimeout(done, 1_000));
  }
}

/** Waits until `count` sessions are active; throws when a sign-in failed. */
function active(page: Page, count: number): Promise<Session[]> {
  return until(`${count} sessions are active`, async () => {
    const { sessions } = await snapshot(page);
    const failed = sessions.find((session) => session.state === 'failed');
    if (failed) throw new Error(`${failed.vendor}: ${failed.failure?.message}`);
    const found = sessions.filter((session) => session.state === 'active');
    return found.length >= count ? found : null;
  });
}

function waiting(page: Page, count: number): Promise<Prompt[]> {
  return until(`${count} prompts are open`, async () => {
    const { prompts } = await snapshot(page);
    return prompts.length >= count ? prompts : null;
  });
}
