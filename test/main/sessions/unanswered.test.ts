import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import type { SessionRecord } from '../../../main/sessions/session-rows.ts';
import type { Step, Vendor } from '../../../main/vendors/vendor.ts';
import { newFolder, removeFolder } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { fakeClock } from './fake-clock.ts';
import { openSessions, pass, type SessionHarness } from './session-harness.ts';

/** What a request may have opened while its answer was lost: by a crash, by the network, by an ending that came first. */

const hour = 3_600_000;
const clock = fakeClock();
const keyring = createKeyring();
const lostAnswer = () =>
  new GatehouseError({ kind: 'network', message: 'Broke off.' }, { mayHaveWorked: true });
const refused = (kind: 'forbidden' | 'server-fault') => new GatehouseError({ kind, message: 'Refused.' });

const prompt = (): Step => ({
  kind: 'prompt',
  ask: { kind: 'code', medium: 'e-mail', boxes: 6, numeric: true, canSendAgain: true },
  resume: 'half-open',
  deadline: clock.now() + hour,
});
const active = (secret: string): Step => ({
  kind: 'active',
  grant: { secret, realm: null, person: null, method: 'code', expiresAt: clock.now() + 24 * hour },
});

let folder: string;
let harness: SessionHarness;
let vendor: Vendor;
let ended: string[];
let abandoned: number;

beforeEach(async () => {
  folder = newFolder();
  ended = [];
  abandoned = 0;
  vendor = {
    id: 'scripted',
    view: {
      name: 'Scripted',
      purpose: 'tests',
      words: { realm: 'realm', realms: 'realms', place: 'there' },
      form: [{ name: 'baseUrl', label: 'Address', type: 'url', required: true, secret: false }],
      ways: [],
    },
    identityOf: () => 'somebody',
    begin: async () => prompt(),
    answer: async () => active('first'),
    check: async () => ({ alive: true }),
    async abandon() {
      abandoned += 1;
    },
    async end(_, secret) {
      ended.push(String(secret));
    },
    refreshAt: ({ grantedAt }) => grantedAt + hour,
    refreshOpens: true,
  };
  harness = await openSessions({ folder, clock, vendor, keyring });
});
afterEach(() => {
  harness.crash();
  removeFolder(folder);
});

async function restart() {
  harness.crash();
  harness = await openSessions({ folder, clock, vendor, keyring });
  harness.sessions.resume();
  await pass(harness, clock, 1_000);
}

/** Lets what has begun go on until the session is as expected. */
const becomes = (id: string, expected: Partial<SessionRecord>) =>
  vi.waitFor(
    async () => {
      await pass(harness, clock, 50);
      expect(harness.sessions.get(id)).toMatchObject(expected);
    },
    { timeout: 10_000 },
  );

async function asked() {
  const id = harness.signIn(harness.addAccount('one').id);
  await harness.settle();
  return { id, promptId: harness.sessions.promptOf(id)!.id };
}

async function signedIn() {
  const { id, promptId } = await asked();
  await harness.sessions.answer(promptId, { code: '1' });
  expect(harness.sessions.get(id)).toMatchObject({ state: 'active', unansweredAt: null });
  return id;
}

test('a crash while an answer was on its way: the prompt does not come back, and the session is said to be possible', async () => {
  const { id, promptId } = await asked();
  vendor.answer = () => new Promise(() => {});
  void harness.sessions.answer(promptId, { code: '1' });
  await restart();
  expect(harness.sessions.prompts()).toEqual([]);
  expect(abandoned).toBe(1);
  expect(harness.sessions.get(id)).toMatchObject({ state: 'failed', endedHow: 'possibly-alive' });
});

test('a crash before any answer: the prompt comes back', async () => {
  const { id } = await asked();
  await restart();
  expect(harness.sessions.promptOf(id)).toMatchObject({ state: 'open', ask: { kind: 'code' }, attempt: 1 });
});

