import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import { makeClock } from '../../practice/common/clock.ts';
import { Inbox } from '../../practice/common/inbox.ts';
import { makeIds } from '../../practice/common/seed.ts';
import type { PracticeServer } from '../../practice/common/types.ts';
import { startNextAuth } from '../../practice/nextauth/index.ts';
import { openTab, press, rowAction } from './admin-harness.ts';
import { accountOf, atEnd, eventually, openApp, type TestApp } from './harness.ts';

/** Signing in by phone: the code is read back from a picture of the window and given to the practice phone. */
let app: TestApp;
/** One with a websocket and codes of the usual life, one without and with codes that last 3 s. */
const servers: Partial<Record<'socket' | 'polling', PracticeServer>> = {};

async function open(name: 'socket' | 'polling', qrSeconds: number) {
  const given = { port: 0, ids: makeIds(`e2e/${name}`), clock: makeClock(), inbox: new Inbox() };
  const server = await startNextAuth({ ...given, qrSeconds, websocket: name === 'socket', users: 5 });
  atEnd(() => server.close());
  servers[name] = server;
}

beforeAll(async () => {
  await Promise.all([open('socket', 60), open('polling', 3)]);
  app = await openApp();
});
// What a failed test leaves open must not fail the others.
afterEach(async () => {
  for (const { id } of (await app.snapshot()).prompts) await app.call('prompts.cancel', { promptId: id });
});

let server: PracticeServer;
const anna = 'Anna’s phone';

interface PhoneState {
  devices: { id: number; description: string; server: string }[];
  approvals: { id: string; accountId: number; device: string; context: unknown }[];
}

const phone = {
  async state(): Promise<PhoneState> {
    return (await fetch(`${server.phoneUrl}/state`)).json() as Promise<PhoneState>;
  },
  post: (path: string, body?: unknown) =>
    fetch(`${server.phoneUrl}${path}`, {
      method: 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }),
  async device(description: string): Promise<number> {
    const { devices } = await phone.state();
    return devices.find((one) => one.description === description && one.server === 'Front door')!.id;
  },
  /** Scans with this device; null is a phone that knows no account. */
  async scan(payload: string, device: string | null) {
    const accountId = device === null ? null : await phone.device(device);
    const answer = await phone.post('/scan', { payload, accountId });
    return { status: answer.status, body: (await answer.json()) as { approvalId?: string } };
  },
  waiting: (device: string) =>
    eventually(async () => {
      const found = (await phone.state()).approvals.find((one) => one.device === device);
      if (!found) throw new Error(`Nothing waits on ${device}.`);
      return found;
    }),
  settle: (id: string, how: 'approve' | 'refuse') => phone.post(`/approvals/${id}/${how}`),
};

/** What the QR code on the screen says, from the picture alone. */
async function readCode(): Promise<string> {
  const image = PNG.sync.read(await app.page.screenshot());
  const read = jsqr(new Uint8ClampedArray(image.data), image.width, image.height);
  if (!read) throw new Error('There is no readable QR code in the window.');
  return read.data;
}

let count = 0;
async function begin(): Promise<Account> {
  count += 1;
  const account = await app.call(
    'accounts.add',
    accountOf(server, 'Front door: Desk key', { label: `Front door ${count}` }),
  );
  await app.row(account.label).click();
  await app.heading(account.label).waitFor();
  await app.button('Sign in').click();
  await app.prompt.getByRole('img', { name: `QR code to sign in to ${account.label}` }).waitFor();
  return account;
}

async function signOut() {
  await app.button('Sign out').click();
  await app.button('Sign in').waitFor();
  await eventually(() => expect(server.sessions().filter(({ state }) => state === 'active')).toEqual([]));
}

const says = (words: string | RegExp) => app.prompt.getByRole('listitem').getByText(words).first().waitFor();

