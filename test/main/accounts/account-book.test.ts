import { dirname } from 'node:path';
import { expect, test, vi } from 'vitest';
import { account as accountShape } from '#contract/shapes.ts';
import { createSessionRecords, type SessionRecord } from '../../../main/sessions/session-rows.ts';
import { rawBytes } from '../store/temporary.ts';
import { input, newBook, vendor } from './book.ts';

test('an account is shown without its secrets, and is the same after a restart', async () => {
  const { book, reopened, store } = await newBook();
  const added = book.add({ ...input, realm: { id: 'r', name: 'North' } }, { practice: true });
  expect(added).toEqual({
    id: 'a1',
    vendor: 'panel',
    label: 'Ada',
    baseUrl: 'https://panel.example/api',
    identity: 'ada@example.com',
    values: { baseUrl: 'https://panel.example/api', way: 'password', email: 'ada@example.com', note: '' },
    storedSecrets: ['password'],
    realm: { id: 'r', name: 'North' },
    tags: ['north'],
    colour: 'teal',
    practice: true,
    createdAt: 7,
  });
  expect(accountShape.strict().parse(added)).toEqual(added);
  expect(book.all()).toEqual([added]);
  expect(reopened().all()).toEqual([added]);
  expect(rawBytes(dirname(store.path)).includes('canary')).toBe(false);
});

test('vendors get the values with the secrets; a locked vault gives none', async () => {
  const { book, vault } = await newBook();
  const { id } = book.add(input);
  expect(book.valuesWithSecrets(id)).toEqual({ ...input.values, note: '' });
  vault.lock();
  expect(() => book.valuesWithSecrets(id)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ kind: 'vault-locked' }) }),
  );
  expect(() => book.add(input)).toThrow(/vault is locked/);
  expect(book.all()).toHaveLength(1);
  const { password: _, ...rest } = input.values;
  expect(() => book.change(id, { ...input, label: 'Renamed', values: rest })).toThrow(/vault is locked/);
  expect(book.get(id)?.label).toBe('Ada');
});

test('a secret left out stays, a new one replaces, an empty one erases', async () => {
  const { book } = await newBook();
  const { id } = book.add({ ...input, values: { ...input.values, authenticator: 'JBSWY3DPEHPK3PXP' } });
  const { password: _, ...rest } = input.values;
  expect(book.change(id, { ...input, values: rest }).storedSecrets).toEqual(['authenticator', 'password']);
  expect(book.valuesWithSecrets(id).password).toBe('canary-pw');
  book.change(id, { ...input, values: { ...rest, password: 'next' } });
  expect(book.valuesWithSecrets(id)).toMatchObject({ password: 'next', authenticator: 'JBSWY3DPEHPK3PXP' });
  expect(book.change(id, { ...input, values: { ...rest, authenticator: '' } }).storedSecrets).toEqual([
    'password',
  ]);
  expect(() => book.change(id, { ...input, values: { ...rest, password: '' } })).toThrow(/is needed/);
  expect(book.valuesWithSecrets(id).password).toBe('next');
});

test('secrets of a field that is hidden now are erased', async () => {
  const { book } = await newBook();
  const { id } = book.add(input);
  const values = { baseUrl: 'https://panel.example/api', way: 'token', email: 'left over', token: 'tok' };
  const changed = book.change(id, { ...input, values });
  expect(changed).toMatchObject({ identity: 'API token', storedSecrets: ['token'] });
  expect(changed.values).not.toHaveProperty('email');
});

test('stored secrets do not follow an address to another server', async () => {
  const { book } = await newBook();
  const { id } = book.add(input);
  book.keep(id, { rememberedDevice: 'device-1' });
  const { password: _, ...rest } = input.values;
  const elsewhere = { ...input, values: { ...rest, baseUrl: 'https://evil.example/api' } };
  for (const attempt of [() => book.change(id, elsewhere), () => book.addForTrial(elsewhere, id)]) {
    expect(attempt).toThrow(
      expect.objectContaining({
        failure: expect.objectContaining({
          kind: 'invalid',
          fields: { password: expect.stringContaining('another server') },
        }),
      }),
    );
  }
  expect(book.valuesWithSecrets(id).password).toBe('canary-pw');
  const samePlace = { ...input, values: { ...rest, baseUrl: 'https://panel.example/other' } };
  expect(book.change(id, samePlace).storedSecrets).toEqual(['password', 'rememberedDevice']);
  const typed = { ...elsewhere, values: { ...elsewhere.values, password: 'for there' } };
  expect(book.change(id, typed).storedSecrets).toEqual(['password']);
});