test('cancelled while an answer was on its way, then a crash: the end is not taken for confirmed', async () => {
  const { id, promptId } = await asked();
  vendor.answer = () => new Promise(() => {});
  void harness.sessions.answer(promptId, { code: '1' });
  harness.sessions.end(id, { actor: 'window' });
  await restart();
  expect(harness.sessions.get(id)?.endedHow).toBe('possibly-alive');
});

test('cancelled while an answer was on its way, and it was refused: the half-open part is ended all the same', async () => {
  const { id, promptId } = await asked();
  const answer = Promise.withResolvers<Step>();
  vendor.answer = () => answer.promise;
  void harness.sessions.answer(promptId, { code: '1' });
  harness.sessions.end(id, { actor: 'window' });
  answer.reject(refused('forbidden'));
  await harness.settle();
  expect(abandoned).toBe(1);
  expect(harness.sessions.get(id)).toMatchObject({ state: 'ended', endedHow: 'vendor' });
});

test('a fault that ends a sign-in ends its half-open part at the vendor too', async () => {
  const { id, promptId } = await asked();
  vendor.sendAgain = async () => {
    throw refused('server-fault');
  };
  await harness.sessions.sendAgain(promptId, null);
  await harness.settle();
  expect(abandoned).toBe(1);
  expect(harness.sessions.get(id)).toMatchObject({ state: 'failed', endedHow: 'vendor' });
});

test('a lost refresh is remembered over later ones and told at the end', async () => {
  const id = await signedIn();
  vendor.refresh = async () => {
    throw lostAnswer();
  };
  await pass(harness, clock, hour + 1_000);
  expect(harness.sessions.get(id)?.unansweredAt).not.toBeNull();
  vendor.refresh = async () => ({
    secret: 'second',
    realm: null,
    person: null,
    method: 'refresh',
    expiresAt: clock.now() + 24 * hour,
  });
  await pass(harness, clock, 2 * 60_000);
  expect(harness.sessions.get(id)).toMatchObject({ state: 'active', checkFailure: null });
  harness.sessions.end(id, { actor: 'window' });
  await becomes(id, { state: 'ended', endedHow: 'possibly-alive' });
  expect(ended).toEqual(['second']);
});

test('an ending that outlives the known token says that the lost one may live', async () => {
  const id = await signedIn();
  vendor.refresh = async () => {
    throw lostAnswer();
  };
  await pass(harness, clock, hour + 1_000);
  vendor.end = async () => {
    throw refused('server-fault');
  };
  harness.sessions.end(id, { actor: 'window' });
  await harness.settle();
  clock.jump(25 * hour);
  harness.scheduler.wake();
  await becomes(id, { state: 'ended', endedHow: 'possibly-alive' });
});

test('a token that runs out while the vault is locked: what it may leave is ended after the unlock', async () => {
  vendor.leftAfter = () => ({ until: clock.now() + hour });
  const id = await signedIn();
  harness.vault.lock();
  await pass(harness, clock, 24 * hour);
  expect(harness.sessions.get(id)?.state).toBe('ending');
  expect(ended).toEqual([]);
  await harness.vault.unlock(null);
  harness.sessions.resume();
  await pass(harness, clock, 1_000);
  expect(ended).toEqual(['first']);
  expect(harness.sessions.get(id)).toMatchObject({
    state: 'expired',
    endedHow: 'vendor',
    failure: { kind: 'expired' },
  });
});