describe('with the websocket', () => {
  beforeEach(() => {
    server = servers.socket!;
  });

  test.each(['light', 'dark'] as const)('a scan in the %s theme, approved', async (colorScheme) => {
    await app.page.emulateMedia({ colorScheme });
    const account = await begin();
    await says('Listening on the server’s socket.');
    const code = await eventually(readCode);
    const { body } = await phone.scan(code, anna);
    await says('Scanned');
    await app.look(`prompt-scan-${colorScheme}`);
    await phone.settle(body.approvalId!, 'approve');
    expect(await app.session(account, 'active')).toMatchObject({
      method: 'QR code',
      person: 'anna',
      realm: { name: 'Front door' },
    });
    await signOut();
    await app.page.emulateMedia({ colorScheme: null });
  });

  test('a new phone is enrolled, by its code, from the other ways in', async () => {
    count += 1;
    const label = `Front door ${count}`;
    const account = await app.call('accounts.add', accountOf(server, 'Front door: Desk key', { label }));
    await app.row(label).click();
    await app.heading(label).waitFor();
    await app.button('Other ways').press('Enter');
    await app.page.getByRole('menuitem', { name: 'Enrol a new phone' }).press('Enter');
    await app.dialog.getByRole('textbox', { name: 'User name' }).fill('newcomer');
    await app.look('enrol-form');
    await app.page.keyboard.press('Enter');
    await app.prompt.getByRole('heading', { name: 'Enrol a phone of newcomer' }).waitFor();
    await app.prompt.getByRole('img', { name: `QR code to enrol a phone at ${label}` }).waitFor();
    await app.look('enrol-code');
    const { status } = await phone.scan(await eventually(readCode), null);
    expect(status).toBe(200);
    expect(await app.session(account, 'active')).toMatchObject({
      method: 'newly enrolled phone',
      person: 'newcomer',
    });
    await openTab(app, 'People');
    await app.page.getByRole('gridcell', { name: 'newcomer', exact: true }).first().dblclick();
    await app.heading('newcomer').waitFor();
    const device = 'New phone of newcomer';
    await app.look('enrolled-person');
    await rowAction(app, device, `Move ${device}`);
    await app.dialog.getByRole('textbox', { name: 'To the user name' }).fill('user-0001');
    await app.look('move-device');
    await press(app, `Move ${device}`);
    await app.heading('user-0001').waitFor();
    await app.page.getByRole('cell', { name: device, exact: true }).waitFor();
    await app.button('Delete all devices').click();
    await app.dialog.getByText('Delete all 2 devices?').waitFor();
    await press(app, 'Delete all devices');
    await app.page.getByText('No device: this person can’t sign in before one is enrolled.').waitFor();
    // Its phone was one of them, so that the session is over at the server.
    await eventually(() => expect(server.sessions().filter(({ state }) => state === 'active')).toEqual([]));
    await openTab(app, 'Session');
    await signOut();
  });

  test('refused on the phone, then started again', async () => {
    const account = await begin();
    const { body } = await phone.scan(await eventually(readCode), anna);
    await phone.settle(body.approvalId!, 'refuse');
    await says('Refused on the phone');
    await app.prompt.getByRole('button', { name: 'Start again' }).click();
    await says('Waiting for the scan');
    const again = await phone.scan(await eventually(readCode), anna);
    await phone.settle(again.body.approvalId!, 'approve');
    await app.session(account, 'active');
    await signOut();
  });

  test('a phone without an account is told, and the session is not opened', async () => {
    const account = await begin();
    await phone.scan(await eventually(readCode), null);
    await says('No account on that phone');
    await app.prompt.getByRole('button', { name: 'Cancel this sign-in' }).click();
    await app.prompt.waitFor({ state: 'detached' });
    expect((await app.snapshot()).sessions.find(({ accountId }) => accountId === account.id)?.state).not.toBe(
      'active',
    );
  });

  test('pushed to a person; the phone shows this machine and why', async () => {
    const account = await begin();
    await app.prompt.getByRole('textbox', { name: /somebody else|person’s phone/ }).fill('ben');
    await app.prompt.getByRole('button', { name: 'Push', exact: true }).click();
    await says('Pushed to the phone');
    const { id, context } = await phone.waiting('Ben’s phone');
    expect(JSON.stringify(context)).toMatch(/Gatehouse on .*Sign in to Front door/);
    await phone.settle(id, 'approve');
    expect(await app.session(account, 'active')).toMatchObject({ method: 'push', person: 'ben' });
    await signOut();

    // The phone that was used last is offered by itself.
    await app.button('Sign in').click();
    await app.prompt.getByRole('button', { name: 'Push to The last phone' }).click();
    await phone.settle((await phone.waiting('Ben’s phone')).id, 'approve');
    await app.session(account, 'active');
    await signOut();
  });

  test('pushed to a device', async () => {
    const account = await begin();
    await app.prompt.getByRole('button', { name: `Push to ${anna}` }).click();
    const { id } = await phone.waiting(anna);
    await phone.settle(id, 'approve');
    expect(await app.session(account, 'active')).toMatchObject({ method: 'push', person: 'anna' });
    await signOut();
  });
});

describe('without the websocket', () => {
  beforeEach(() => {
    server = servers.polling!;
  });

  test('a stale code is replaced by itself, and the new one works', async () => {
    const account = await begin();
    await says('Asking the server every few seconds.');
    const first = await eventually(readCode);
    const fresh = await eventually(async () => {
      const code = await readCode();
      if (code === first) throw new Error('The code is still the old one.');
      return code;
    }, 20_000);
    const { status, body } = await phone.scan(fresh, anna);
    expect(status).toBe(200);
    await phone.settle(body.approvalId!, 'approve');
    expect(await app.session(account, 'active')).toMatchObject({ method: 'QR code' });
    await signOut();
  });
});
