import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { realmColour } from '../../renderer/ui/realm-name.tsx';
import { accountOf, eventually, nextPin, openApp, openPractice, personOf, type TestApp } from './harness.ts';

/** Every way into Cyclos, by hand in the window, for both generations in the field. */
let app: TestApp;
let practice: Practice;

beforeAll(async () => {
  practice = await openPractice({ only: ['cyclos'], cyclos: 'both' });
  app = await openApp();
});

// What a failed test leaves open must not fail the others, and a long list shows only the rows in sight.
afterEach(async () => {
  const { prompts, accounts } = await app.snapshot();
  for (const { id } of prompts) await app.call('prompts.cancel', { promptId: id });
  for (const account of accounts) await app.remove(account);
});

const newPassword = 'Fresh-2027';
const servers = { '4.16': 0, '4.11': 1 } as const;

describe.each(['4.11', '4.16'] as const)('Cyclos %s', (generation) => {
  let server: PracticeServer;
  beforeAll(() => {
    server = practice.servers[servers[generation]]!;
  });

  async function begin(label: string, change: Parameters<typeof accountOf>[2] = {}): Promise<Account> {
    const own = { label: `${label} (${generation})`, ...change };
    const account = await app.call('accounts.add', accountOf(server, label, own));
    await app.row(account.label).click();
    await app.heading(account.label).waitFor();
    await app.button('Sign in').click();
    return account;
  }

  const answer = (name: string) => app.prompt.getByRole('button', { name, exact: true }).click();
  const ours = (account: Account) =>
    server.sessions().filter(({ person }) => person === account.values.principal);

  async function signedIn(account: Account, method: string) {
    const session = await app.session(account, 'active');
    expect(session).toMatchObject({ method, realm: { name: 'Left Coast' } });
    await app.button('Sign out').click();
    await app.button('Sign in').waitFor();
    await eventually(() => expect(ours(account)).toEqual([]));
  }

  test('with a password', async () => {
    const account = await begin('Left Coast: Member');
    await signedIn(account, 'password');
  });

  test('with a password that is asked for each time', async () => {
    const account = await begin('Left Coast: Operator', { values: { password: '' } });
    expect(account.storedSecrets).toEqual([]);
    await app.prompt.getByRole('textbox', { name: 'Password' }).fill('Operator-2026');
    await answer('Sign in');
    await signedIn(account, 'password');
  });

  test('through agreements, an expired password and a second one, in the vendor’s order', async () => {
    const account = await begin('Left Coast: Every step');
    const boxes = app.prompt.getByRole('checkbox');
    await boxes.first().waitFor();
    expect(await app.prompt.getByRole('button', { name: 'Accept and sign in' }).isDisabled()).toBe(true);
    for (const box of await boxes.all()) await box.check({ force: true });
    await answer('Accept and sign in');
    await app.prompt.getByRole('textbox', { name: /^A new password is needed/ }).fill(newPassword);
    await app.prompt.getByRole('textbox', { name: 'Type it again' }).fill(newPassword);
    await answer('Change and sign in');
    await secondPassword('4711');
    await signedIn(account, 'password and secondary password');

    // The new password was kept, so that only the second one is left to ask for.
    await app.button('Sign in').click();
    await secondPassword('4711');
    await signedIn(account, 'password and secondary password');
  });

  test('with a password that was reset, by setting a new one', async () => {
    const account = await begin('Left Coast: Password status reset');
    await app.prompt.getByRole('textbox', { name: /^A new password is needed/ }).fill(newPassword);
    await app.prompt.getByRole('textbox', { name: 'Type it again' }).fill(newPassword);
    await answer('Change and sign in');
    await signedIn(account, 'password');
  });

  async function secondPassword(value: string) {
    await app.prompt.getByRole('textbox', { name: /secondary|pin/i }).fill(value);
    await answer('Sign in');
  }

  test('with a secondary password: wrong, then right', async () => {
    const account = await begin('Left Coast: Secondary password');
    await secondPassword('0000');
    await app.prompt.getByText('The password or code was wrong.').waitFor();
    await secondPassword('4711');
    await signedIn(account, 'password and secondary password');
  });

  test('with a one-time password: by e-mail, wrong, sent again by SMS, right', async () => {
    const account = await begin('Left Coast: One-time password');
    const byMail = nextPin(practice, 'otto@left-coast.example');
    await app.prompt.getByText(/^Code by e-mail/).click();
    await answer('Continue');
    const mailed = await byMail();
    const field = app.prompt.getByRole('textbox', { name: /^(PIN|Code)$/ });
    await field.fill(mailed.replace(/./, (first) => (first === '1' ? '2' : '1')));
    await answer('Sign in');
    await app.prompt.getByText('The password or code was wrong.').waitFor();
    const restore = await later(61_000);
    const bySms = nextPin(practice, '+15550100103');
    await app.prompt.getByRole('button', { name: /^Send again/ }).click();
    await app.page.getByRole('menuitem', { name: /SMS/ }).click();
    await field.fill(await bySms());
    await restore();
    await answer('Sign in');
    await signedIn(account, 'password and SMS code');
  });

  /** Moves the page's own clock, so that nobody has to wait until a code may be sent again. */
  async function later(ms: number) {
    await app.page.evaluate((by) => {
      const now = Date.now.bind(Date);
      Object.assign(window, { realNow: now });
      Date.now = () => now() + by;
    }, ms);
    return () =>
      app.page.evaluate(() => {
        Date.now = (window as unknown as { realNow: () => number }).realNow;
      });
  }

  test('with a password on a virtual keyboard that moves', async () => {
    const account = await begin('Left Coast: Virtual keyboard');
    for (const digit of '2580') {
      const key = app.prompt.getByRole('group').getByRole('button').filter({ hasText: digit });
      await key.first().click();
    }
    await app.prompt.getByText('4 characters pressed').waitFor();
    await answer('Sign in');
    await signedIn(account, 'password and on-screen keyboard');
  });

  test.runIf(generation === '4.16')('with an authenticator: typed, and stored', async () => {
    const label = 'Left Coast: Authenticator';
    const typed = await begin(label, { label: 'Tara types', values: { authenticatorSecret: '' } });
    const secret = personOf(server, label).totpSecret!;
    const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    await app.prompt.getByRole('textbox', { name: /^(PIN|Code)$/ }).fill(code);
    await answer('Sign in');
    await signedIn(typed, 'password and authenticator code');

    const stored = await begin(label, { label: 'Tara stores' });
    await signedIn(stored, 'password and stored authenticator');
  });

  test.runIf(generation === '4.16')('with a trusted device: refused, then approved', async () => {
    const account = await begin('Left Coast: Trusted device');
    const asked = () =>
      app.prompt.getByText('It will show: “Sign-in, Network: Left Coast, User: Dora Device”.').waitFor();
    await asked();
    // The code stays the same until the sign-in is over, so that no new one is promised.
    expect(await app.prompt.getByText(/New code/).count()).toBe(0);
    await app.look('prompt-device');
    await device(false);
    await app.prompt.getByText(/refused on the trusted device/).waitFor();
    await app.prompt.getByRole('button', { name: 'Start again' }).click();
    await asked();
    await device(true);
    await signedIn(account, 'password and trusted device');
  });

  /** What Dora’s phone answers to the newest code; the picture itself is read in the tests of other scans. */
  async function device(approve: boolean) {
    const at = `${server.origin}/__practice/device`;
    const { id } = await eventually(async () => {
      const waiting: { id: string }[] = await (await fetch(`${at}/waiting`)).json();
      expect(waiting).toHaveLength(1);
      return waiting[0]!;
    });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${at}/answer`, { method: 'POST', headers, body: JSON.stringify({ id, approve }) });
  }

  test('with an access client, which has nothing to end', async () => {
    const account = await begin('Left Coast: Access client: Counter till');
    expect(await app.session(account, 'active')).toMatchObject({ method: 'access client' });
    await app.button('Sign out').click();
    await app.button('Sign in').waitFor();
    expect(await app.session(account, 'ended')).toMatchObject({ endedHow: 'here' });
  });

  test('a blocked access client, and a second factor that was never made, say so', async () => {
    await refused('Left Coast: Access client: Lost till', /it is not activated, or it is blocked/);
    await refused(
      'Left Coast: No usable second factor',
      /second credential|nothing for it that Gatehouse can use/,
    );
  });

  async function refused(label: string, sentence: RegExp) {
    const account = await begin(label);
    const { failure } = await app.session(account, 'failed');
    expect(failure?.message).toMatch(sentence);
    await app.page.getByRole('main').getByText(failure!.message).waitFor();
  }

  test('people and passwords that may not sign in are told apart', async () => {
    const sentences: Record<string, RegExp> = {
      'User status blocked': /This person is blocked/,
      'User status disabled': /This person is disabled/,
      'User status pending': /registration is still pending/,
      'Password status disabled': /password is disabled/,
      'Password status indefinitelyBlocked': /until an administrator unblocks it/,
      'Password status neverCreated': /never been given a password/,
      'Password status temporarilyBlocked': /blocked for a while/,
      'Refused: remoteAddressBlocked': /blocked this computer’s address/,
      'Refused: unauthorizedAddress': /not accept this person from this computer’s address/,
    };
    for (const [label, sentence] of Object.entries(sentences))
      await refused(`Left Coast: ${label}`, sentence);
  });

  test('a kind of identification that the network does not take names those that it does', async () => {
    await refusedKind('accountNumber', /it offers E-mail, Mobile phone/);
    await refusedKind('other', /it offers E-mail, Mobile phone/);
  });

  test('moves to another network: its name and its colour are on the row, and the old session is over', async () => {
    const account = await begin('Left Coast: Member of two networks');
    const { id } = await app.session(account, 'active');
    const place = () => app.row(account.label).getByText(/^(Left Coast|harbour)$/);
    const colour = () =>
      place().evaluate((name) => (name.previousElementSibling as HTMLElement).style.background);
    const harbour = { id: `${server.origin}/harbour/api`, name: 'harbour' };
    expect(await place().textContent()).toBe('Left Coast');
    expect(await colour()).toBe(realmColour({ id: 'left-coast', name: 'Left Coast' }));
    await app.button('Switch network').click();
    await app.field(/Address of the other network/).fill(harbour.id);
    await app.look(`switch-network-${generation}`);
    await app.dialog.getByRole('button', { name: 'Switch', exact: true }).click();
    await app.dialog.waitFor({ state: 'detached' });
    await eventually(async () => expect(await place().allTextContents()).toEqual(['harbour']));
    expect(await colour()).toBe(realmColour(harbour));
    await app.button('Sign out').waitFor();
    await app.look(`moved-network-${generation}`);
    const wanda = () => server.sessions().filter(({ person }) => person === 'wanda');
    await eventually(() => expect(wanda().map(({ realm }) => realm)).toEqual(['harbour']));
    expect((await app.snapshot()).sessions.find((session) => session.id === id)).toMatchObject({
      state: 'ended',
      endedHow: 'vendor',
    });
  });

  async function refusedKind(principalType: string, sentence: RegExp) {
    const values = { principalType, ...(principalType === 'other' ? { principalTypeName: 'badge' } : {}) };
    const account = await begin('Harbour: Member', {
      label: `Henry by ${principalType} ${generation}`,
      values,
    });
    expect((await app.session(account, 'failed')).failure?.message).toMatch(sentence);
  }
});