describe('a refresh that is answered while the vault is locked', () => {
  let answer: PromiseWithResolvers<void>;

  /** Signed in, with a refresh on its way when the vault is locked. */
  async function lockedInBetween() {
    const id = await signedIn();
    answer = Promise.withResolvers();
    vendor.refresh = async () => {
      await answer.promise;
      const expiresAt = clock.now() + 48 * hour;
      return { secret: 'second', realm: null, person: null, method: 'refresh', expiresAt };
    };
    await pass(harness, clock, hour + 1_000);
    harness.lock();
    return id;
  }
  async function answered() {
    answer.resolve();
    await harness.settle();
  }
  async function unlock() {
    await harness.vault.unlock(null);
    harness.sessions.resume();
    await pass(harness, clock, 1_000);
  }

  test('goes on with the new token after the unlock, past the old one’s expiry too', async () => {
    const id = await lockedInBetween();
    await answered();
    // Until it is sealed, a crash would lose it: on disk it is still possible.
    expect(harness.sessions.get(id)).toMatchObject({ state: 'active', unansweredAt: expect.any(Number) });
    await pass(harness, clock, 30 * hour);
    await unlock();
    expect(harness.sessions.get(id)).toMatchObject({ state: 'active', unansweredAt: null });
    expect(harness.grant(id)).toBe('second');
    harness.sessions.end(id, { actor: 'window' });
    await harness.settle();
    expect(ended).toEqual(['second']);
    expect(harness.sessions.get(id)?.endedHow).toBe('vendor');
  });

  test('is ended with its new token when everything is signed out while locked', async () => {
    const id = await lockedInBetween();
    await answered();
    harness.sessions.end(id, { actor: 'tray' });
    await harness.settle();
    expect(ended).toEqual(['second']);
    expect(harness.sessions.get(id)).toMatchObject({ state: 'ended', endedHow: 'vendor' });
    await unlock();
    expect(harness.vault.has(id, 'grant')).toBe(false);
  });

  test('is ended with its new token when it was signed out before the answer', async () => {
    const id = await lockedInBetween();
    harness.sessions.end(id, { actor: 'tray' });
    await pass(harness, clock, 0);
    await answered();
    expect(ended).toEqual(['second']);
    expect(harness.sessions.get(id)).toMatchObject({ state: 'ended', endedHow: 'vendor' });
  });

  test('is told as possible when Gatehouse stops before the unlock', async () => {
    const id = await lockedInBetween();
    await answered();
    vendor.refreshAt = () => null;
    await restart();
    harness.sessions.end(id, { actor: 'window' });
    await harness.settle();
    expect(ended).toEqual(['first']);
    expect(harness.sessions.get(id)?.endedHow).toBe('possibly-alive');
  });
});

test('what a check says of a token that a refresh has replaced meanwhile is no news', async () => {
  const id = await signedIn();
  const answer = Promise.withResolvers<{ alive: false; reason: string }>();
  vendor.check = () => answer.promise;
  const check = harness.sessions.check(id);
  vendor.refresh = async () => ({
    secret: 'second',
    realm: null,
    person: null,
    method: 'refresh',
    expiresAt: null,
  });
  await pass(harness, clock, hour + 1_000);
  expect(harness.grant(id)).toBe('second');
  answer.resolve({ alive: false, reason: 'Unknown.' });
  await check;
  expect(harness.sessions.get(id)?.state).toBe('active');
});

test('a crash in the middle of a refresh is told at the end; one that was refused is not', async () => {
  const id = await signedIn();
  vendor.refresh = () => new Promise(() => {});
  await pass(harness, clock, hour + 1_000);
  vendor.refresh = async () => {
    throw refused('server-fault');
  };
  await restart();
  const other = await signedIn();
  await pass(harness, clock, hour + 1_000);
  harness.sessions.end(other, { actor: 'window' });
  harness.sessions.end(id, { actor: 'window' });
  await becomes(id, { endedHow: 'possibly-alive' });
  await becomes(other, { endedHow: 'vendor' });
});

test('signed out while a refresh is on its way: the new token is the one that is ended', async () => {
  const id = await signedIn();
  const refresh = Promise.withResolvers<void>();
  vendor.refresh = async () => {
    await refresh.promise;
    return { secret: 'second', realm: null, person: null, method: 'refresh', expiresAt: null };
  };
  await pass(harness, clock, hour + 1_000);
  harness.sessions.end(id, { actor: 'window' });
  await pass(harness, clock, 0);
  expect(ended).toEqual([]);
  refresh.resolve();
  await becomes(id, { state: 'ended', endedHow: 'vendor' });
  expect(ended).toEqual(['second']);
});