test('a removed account is off the list at once; what its open endings need goes with its last session', async () => {
  const { book, store, vault, reopened } = await newBook();
  const { id } = book.add(input);
  const records = createSessionRecords(store, vault);
  const session: SessionRecord = {
    id: 's1',
    sessionTag: 's1',
    accountId: id,
    vendor: 'panel',
    baseUrl: 'https://panel.example/api',
    realmId: null,
    realmName: null,
    state: 'ending',
    way: null,
    method: null,
    person: null,
    startedAt: 1,
    openedAt: 1,
    grantedAt: 1,
    expiresAt: null,
    checkedAt: null,
    checkFailure: null,
    refusals: [],
    failure: null,
    endedAt: null,
    endedHow: null,
    refreshAt: null,
    actor: 'window',
    unansweredAt: null,
  };
  const binding = { accountId: id, vendor: 'panel', origin: 'https://panel.example' };
  records.insert(session);
  vault.seal('s1', 'grant', 'cookie', binding);
  book.remove(id);
  for (const one of [book, reopened()]) {
    expect(one.all()).toEqual([]);
    expect(one.get(id)).toBeNull();
    expect(one.find(id)).toMatchObject({ label: 'Ada' });
    expect(one.valuesWithSecrets(id).password).toBe('canary-pw');
    expect(() => one.change(id, input)).toThrow(/was removed/);
    expect(() => one.remove(id)).toThrow(/was removed/);
  }
  expect(vault.open('s1', 'grant', binding)).toBe('cookie');
  book.keep(id, { rememberedDevice: 'late' });
  expect(book.find(id)?.storedSecrets).not.toContain('rememberedDevice');
  expect(book.purge()).toBe(0);
  expect(vault.has(id, 'form')).toBe(true);
  // Over, but shown until it is dismissed: its account keeps its name and loses its secrets.
  records.update(session, { ...session, state: 'failed', endedHow: 'possibly-alive' });
  expect(book.purge()).toBe(0);
  expect(vault.has(id, 'form')).toBe(false);
  expect(book.find(id)).toMatchObject({ label: 'Ada' });
  records.remove('s1');
  expect(book.purge()).toBe(1);
  expect(vault.has(id, 'form')).toBe(false);
  expect(book.find(id)).toBeNull();
  expect(store.all('SELECT page FROM account_pages')).toEqual([]);
});

test('what a vendor wants kept is stored as a secret, or in the form if the form has it', async () => {
  const { book } = await newBook();
  const { id } = book.add(input);
  book.keep(id, { rememberedDevice: 'device-1', note: 'seen', password: 'changed there' });
  expect(book.get(id)).toMatchObject({
    storedSecrets: ['password', 'rememberedDevice'],
    values: { note: 'seen' },
  });
  expect(book.valuesWithSecrets(id)).toMatchObject({
    rememberedDevice: 'device-1',
    password: 'changed there',
  });
  const { password: _, ...rest } = input.values;
  expect(book.change(id, { ...input, values: rest }).storedSecrets).toContain('rememberedDevice');
  const forgotten = book.change(id, { ...input, values: { ...rest, rememberedDevice: '' } });
  expect(forgotten.storedSecrets).toEqual(['password']);
  expect(() => book.change(id, { ...input, values: { ...rest, rememberedDevice: 'forged' } })).toThrow(
    /no such field/,
  );
});

