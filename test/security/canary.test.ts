import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import {
  accountOf,
  dataFolder,
  eventually,
  nextPin,
  openApp,
  openPractice,
  passphrase,
  personOf,
  serverOf,
} from '../e2e/harness.ts';
import { type Canaries, disguises, filesUnder, listenIn, searchFor } from './canaries.ts';

const onElectron = process.env.GATEHOUSE_HOST === 'electron';

test('a secret is found whatever it is dressed as', () => {
  const secret = 'quiet-meadow-21';
  const find = searchFor(new Map([['password', secret]]));
  const dressed = [
    secret,
    Buffer.from(`{"p":"${secret}"}`).toString('base64'),
    Buffer.from(`xy${secret}`).toString('base64url'),
    Buffer.from(secret).toString('hex'),
    encodeURIComponent(`?p=${secret}`),
  ];
  for (const text of dressed)
    expect(find('it', Buffer.from(`..${text}..`)), text).toEqual(['password in it']);
  expect(find('it', Buffer.from(secret, 'utf16le'))).toHaveLength(1);
  expect(find('it', Buffer.from('quiet-meadow-22'))).toEqual([]);
  expect(disguises(secret).every(({ length }) => length > 12)).toBe(true);
});

test.skipIf(onElectron)(
  'after a day’s work no secret and no name of an account lies anywhere in the clear, and no secret has come out of the bridge',
  async () => {
    const practice = await openPractice({ cyclos: '4.16' });
    const canaries: Canaries = new Map([['the passphrase', passphrase]]);
    const userData = dataFolder();
    let app = await openApp({ userData, unlockWith: null });
    const { page } = app;
    const { vendors } = await app.snapshot();
    const printed: string[] = [];
    const traffic: string[] = [];
    /** Keeps what a run printed and what crossed the bridge in it. */
    const note = async () => {
      traffic.push(...((await app.control('ipc-traffic')) as string[]));
      printed.push(app.output());
    };
    const proxies = new Map<string, string>();
    for (const { vendor, origin } of practice.servers)
      proxies.set(origin, vendor === 'nextauth' ? origin : await listenIn(vendor, origin, canaries));

    /** The person's form, by way of the proxy; every secret in it is a canary. */
    const form = (vendor: string, label: string) => {
      const server = serverOf(practice, vendor);
      const account = accountOf(server, label);
      account.values.baseUrl = account.values.baseUrl!.replace(server.origin, proxies.get(server.origin)!);
      for (const { name } of vendors.find(({ id }) => id === vendor)!.form.filter(({ secret }) => secret))
        if (account.values[name]) canaries.set(`${label}: ${name}`, account.values[name]);
      return account;
    };

    // First run and an account, typed by a person.
    await app.field('Passphrase').fill(passphrase);
    await app.field('Passphrase again').fill(passphrase);
    await app.button('Set the passphrase').click();
    await app.button('Add an account').click();
    const amir = form('enhance', 'Amir Haddad');
    await app.field('Panel address').fill(amir.values.baseUrl!);
    await app.field('E-mail').fill(amir.values.email!);
    await app.field('Password').fill(amir.values.password!);
    await app.field('Label').fill('Canary desk');
    await app.button('Test').click();
    await page.getByText('The credentials were accepted').waitFor();
    await app.button('Add account').last().click();
    await app.heading('Canary desk').waitFor();

    const first = nextPin(practice, amir.values.email!);
    await app.button('Sign in').click();
    canaries.set('an unused PIN', await first());
    await app.prompt.getByRole('textbox', { name: 'PIN' }).fill('80317559264');
    canaries.set('a wrong PIN', '80317559264');
    await app.prompt.getByRole('button', { name: 'Sign in' }).click();
    const second = nextPin(practice, amir.values.email!);
    await app.prompt.getByRole('button', { name: 'Start again' }).click();
    const pin = await second();
    canaries.set('the PIN', pin);
    await app.prompt.getByText('Remember this device for 30 days').click();
    await app.prompt.getByRole('textbox', { name: 'PIN' }).fill(pin);
    await app.button('Sign out').waitFor();

    // Every kind of secret of every vendor.
    const people: [string, string][] = [
      ['enhance', 'Nora Lindholm'],
      ['enhance', 'Tess Okafor'],
      ['enhance', 'Support desk token'],
      ['cyclos', 'Left Coast: Administrator'],
      ['koyeb', 'Maya Castell'],
      ['koyeb', 'Support desk token'],
    ];
    for (const [vendor, label] of people) {
      const input = form(vendor, label);
      const account = await app.call('accounts.add', { ...input, label: `${vendor}: ${label}` });
      await app.call('sessions.signIn', { accountId: account.id });
      const session = await app.session(account, 'active');
      await app.row(account.label).click();
      for (const { id } of await app.call('handover.copyable', { sessionId: session.id })) {
        await app.call('handover.copy', { sessionId: session.id, what: id });
        canaries.set(`${label}: copied ${id}`, String(await app.control('clipboard')));
      }
    }
    // Tokens that a vendor makes for whoever asks.
    const made: [label: string, action: string, values: Record<string, string>][] = [
      ['enhance: Nora Lindholm', 'new-token', { name: 'Canary', roles: 'Support' }],
      ['koyeb: Maya Castell', 'new-credential', { name: 'Canary', type: 'USER' }],
    ];
    for (const [label, action, values] of made) {
      const { accounts, sessions } = await app.snapshot();
      const account = accounts.find((one) => one.label === label);
      const { id: sessionId } = sessions.find(({ accountId }) => accountId === account?.id)!;
      const { actions } = await app.call('login.page', { sessionId });
      const organisation = actions.find(({ id }) => id === action)?.fields[0]?.options?.[0]?.value;
      const before = await app.control('clipboard');
      await app.call('login.act', {
        sessionId,
        action,
        values: { ...values, ...(organisation ? { organisation } : {}) },
      });
      const secret = String(await app.control('clipboard'));
      expect(secret).not.toBe(before);
      expect(secret.length).toBeGreaterThan(20);
      canaries.set(`${label}: ${action}`, secret);
    }
    const key = await app.call('accounts.add', form('nextauth', 'Front door: Desk key'));
    await app.call('sessions.signIn', { accountId: key.id });
    await app.session(key, 'waiting');

    // What tells whose accounts these are.
    const names = new Map([
      ['a tag', 'canary-tag-swallow'],
      ['a shift', 'Canary shift at dawn'],
      ['a pinned realm', 'Canary realm of herons'],
    ]);
    const named = await app.snapshot();
    const tagged = named.accounts.find(({ label }) => label === 'Canary desk')!;
    await app.call('accounts.change', {
      id: tagged.id,
      account: { ...tagged, tags: [names.get('a tag')!] },
    });
    const realm = { id: 'canary-realm-of-herons', name: names.get('a pinned realm')! };
    await app.call('realms.pin', { accountId: tagged.id, realm, pinned: true });
    await app.call('shifts.save', {
      name: names.get('a shift')!,
      members: [{ accountId: tagged.id, realm: tagged.realm }],
    });
    const { receiptId } = await app.call('sessions.endTogether', {
      title: names.get('a shift')!,
      sessionIds: named.sessions.filter(({ accountId }) => accountId === key.id).map(({ id }) => id),
    });
    expect(receiptId).not.toBeNull();
    for (const { label, baseUrl, identity } of named.accounts) {
      names.set(`${label}: label`, label);
      names.set(`${label}: host`, new URL(baseUrl).host);
      names.set(`${label}: address`, baseUrl);
      if (identity.includes('@')) names.set(`${label}: e-mail`, identity);
    }
    for (const { realm, person } of named.sessions) {
      if (realm) names.set(`realm ${realm.name}`, realm.name);
      if (person) names.set(`person ${person}`, person);
    }
    expect(names.size).toBeGreaterThan(30);
    const findNames = searchFor(names);
    const namesInFiles = () => filesUnder(userData).flatMap(({ path, bytes }) => findNames(path, bytes));
    const whileOpen = namesInFiles();

    const tess = personOf(serverOf(practice, 'enhance'), 'Tess Okafor');
    canaries.set('a computed code', new TOTP({ secret: Secret.fromBase32(tess.totpSecret!) }).generate());

    await app.call('settings.change', { onQuit: 'keep-all' });
    await app.call('vault.lock');
    await app.field('Passphrase').fill('not-the-passphrase-canary');
    canaries.set('a wrong passphrase', 'not-the-passphrase-canary');
    await app.button('Unlock').click();
    await page
      .getByRole('textbox', { name: 'Passphrase' })
      .and(page.locator('[aria-invalid="true"]'))
      .waitFor();
    const whileLocked = namesInFiles();
    await note();
    await app.kill();
    const find = searchFor(canaries);
    const afterKill = filesUnder(userData).flatMap(({ path, bytes }) => find(path, bytes));

    app = await openApp({ userData });
    const { accounts } = await app.snapshot();
    await eventually(async () =>
      expect((await app.snapshot()).sessions.every(({ checkedAt }) => checkedAt)).toBe(true),
    );
    await app.call('accounts.remove', {
      id: accounts.find(({ label }) => label.endsWith('Nora Lindholm'))!.id,
    });
    await note();
    await app.close();

    const findAll = searchFor(canaries);
    expect(canaries.size).toBeGreaterThan(18);
    for (const name of ['enhance', 'cyclos', 'koyeb'])
      expect(
        [...canaries.keys()].some((one) => one.startsWith(`${name} token`)),
        `${name} handed out a token`,
      ).toBe(true);

    // The search itself sees into the database, the log and the traffic.
    const files = filesUnder(userData);
    const seen = files.filter(({ bytes }) => bytes.includes('install-id')).map(({ path }) => path);
    expect(seen.some((path) => path.startsWith('gatehouse.db'))).toBe(true);
    expect(files.some(({ path }) => path.startsWith('host/profiles/'))).toBe(true);
    expect(
      files.some(({ path, bytes }) => path === 'logs/gatehouse.log' && bytes.includes('createSession')),
    ).toBe(true);
    const out = traffic.filter((line) => line.startsWith('to page')).join('\n');
    const into = traffic.filter((line) => line.startsWith('from page')).join('\n');
    expect(out).toContain('Canary desk');
    // Secrets go in, and actions come out.
    expect(findAll('in', Buffer.from(into))).toEqual(
      expect.arrayContaining(['the passphrase in in', 'the PIN in in', 'Amir Haddad: password in in']),
    );

    expect(findNames('out', Buffer.from(out))).toEqual(
      expect.arrayContaining(['a tag in out', 'a shift in out', 'Canary desk: host in out']),
    );

    expect({ whileOpen, whileLocked, closed: namesInFiles() }).toEqual({
      whileOpen: [],
      whileLocked: [],
      closed: [],
    });
    expect(findNames('what was printed', Buffer.from(printed.join('\n')))).toEqual([]);
    expect(afterKill).toEqual([]);
    expect(files.flatMap(({ path, bytes }) => findAll(path, bytes))).toEqual([]);
    expect(findAll('what was printed', Buffer.from(printed.join('\n')))).toEqual([]);
    expect(findAll('what came out of the bridge', Buffer.from(out))).toEqual([]);
  },
);
