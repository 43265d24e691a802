import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Challenge } from '#contract/shapes.ts';
import { nextauth } from '../../../../main/vendors/nextauth/index.ts';
import { readStatus } from '../../../../main/vendors/nextauth/session/status.ts';
import type { Step, VendorContext } from '../../../../main/vendors/vendor.ts';
import type { PracticeServer } from '../../../../practice/common/types.ts';
import { startNextAuth } from '../../../../practice/nextauth/index.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  lastSeen,
  newNetwork,
  personOf,
  practiceOptions,
  promptOf,
  stored,
} from '../practice-context.ts';

const network = newNetwork();
let withSocket: PracticeServer;
let polled: PracticeServer;
const stops: AbortController[] = [];

beforeAll(async () => {
  withSocket = await startNextAuth(practiceOptions('nextauth'));
  polled = await startNextAuth({ ...practiceOptions('nextauth polled'), websocket: false });
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
  withSocket.behave();
  polled.behave();
});
afterAll(async () => {
  network.close();
  await withSocket.close();
  await polled.close();
});

function contextOn(
  server: PracticeServer,
  label = 'Front door: Desk key',
  more: Record<string, string> = {},
) {
  const { values, realm } = personOf(server, label).account;
  const stop = new AbortController();
  stops.push(stop);
  const here = contextFor({
    network,
    values: { ...values, ...more },
    realm: realm ?? null,
    signal: stop.signal,
  });
  return { here, stop };
}

type Scan = Extract<Challenge, { kind: 'scan' }>;
function scanOf(step: Step): Scan {
  const { ask } = promptOf(step);
  if (ask.kind !== 'scan') throw new Error('No scan.');
  return ask;
}

/** Listens, and lets a test wait for what is shown. */
function listening(here: VendorContext, step: Step) {
  const shown: Scan[] = [];
  let woken = () => {};
  const result = nextauth.listen!(here, stored(promptOf(step)).resume, (changed) => {
    shown.push(scanOf(changed));
    woken();
  });
  result.catch(() => {});
  const until = async (right: (scan: Scan) => boolean) => {
    while (!shown.some(right))
      await new Promise<void>((resolve) => {
        woken = resolve;
      });
    return shown.findLast(right)!;
  };
  return { result, shown, until };
}