test('a trial has everything that a test needs, is never on the list, and goes without a trace', async () => {
  const { book, vault, reopened } = await newBook();
  const { id } = book.add(input);
  const { password: _, ...rest } = input.values;
  const trial = book.addForTrial({ ...input, values: { ...rest, email: 'bob@example.com' } }, id);
  expect(trial.identity).toBe('bob@example.com');
  expect(book.valuesWithSecrets(trial.id)).toMatchObject({ email: 'bob@example.com', password: 'canary-pw' });
  expect(book.all().map((account) => account.id)).toEqual([id]);
  expect(book.get(id)?.identity).toBe('ada@example.com');
  expect(book.purge()).toBe(1);
  expect(vault.has(trial.id, 'form')).toBe(false);
  expect(reopened().all()).toHaveLength(1);
});

test('labels fall back to who signs in, and hold nothing that can not be seen', async () => {
  const { book } = await newBook();
  expect(book.add({ ...input, label: ' \t ' }).label).toBe('ada@example.com');
  expect(book.add({ ...input, label: 'Bank\u202egnp.exe\r\n\0x' }).label).toBe('Bank gnp.exe x');
  expect(book.add({ ...input, tags: ['a', ' a ', '\u0007', 'b\u0000'] }).tags).toEqual(['a', 'b']);
});

test('listeners hear adding, changing and removing, until they are disposed of', async () => {
  const { book } = await newBook();
  const heard: (string | null)[] = [];
  const dispose = book.onChange(({ value }) => heard.push(value?.label ?? null));
  const { id } = book.add(input);
  book.change(id, { ...input, label: 'Two' });
  book.remove(id);
  dispose();
  book.add(input);
  expect(heard).toEqual(['Ada', 'Two', null]);
});

test('the ledger says what happened, and never a secret', async () => {
  const { book, ledger } = await newBook();
  const { id } = book.add(input);
  book.change(id, { ...input, values: { ...input.values, password: 'canary-two' } });
  book.keep(id, { rememberedDevice: 'canary-device' });
  book.remove(id);
  expect((await ledger.page({ limit: 9 })).map((row) => row.event)).toEqual([
    'account-removed',
    'account-changed',
    'account-added',
  ]);
  expect([...ledger.exportJsonLines()].join('')).not.toContain('canary');
  expect(await ledger.verify()).toMatchObject({ ok: true, rows: 3 });
});

test('a change that can not be saved leaves everything as it was', async () => {
  const { book, store, reopened } = await newBook();
  const { id } = book.add(input);
  const before = book.all();
  const pages = Number(store.get('PRAGMA page_count')?.page_count);
  store.get(`PRAGMA max_page_count = ${pages}`);
  const big = {
    ...input,
    label: 'Never',
    values: { ...input.values, note: 'x'.repeat(200_000), password: 'never' },
  };
  expect(() => book.change(id, big)).toThrow(/full/);
  expect(() => book.add(big)).toThrow(/full/);
  store.get('PRAGMA max_page_count = 100000');
  expect(book.all()).toEqual(before);
  expect(reopened().all()).toEqual(before);
  expect(book.valuesWithSecrets(id).password).toBe('canary-pw');
  book.change(id, { ...input, label: 'Later' });
  expect(reopened().get(id)?.label).toBe('Later');
});

test('a part of the list that can not be read is named and kept, and takes nothing else with it', async () => {
  const { book, store, reopened } = await newBook();
  for (let index = 0; index < 70; index += 1) book.add({ ...input, label: `Account ${index}` });
  store.run('UPDATE account_pages SET sealed = zeroblob(99) WHERE page = 2');
  const again = reopened();
  expect(again.all().map((one) => one.label)).toEqual(
    [...Array(32).keys(), 64, 65, 66, 67, 68, 69].map((index) => `Account ${index}`),
  );
  expect(again.unreadablePages()).toBe(1);
  again.add({ ...input, label: 'Later' });
  expect(store.get('SELECT sealed FROM account_pages WHERE page = 2')?.sealed).toEqual(new Uint8Array(99));
  expect(reopened().all().at(-1)?.label).toBe('Later');
});