describe('a sign-in whose answer was lost, at a vendor that lists its sessions', () => {
  const minute = 60_000;
  let looked: number[];
  /** What each look in turn comes to; after these, nothing is found. */
  let finds: (boolean | GatehouseError)[];

  beforeEach(() => {
    looked = [];
    finds = [];
    vendor.begin = async () => {
      clock.advance(1_000);
      throw lostAnswer();
    };
    vendor.endStray = async () => {
      looked.push(clock.elapsed());
      clock.advance(10);
      const found = finds.shift() ?? false;
      if (found instanceof GatehouseError) throw found;
      return { conclusive: true, ended: found, again: true };
    };
  });

  async function lost() {
    const began = clock.elapsed();
    const id = harness.signIn(harness.addAccount('one').id);
    await harness.settle();
    return { id, times: () => looked.map((at) => at - began) };
  }

  const waits = (id: string) => harness.sessions.ending(id)?.nextTryAt;

  test('is looked for again before it is taken for ended, over a restart too', async () => {
    const { id, times } = await lost();
    expect(looked).toHaveLength(1);
    expect(harness.sessions.get(id)).toMatchObject({ state: 'ending', failure: { kind: 'network' } });
    expect(harness.sessions.ending(id)).toMatchObject({ attempts: 0, lastFailure: null });
    await restart();
    expect(looked).toHaveLength(1);
    await pass(harness, clock, 3 * minute);
    expect(times()).toEqual([1_000, 2 * minute]);
    expect(harness.sessions.get(id)).toMatchObject({ state: 'failed', endedHow: 'vendor' });
  });

  test('is over once it was found: one request opens one session', async () => {
    finds = [true];
    const { id } = await lost();
    expect(harness.sessions.get(id)).toMatchObject({ state: 'failed', endedHow: 'vendor' });
    await pass(harness, clock, hour);
    expect(looked).toHaveLength(1);
  });

  test('is looked for again when what was found may be what an earlier look had opened', async () => {
    finds = [refused('server-fault'), true];
    const { id, times } = await lost();
    await pass(harness, clock, 3 * minute);
    expect(times()).toHaveLength(3);
    expect(times()[2]).toBe(2 * minute);
    expect(harness.sessions.get(id)).toMatchObject({ state: 'failed', endedHow: 'vendor' });
  });

  test('a look whose own answer was lost is waited for as well', async () => {
    finds = [false, lostAnswer()];
    const { id, times } = await lost();
    await pass(harness, clock, 3 * minute);
    expect(times()).toHaveLength(3);
    expect(waits(id)).not.toBeUndefined();
    await pass(harness, clock, 2 * minute);
    expect(times()).toHaveLength(4);
    expect(times()[3]! - times()[1]!).toBe(2 * minute);
    expect(harness.sessions.get(id)?.state).toBe('failed');
  });

  test('a crash in the middle of a look is waited for as well', async () => {
    vendor.endStray = () => new Promise(() => {});
    const id = harness.signIn(harness.addAccount('one').id);
    for (let turn = 0; turn < 4; turn += 1) await setImmediate();
    clock.jump(5 * minute);
    vendor.endStray = async () => ({ conclusive: true, ended: true, again: true });
    const since = harness.sessions.get(id)!.unansweredAt!;
    clock.jump(since + minute - clock.now());
    await restart();
    expect(waits(id)).toBe(since + 2 * minute);
  });

  test('a clock that was set back makes it wait no longer', async () => {
    const { id } = await lost();
    clock.jump(-8 * hour);
    await harness.sessions.tryEndingNow(id);
    expect(waits(id)).toBeLessThanOrEqual(clock.now() + 2 * minute);
    await pass(harness, clock, 3 * minute);
    expect(harness.sessions.get(id)?.state).toBe('failed');
  });
});

test('a vendor that refuses to let us look for a lost sign-in is not asked again and again', async () => {
  let looked = 0;
  vendor.begin = async () => {
    throw lostAnswer();
  };
  vendor.endStray = async () => {
    looked += 1;
    throw new GatehouseError({ kind: 'refused-credentials', message: 'Wrong password.' });
  };
  const id = harness.signIn(harness.addAccount('one').id);
  await harness.settle();
  await pass(harness, clock, hour);
  expect(looked).toBe(1);
  expect(harness.sessions.get(id)).toMatchObject({ state: 'failed', endedHow: 'possibly-alive' });
});