async function phone(server: PracticeServer, path: string, body?: unknown) {
  const response = await fetch(`${server.origin}/phone/${path}`, {
    method: body === undefined && path === 'state' ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return text.startsWith('{') ? JSON.parse(text) : text;
}

async function deviceOf(server: PracticeServer, userid: string): Promise<number> {
  const { devices } = await phone(server, 'state');
  return devices.find((one: { userid: string }) => one.userid === userid).id;
}

async function scan(server: PracticeServer, payload: string, userid = 'anna') {
  return phone(server, 'scan', { payload, accountId: await deviceOf(server, userid) });
}

test('a phone that scans shows what the prompt says; where the server takes no context, nothing is promised', async () => {
  const { here } = contextOn(withSocket);
  const begun = await nextauth.begin(here, null, {});
  const step = scanOf(begun);
  expect(step.phoneShows).toBe('Gatehouse on desk-12: sign in to Front door');
  await scan(withSocket, step.payload);
  const { approvals } = await phone(withSocket, 'state');
  expect(JSON.stringify(approvals)).toContain('Gatehouse on desk-12');
  await nextauth.abandon!(here, promptOf(begun).resume);
  withSocket.misbehave({ operation: 'getQrLogin', status: 400 });
  const plain = scanOf(await nextauth.begin(contextOn(withSocket).here, null, {}));
  expect(plain.payload).toMatch(/^nextauth:/);
  expect(plain.phoneShows).toBe('');
});

/** Begins an enrolment and listens to it. */
async function enrolling(server: PracticeServer, userId: string, key?: string) {
  const { here, stop } = contextOn(server, key);
  const step = await nextauth.begin(here, 'enrol', { userId: ` ${userId} ` });
  expect(scanOf(step)).toMatchObject({
    enrols: userId,
    phoneShows: userId,
    pushTargets: [],
    canPushToUser: false,
  });
  const { nonce } = promptOf(step).resume as { nonce: string };
  return { here, stop, step, nonce, ...listening(here, step) };
}

const signedIn = (server: PracticeServer) => server.sessions().filter(({ state }) => state === 'active');

/** A code of the same nonce that says nothing of a user name, as a server may make it. */
async function namelessCode(server: PracticeServer, nonce: string) {
  const { serverId = '', apiKey = '' } = personOf(server, 'Front door: Desk key').account.values;
  const path = `/servers/${encodeURIComponent(serverId)}/sessions/qr/enrol?name=x`;
  return (await fetch(server.url + path, { headers: { 'x-apikey': apiKey, 'x-nonce': nonce } })).text();
}

test('a new phone is enrolled under the name, and its session is kept and ended as any', async () => {
  for (const server of [withSocket, polled]) {
    const { here, step, until, result } = await enrolling(server, 'eve');
    if (server === withSocket) await until((one) => one.listening === 'socket');
    expect(lastSeen(server, 'getQrEnrol').query).toMatchObject({ name: 'eve', userid: 'eve' });
    expect(await phone(server, 'scan', { payload: scanOf(step).payload })).toMatchObject({
      result: 'enrolled',
    });
    const grant = activeOf(await result);
    expect(grant).toMatchObject({ person: 'eve', method: 'newly enrolled phone', keep: {} });
    expect(server.log().some(({ operation }) => operation === 'registerUser')).toBe(false);
    expect(signedIn(server)).toMatchObject([{ person: 'eve' }]);
    await nextauth.end(here, grant.secret);
    expect(signedIn(server)).toEqual([]);
  }
});

test('a phone that was enrolled without the name is registered under it', async () => {
  const { here, nonce, result } = await enrolling(polled, 'finn');
  await phone(polled, 'scan', { payload: await namelessCode(polled, nonce) });
  const grant = activeOf(await result);
  expect(grant.person).toBe('finn');
  expect(lastSeen(polled, 'registerUser').query).toEqual({ userid: 'finn' });
  await nextauth.end(here, grant.secret);
});

test('a name that can’t be registered says that the phone is enrolled, and leaves no session', async () => {
  const { nonce, result } = await enrolling(polled, 'gil', 'Front door: Sign-in only key');
  await phone(polled, 'scan', { payload: await namelessCode(polled, nonce) });
  expect(await failureOf(result)).toMatchObject({
    kind: 'forbidden',
    message: expect.stringMatching(/^A phone was enrolled, but not under the name “gil”: .*permission users/),
  });
  expect(signedIn(polled)).toEqual([]);
});

test('an enrolment that is abandoned takes its code back; one without a name is not begun', async () => {
  const { here, stop, step } = await enrolling(withSocket, 'hal');
  stop.abort();
  const again = contextOn(withSocket).here;
  await nextauth.abandon!(again, stored(promptOf(step)).resume);
  expect(await phone(withSocket, 'scan', { payload: scanOf(step).payload })).toContain('no longer good');
  expect(signedIn(withSocket)).toEqual([]);
  await expect(nextauth.begin(here, 'enrol', { userId: ' ' })).rejects.toThrow('Type whose phone it is.');
});

test('a scan is seen on the websocket, approved, kept, checked and ended with proof', async () => {
  const { here } = contextOn(withSocket);
  const step = await nextauth.begin(here, null, {});
  expect(scanOf(step)).toMatchObject({ stage: 'ready', canPushToUser: true });
  expect(scanOf(step).payload).toMatch(/^nextauth:/);
  const { until, result } = listening(here, step);
  await until((one) => one.listening === 'socket');
  const { approvalId } = await scan(withSocket, scanOf(step).payload);
  await until((one) => one.stage === 'scanned');
  await phone(withSocket, `approvals/${approvalId}/approve`);
  const grant = activeOf(await result);
  expect(grant).toMatchObject({
    person: 'anna',
    method: 'QR code',
    expiresAt: null,
    realm: { name: 'Front door' },
  });
  expect(grant.keep).toMatchObject({ lastUserId: 'anna' });
  await until((one) => one.stage === 'approved');
  expect(await nextauth.check(here, grant.secret)).toEqual({ alive: true, person: 'anna' });
  expect(await nextauth.whoAmI!(here, grant.secret)).toMatchObject({ name: 'anna', detail: 'Anna’s phone' });
  const rows = await nextauth.memberships!(here, grant.secret);
  expect(rows.map((one) => [one.realm.name, one.here])).toEqual([
    ['Front door', true],
    ['Back office', false],
  ]);
  await nextauth.end(here, grant.secret);
  expect(await nextauth.check(here, grant.secret)).toMatchObject({ alive: false });
  await nextauth.end(here, grant.secret);
});

test('the nonce is new each time and has at least 16 bytes', async () => {
  const nonces = new Set<string>();
  for (let turn = 0; turn < 3; turn++) {
    await nextauth.begin(contextOn(withSocket).here, null, {});
    nonces.add(String(lastSeen(withSocket, 'getSession').headers['x-nonce']));
  }
  expect(nonces.size).toBe(3);
  for (const nonce of nonces) expect(Buffer.from(nonce, 'base64url').length).toBeGreaterThanOrEqual(16);
});

test('an ending is confirmed by the session’s state alone', async () => {
  const { here } = contextOn(withSocket);
  const step = await nextauth.begin(here, null, {});
  const { until, result } = listening(here, step);
  await until((one) => one.listening === 'socket');
  const { approvalId } = await scan(withSocket, scanOf(step).payload);
  await phone(withSocket, `approvals/${approvalId}/approve`);
  const grant = activeOf(await result);
  withSocket.misbehave({ operation: 'logout', status: 200, times: 1 });
  expect(await failureOf(nextauth.end(here, grant.secret))).toMatchObject({ kind: 'unexpected-answer' });
  await nextauth.end(here, grant.secret);
});

test.each(['socket', 'polling'] as const)('a push to a person and to a device, by %s', async (way) => {
  const server = way === 'socket' ? withSocket : polled;
  const anna = await deviceOf(server, 'ben');
  for (const target of ['user:ben', `account:${anna}`]) {
    const { here } = contextOn(server);
    const step = promptOf(await nextauth.begin(here, null, {}));
    expect(scanOf(step).pushTargets.map((one) => one.id)).toContain(`account:${anna}`);
    const { until, result } = listening(here, step);
    if (way === 'socket') await until((one) => one.listening === 'socket');
    const pushed = await nextauth.push!(here, stored(step.resume), target);
    expect(scanOf(pushed).stage).toBe('pushed');
    await until((one) => one.stage === 'pushed');
    const { approvals } = await phone(server, 'state');
    expect(JSON.stringify(approvals[0].context)).toContain('desk-12');
    expect(JSON.stringify(approvals[0].context)).toContain('Front door');
    await phone(server, `approvals/${approvals[0].id}/approve`);
    const grant = activeOf(await result);
    expect(grant).toMatchObject({ person: 'ben', method: 'push' });
    await nextauth.end(here, grant.secret);
  }
});

test('a push to the last phone uses what the last sign-in kept', async () => {
  const ben = await deviceOf(withSocket, 'ben');
  const { here } = contextOn(withSocket, 'Front door: Sign-in only', {
    lastAccountId: String(ben),
    lastUserId: 'ben',
  });
  const step = promptOf(await nextauth.begin(here, null, {}));
  expect(scanOf(step).pushTargets).toMatchObject([{ id: 'last', detail: 'ben' }]);
  await nextauth.push!(here, step.resume, 'last');
  expect(lastSeen(withSocket, 'provokeLoginOnAccount').path).toContain(`/accounts/${ben}/`);
  await nextauth.abandon!(here, step.resume);
  const other = contextOn(withSocket, 'Front door: Sign-in only').here;
  const bare = promptOf(await nextauth.begin(other, null, {}));
  expect(scanOf(bare).pushTargets).toEqual([]);
  expect(await failureOf(nextauth.push!(other, bare.resume, 'last'))).toMatchObject({ kind: 'invalid' });
});

test('provokeLogin is used on a nonce that somebody signed in on', async () => {
  const { here } = contextOn(withSocket);
  const first = promptOf(await nextauth.begin(here, null, {}));
  const { until, result } = listening(here, first);
  await until((one) => one.listening === 'socket');
  const { approvalId } = await scan(withSocket, scanOf(first).payload);
  await phone(withSocket, `approvals/${approvalId}/approve`);
  const grant = activeOf(await result);
  await nextauth.end(here, grant.secret);
  const again = listening(here, first);
  const shown = await again.until((one) => one.pushTargets.some((target) => target.id === 'last'));
  expect(shown.stage).toBe('ready');
  const resume = { ...(first.resume as Record<string, string>), canProvoke: true };
  await nextauth.push!(here, resume, 'last');
  expect(lastSeen(withSocket, 'provokeLogin').body).toMatchObject({ sessioninfo: {}, announceinfo: {} });
});

test('refused and no account are shown, and the code stays good', async () => {
  const { here } = contextOn(withSocket);
  const step = await nextauth.begin(here, null, {});
  const { until, result } = listening(here, step);
  await until((one) => one.listening === 'socket');
  await phone(withSocket, 'scan', { payload: scanOf(step).payload, accountId: null });
  await until((one) => one.stage === 'no-account');
  const refused = await scan(withSocket, scanOf(step).payload);
  await phone(withSocket, `approvals/${refused.approvalId}/refuse`);
  const shown = await until((one) => one.stage === 'refused');
  const { approvalId } = await scan(withSocket, shown.payload);
  await phone(withSocket, `approvals/${approvalId}/approve`);
  const grant = activeOf(await result);
  await nextauth.end(here, grant.secret);
});

test('without a websocket it polls, one request at a time, and passes over faults', async () => {
  const { here } = contextOn(polled);
  const step = await nextauth.begin(here, null, {});
  polled.misbehave({ operation: 'getSession', status: 500, times: 1 });
  polled.misbehave({ operation: 'getSession', latency: 60 });
  const { result, shown } = listening(here, step);
  const twice = nextauth.listen!(here, promptOf(step).resume, () => {});
  const { approvalId } = await scan(polled, scanOf(step).payload);
  await phone(polled, `approvals/${approvalId}/approve`);
  const grant = activeOf(await result);
  expect(twice).toBe(result);
  expect(shown.every((one) => one.listening === 'polling')).toBe(true);
  await nextauth.end(here, grant.secret);
});

test('one request for a nonce is in flight, however many ask', async () => {
  const { here } = contextOn(polled);
  const { resume } = promptOf(await nextauth.begin(here, null, {}));
  const { nonce, serverId } = resume as { nonce: string; serverId: string };
  const asked = () => polled.log().filter((one) => one.headers['x-nonce'] === nonce).length;
  const before = asked();
  polled.misbehave({ operation: 'getSession', latency: 30 });
  await Promise.all([1, 2, 3].map(() => readStatus(here, { nonce, serverId })));
  expect(asked()).toBe(before + 1);
  await readStatus(here, { nonce, serverId });
  expect(asked()).toBe(before + 2);
});

test('a stale code is fetched anew', async () => {
  const options = practiceOptions('nextauth stale');
  const server = await startNextAuth({ ...options, qrSeconds: 60 });
  try {
    let ahead = 0;
    const { values, realm } = personOf(server, 'Front door: Desk key').account;
    const stop = new AbortController();
    stops.push(stop);
    const now = () => Date.now() + ahead;
    const here = contextFor({ network, values, realm: realm ?? null, signal: stop.signal, now });
    const step = promptOf(await nextauth.begin(here, null, {}));
    options.clock.advance(61_000);
    ahead = 61_000;
    const { until } = listening(here, step);
    const shown = await until((one) => one.payload !== scanOf(step).payload);
    expect(shown.staleAt).toBeGreaterThan(now());
  } finally {
    for (const stop of stops.splice(0)) stop.abort();
    await server.close();
  }
});

test('listening ends by a cancel, and at the deadline', async () => {
  const { here, stop } = contextOn(withSocket);
  const step = await nextauth.begin(here, null, {});
  const { result, until } = listening(here, step);
  await until((one) => one.listening === 'socket');
  stop.abort();
  expect(await failureOf(result)).toMatchObject({ kind: 'cancelled' });
  const late = contextOn(withSocket).here;
  const next = promptOf(await nextauth.begin(late, null, {}));
  const { approvalId } = await scan(withSocket, scanOf(next).payload);
  const over = { ...(next.resume as Record<string, string>), deadline: Date.now() + 50 };
  expect(await failureOf(nextauth.listen!(late, over, () => {}))).toMatchObject({ kind: 'refused-prompt' });
  // Nobody waits for this phone any more, so that its approval can open nothing.
  await phone(withSocket, `approvals/${approvalId}/approve`);
  expect(await nextauth.check(late, over)).toMatchObject({ alive: false });
  withSocket.misbehave({ operation: 'logout', status: 500 });
  const again = { ...over, nonce: 'another-nonce-of-the-test' };
  await expect(nextauth.listen!(late, again, () => {})).rejects.toMatchObject({ mayHaveWorked: true });
});

test('after a cancel nothing more is asked, also where an answer was lost and would be asked for again', async () => {
  const { here, stop } = contextOn(polled);
  const step = await nextauth.begin(here, null, {});
  const asked = () => polled.log().filter(({ operation }) => operation === 'getSession').length;
  const before = asked();
  polled.misbehave({ operation: 'getSession', times: 1, reset: 'before' });
  // As the app has it: the end still to be asked for goes through the same door, so that a cancel does not close it.
  const http = network.open({ baseUrl: here.baseUrl, userAgent: here.http.userAgent });
  const { result } = listening({ ...here, http }, step);
  await vi.waitFor(() => expect(asked()).toBeGreaterThan(before), { interval: 1 });
  stop.abort();
  expect(await failureOf(result)).toMatchObject({ kind: 'cancelled' });
  expect(asked()).toBe(before + 1);
});

test('a lost websocket falls back to polling', async () => {
  const server = await startNextAuth(practiceOptions('nextauth lost'));
  const { here } = contextOn(server);
  const step = await nextauth.begin(here, null, {});
  const { until, result } = listening(here, step);
  await until((one) => one.listening === 'socket');
  const closing = server.close();
  await until((one) => one.listening === 'polling');
  await closing;
  for (const stop of stops.splice(0)) stop.abort();
  expect(await failureOf(result)).toMatchObject({ kind: 'cancelled' });
});

test.each([
  ['Front door: Key of another server', 'forbidden'],
  ['Front door: Key without rights', 'forbidden'],
] as const)('%s is told what is missing', async (label, kind) => {
  const failure = await failureOf(nextauth.begin(contextOn(withSocket, label).here, null, {}));
  expect(failure).toMatchObject({ kind, missingRight: 'sessions' });
});

test('a wrong key and a wrong server are told apart', async () => {
  const label = 'Front door: Desk key';
  const wrongKey = contextOn(withSocket, label, { apiKey: 'canary' }).here;
  const failure = await failureOf(nextauth.begin(wrongKey, null, {}));
  expect(failure.kind).toMatch(/refused-credentials|forbidden/);
  expect(JSON.stringify(failure)).not.toContain('canary');
  const elsewhere = contextOn(withSocket, label).here;
  const there = { ...elsewhere, realm: { id: 'AAAA/+8=', name: 'x' } };
  expect(await failureOf(nextauth.begin(there, null, {}))).toMatchObject({ kind: 'not-found' });
});

test('the form takes base64 server ids only', () => {
  expect(() => nextauth.checkForm!({ serverId: '++/vv/==' })).not.toThrow();
  expect(() => nextauth.checkForm!({ serverId: 'not a server' })).toThrow();
});