test('a colour that an earlier version stored is slate when there is none of that name, and stays otherwise', async () => {
  const { book, store, vault, reopened } = await newBook();
  for (const label of ['Ada', 'Ben']) book.add({ ...input, label });
  const place = ['account_pages.sealed', 1] as const;
  const sealed = store.get('SELECT sealed FROM account_pages WHERE page = 1')?.sealed;
  const text = vault.openRow(place, sealed as Uint8Array)!.replace('"colour":"teal"', '"colour":"orange"');
  store.run('UPDATE account_pages SET sealed = ? WHERE page = 1', vault.sealRow(place, text));
  expect(
    reopened()
      .all()
      .map((one) => accountShape.parse(one).colour),
  ).toEqual(['slate', 'teal']);
});

test('damaged secrets are named beside each field, and typing them again repairs them', async () => {
  const { book, store, reopened } = await newBook();
  const { id } = book.add({ ...input, values: { ...input.values, authenticator: 'JBSWY3DPEHPK3PXP' } });
  store.run('UPDATE secrets SET sealed = zeroblob(60)');
  const again = reopened();
  expect(again.all().map((one) => one.label)).toEqual(['Ada']);
  const broken = {
    kind: 'vault-broken',
    fields: { password: expect.stringContaining('again'), authenticator: expect.stringContaining('again') },
  };
  const failing = expect.objectContaining({ failure: expect.objectContaining(broken) });
  expect(() => again.valuesWithSecrets(id)).toThrow(failing);
  const { password: _, ...rest } = input.values;
  expect(() => again.change(id, { ...input, values: { ...rest, authenticator: '' } })).toThrow(/damaged/);
  again.change(id, { ...input, values: { ...input.values, password: 'typed', authenticator: '' } });
  expect(again.valuesWithSecrets(id)).toMatchObject({ password: 'typed' });
});

test('secrets do not open when the account that they were sealed for leads elsewhere', async () => {
  const { book, vault } = await newBook();
  const { id } = book.add(input);
  const other = { accountId: id, vendor: 'panel', origin: 'https://evil.example' };
  vault.seal(id, 'form', JSON.stringify({ password: 'for elsewhere' }), other);
  expect(() => book.valuesWithSecrets(id)).toThrow(/changed outside Gatehouse.*evil\.example/);
});

test('an account of a vendor that this version does not know is listed and kept', async () => {
  const vendors = [vendor];
  const { book, reopened } = await newBook(vendors);
  const { id } = book.add(input);
  vendors.pop();
  const again = reopened();
  expect(again.get(id)?.label).toBe('Ada');
  expect(again.valuesWithSecrets(id).password).toBe('canary-pw');
  expect(() => again.change(id, input)).toThrow(/does not know the vendor/);
  again.remove(id);
  expect(again.all()).toEqual([]);
});

test('an account keeps its vendor', async () => {
  const { book } = await newBook([vendor, { ...vendor, id: 'other' }]);
  const { id } = book.add(input);
  expect(() => book.change(id, { ...input, vendor: 'other' })).toThrow(/stays with its vendor/);
  expect(() => book.change('nobody', input)).toThrow(/no such account/);
});

test('the list of a thousand and more accounts comes from memory, in the order of adding', async () => {
  const { book, store, reopened } = await newBook();
  store.transaction(() => {
    for (let index = 0; index < 1_200; index += 1) book.add({ ...input, label: `Account ${index}` });
  });
  const again = reopened();
  store.close();
  const all = again.all();
  expect(all).toHaveLength(1_200);
  expect(all.map((one) => one.label)).toEqual(all.map((_, index) => `Account ${index}`));
  expect(all[1_199]?.storedSecrets).toEqual(['password']);
});

test('accounts that were removed are erased in one pass: each page that they are on is sealed once', async () => {
  const { book, store } = await newBook();
  const ids = Array.from({ length: 70 }, () => book.add(input).id);
  for (const id of ids.slice(10)) book.remove(id);
  const written = vi.spyOn(store, 'run');
  expect(book.purge()).toBe(60);
  expect(written.mock.calls.filter(([sql]) => sql.includes('account_pages'))).toHaveLength(3);
  expect(book.all().map(({ id }) => id)).toEqual(ids.slice(0, 10));
  book.add(input);
  expect(store.all('SELECT page FROM account_pages')).toHaveLength(2);
});
