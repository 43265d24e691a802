import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { sessionState } from '#contract/shapes.ts';
import { databaseIn } from '../../main/store/store.ts';
import { deposit, readBox } from '../../main/vault/box.ts';
import { sealedColumns } from '../../main/vault/sealed-columns.ts';
import type { Practice } from '../../practice/common/types.ts';
import { startPractice } from '../../practice/index.ts';
import { disguises, filesUnder } from '../security/canaries.ts';
import { isSealed, readable, recorder, textsIn } from './at-rest-harness.ts';
import { newFolder, openTestApp, removeFolder, type TestApp, until } from './core-harness.ts';
import { createKeyring, passphrase } from './vault/keyrings.ts';

/* What lies on the disk: who steals it learns what is listed, who changes it sends nothing anywhere else. */

const next = 'quite another horse battery';
const folders: string[] = [];
const keyring = createKeyring();
let practice: Practice;
let panel: Awaited<ReturnType<typeof recorder>>;
let cloud: Awaited<ReturnType<typeof recorder>>;
let evil: Awaited<ReturnType<typeof recorder>>;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance', 'koyeb'] });
  panel = await recorder(serverOf('enhance').origin);
  cloud = await recorder(serverOf('koyeb').origin);
  evil = await recorder();
});
afterAll(async () => {
  for (const one of [panel, cloud, evil]) one.close();
  await practice.close();
  for (const folder of folders) removeFolder(folder);
});

function folderOf(copied?: string): string {
  const folder = newFolder();
  folders.push(folder);
  if (copied) cpSync(copied, folder, { recursive: true });
  return folder;
}

const serverOf = (vendor: string) => practice.servers.find((one) => one.vendor === vendor)!;

/** Adds a practice person by way of the server that listens in. */
function add(app: TestApp, vendor: 'enhance' | 'koyeb', person: string, patch: { url?: string } = {}) {
  const server = serverOf(vendor);
  const { values, realm = null } = app.person(server, person).account;
  const { url = vendor === 'enhance' ? panel.url : cloud.url } = patch;
  return app.core.accounts.add({
    vendor,
    label: `Canary label of ${person}`,
    values: { ...values, baseUrl: values.baseUrl!.replace(server.origin, url) },
    realm,
    tags: [`canary-tag-${vendor}`],
    colour: 'violet',
  });
}

async function signedIn(app: TestApp, accountId: string) {
  const id = app.core.sessions.signIn({ accountId }, 'window');
  await app.reach(id, 'active');
  return id;
}

/** Everything that anybody could want to know, as it is now. */
function known({ core, ...app }: TestApp): Set<string> {
  const { accounts, sessions, prompts, shifts, receipts } = core.snapshot();
  const found = textsIn([
    accounts,
    sessions,
    prompts,
    shifts,
    receipts,
    core.sessions.all(),
    core.sessions.endings(),
  ]);
  textsIn(
    [...core.ledger.exportJsonLines()].map((line) => JSON.parse(line)),
    found,
  );
  for (const { id } of core.accounts.all()) {
    textsIn([core.accounts.valuesWithSecrets(id), core.realms.of(id)], found);
  }
  for (const { id } of core.sessions.all()) {
    for (const field of ['grant', 'pending'] as const) {
      if (core.vault.has(id, field)) textsIn(JSON.parse(app.sealed(id, field)!), found);
    }
  }
  return found;
}

/** The words of the schema are in every database, and tell nothing. */
async function bytesOfEmptyStore(): Promise<Buffer> {
  const folder = folderOf();
  const app = await openTestApp(folder);
  await app.core.close(0);
  return Buffer.concat(filesUnder(folder).map(({ bytes }) => bytes));
}

test('a stolen folder yields what is listed, and nothing else, at any moment', async () => {
  const folder = folderOf();
  const canaries = new Set([passphrase, next]);
  const empty = await bytesOfEmptyStore();
  const learn = (app: TestApp) => {
    for (const text of known(app)) if (!empty.includes(text)) canaries.add(text);
  };
  const search = (moment: string) => {
    const bytes = filesUnder(folder).map((file) => file.bytes);
    expect(bytes.length).toBeGreaterThan(0);
    const found = [...canaries].filter((text) =>
      disguises(text).some((dress) => bytes.some((file) => file.includes(dress))),
    );
    expect(found, moment).toEqual([]);
    const database = new DatabaseSync(databaseIn(folder), { readOnly: true });
    for (const [table, column] of columnsOf(database)) {
      const name = `${table}.${column}`;
      if (isSealed(name)) continue;
      for (const row of database.prepare(`SELECT ${column} AS value FROM ${table}`).all()) {
        expect(readable[name]?.fits(row.value), `${name} is ${row.value} (${moment})`).toBe(true);
      }
    }
    database.close();
  };

  let app = await openTestApp(folder, { keyring });
  await app.core.vault.setPassphrase(null, passphrase);
  const nora = add(app, 'enhance', 'Nora Lindholm');
  const maya = add(app, 'koyeb', 'Maya Castell');
  const amir = add(app, 'enhance', 'Amir Haddad');
  const first = await signedIn(app, nora.id);
  await signedIn(app, maya.id);
  const waiting = app.core.sessions.signIn({ accountId: amir.id }, 'window');
  await app.promptOf(waiting);
  app.core.shifts.save({ name: 'Canary shift', members: [{ accountId: nora.id, realm: null }] });
  app.core.realms.pin(nora.id, { id: 'canary-realm-id', name: 'Canary realm' }, true);
  await app.core.sessions.answer((await app.promptOf(waiting)).id, { pin: 'canary-wrong-pin' });
  canaries.add('canary-wrong-pin');
  learn(app);
  search('running');

  panel.state.refuses = true;
  app.core.receipts.end('Canary receipt', [first], 'window');
  await until('it was tried', () => (app.core.sessions.ending(first)?.attempts ?? 0) > 0);
  learn(app);
  search('an end that was refused');
  app.core.lock('window');
  await app.core.sessions.idle();
  search('locked');
  await app.core.close(0);
  search('closed');

  app = await openTestApp(folder, { keyring, asStored: true });
  app.core.receipts.endEverywhere('tray');
  await app.core.sessions.idle();
  search('ordered before the unlock');
  panel.state.refuses = false;
  await app.core.unlock(passphrase);
  learn(app);
  await until('all is over', () => app.core.sessions.endings().length === 0, 20_000);
  learn(app);
  search('unlocked');
  await app.core.vault.setPassphrase(passphrase, next, { recovery: true });
  search('another passphrase');
  await signedIn(app, nora.id);
  learn(app);
  app.core.sessions.removeAccount(nora.id);
  await until('it is gone', () => app.core.accounts.find(nora.id) === null, 20_000);
  learn(app);
  app.core.store.emptyLog();
  search('an account removed');
  await app.core.close(0);
  search('closed again');

  // What was sought, and that it can be found.
  const sought = [...canaries].join('\n');
  for (const part of [
    ...['Canary label', 'canary-tag', 'violet', 'Canary shift', 'Canary realm', 'canary-realm-id'],
    ...['Canary receipt', 'Everywhere', panel.url, cloud.url, 'account-removed', 'Northwind'],
    app.person(serverOf('enhance'), 'Nora Lindholm').password!,
  ]) {
    expect(sought).toContain(part);
  }
  expect(canaries.size).toBeGreaterThan(60);
  expect(filesUnder(folder).some(({ bytes }) => bytes.includes(maya.id))).toBe(true);
}, 120_000);

function columnsOf(database: DatabaseSync): [table: string, column: string, nullable: boolean][] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    .all()
    .flatMap(({ name }) =>
      database
        .prepare(`PRAGMA table_info(${name})`)
        .all()
        .map((one): [string, string, boolean] => [String(name), String(one.name), one.notnull === 0]),
    );
}

test('every column is sealed, or on the list of what can be read', async () => {
  const folder = folderOf();
  const app = await openTestApp(folder);
  await app.core.close(0);
  const database = new DatabaseSync(databaseIn(folder));
  const names = columnsOf(database).map(([table, column]) => `${table}.${column}`);
  database.close();
  expect(names.filter((name) => !isSealed(name)).sort()).toEqual(Object.keys(readable).sort());
  for (const { table, column } of sealedColumns) expect(names).toContain(`${table}.${column}`);
});

test('docs/security.md lists every column that can be read', () => {
  const path = join(import.meta.dirname, '../../docs/security.md');
  expect(existsSync(path), 'docs/security.md is missing').toBe(true);
  const text = readFileSync(path, 'utf8');
  const rows = text.split('\n').map((line) => line.replace(/[`\s]/g, ''));
  const missing = Object.keys(readable).filter((name) => {
    const [table, column] = name.split('.');
    return !rows.some((row) => row.startsWith(`|${table}|${column}|`));
  });
  expect(missing).toEqual([]);
});

test('an old copy, the old passphrase and the old recovery code are worth nothing for new secrets', async () => {
  const folder = folderOf();
  const app = await openTestApp(folder, { keyring });
  const { recoveryCode } = await app.core.vault.setPassphrase(null, passphrase, { recovery: true });
  add(app, 'enhance', 'Nora Lindholm');
  app.core.store.emptyLog();
  const old = folderOf(folder);

  await app.core.vault.setRecovery(passphrase, false);
  const later = add(app, 'koyeb', 'Maya Castell');
  app.core.store.emptyLog();
  const now = folderOf(folder);
  await app.core.close(0);

  // The thief knows the old key, by the old passphrase and by the old code, and puts it under the new secrets.
  const wrapping = new DatabaseSync(databaseIn(old));
  const { wrappings_json } = wrapping.prepare('SELECT wrappings_json FROM vault').get()!;
  wrapping.close();
  const mixed = new DatabaseSync(databaseIn(now));
  mixed.prepare('UPDATE vault SET wrappings_json = ?').run(wrappings_json!);
  mixed.close();
  for (const open of [
    (core: TestApp['core']) => core.unlock(passphrase),
    (core: TestApp['core']) => core.recover(recoveryCode!, next),
  ]) {
    const thief = await openTestApp(folderOf(now), { keyring, asStored: true });
    await open(thief.core).catch((error: unknown) => expect(error).toBeInstanceOf(GatehouseError));
    expect(thief.core.accounts.all()).toEqual([]);
    expect(() =>
      thief.core.vault.open(later.id, 'form', {
        accountId: later.id,
        vendor: 'koyeb',
        origin: cloud.url,
      }),
    ).toThrow(GatehouseError);
    await thief.core.close(0);
  }
  const owner = await openTestApp(folder, { keyring, asStored: true });
  await owner.core.unlock(passphrase);
  expect(owner.core.accounts.all()).toHaveLength(2);
  await owner.core.close(0);
}, 60_000);

type Value = SQLInputValue;
type Stored = Record<string, Value>;
type Change = [name: string, make: (database: DatabaseSync) => void];

/** An app with something in every table, closed; and rows of it as they were before. */
async function template() {
  const folder = folderOf();
  const app = await openTestApp(folder, { keyring, lateness: 0 });
  const { core } = app;
  // At the other server first: this page of accounts, and this secret, may come back.
  const moved = add(app, 'enhance', 'Sam Whitlock', { url: evil.url });
  const lost = core.sessions.signIn({ accountId: moved.id }, 'window');
  await app.reach(lost, 'failed', 'ended');
  expect(evil.seen.length).toBeGreaterThan(0);
  const pages = rowsOf(core.store, 'account_pages');
  const { values, realm = null } = app.person(serverOf('enhance'), 'Sam Whitlock').account;
  core.accounts.change(moved.id, {
    vendor: 'enhance',
    label: moved.label,
    tags: [],
    colour: 'teal',
    realm,
    values: { ...values, baseUrl: values.baseUrl!.replace(serverOf('enhance').origin, panel.url) },
  });
  const nora = add(app, 'enhance', 'Nora Lindholm');
  const maya = add(app, 'koyeb', 'Maya Castell');
  const amir = add(app, 'enhance', 'Amir Haddad');
  const early = await signedIn(app, nora.id);
  const grants = rowsOf(core.store, 'secrets');
  core.receipts.end('First', [early], 'window');
  await until('it is over', () => core.sessions.get(early)?.state !== 'ending');
  await signedIn(app, nora.id);
  await signedIn(app, maya.id);
  await signedIn(app, moved.id);
  await app.promptOf(core.sessions.signIn({ accountId: amir.id }, 'window'));
  core.shifts.save({ name: 'Day', members: [{ accountId: nora.id, realm: null }] });
  core.shifts.save({ name: 'Night', members: [{ accountId: maya.id, realm: null }] });
  panel.state.refuses = true;
  const owed = core.sessions.of(nora.id).find(({ state }) => state === 'active')!;
  core.receipts.end('Second', [owed.id], 'window');
  await until('it was tried', () => (core.sessions.ending(owed.id)?.attempts ?? 0) > 0);
  // Without the goodbye of an orderly end: the prompt stays.
  const secretsAt = (vendor: string) => {
    const of = core.accounts.all().filter((one) => one.vendor === vendor);
    const typed = of.map(({ id }) => core.accounts.valuesWithSecrets(id).password!);
    const given = of.flatMap(({ id }) => core.sessions.of(id)).map(({ id }) => app.sealed(id, 'grant'));
    const long = [...textsIn(given.map((text) => JSON.parse(text ?? 'null')))].filter(
      (text) => text.length >= 24 && !text.startsWith('http'),
    );
    expect(long.length).toBeGreaterThan(0);
    return [...typed, ...long];
  };
  const [ofPanel, ofCloud] = [secretsAt('enhance'), secretsAt('koyeb')];
  core.scheduler.close();
  core.store.emptyLog();
  const kept = folderOf(folder);
  panel.state.refuses = false;
  await core.close(0);
  return {
    folder: kept,
    older: { account_pages: pages, secrets: grants } as Record<string, Stored[]>,
    ofPanel,
    ofCloud,
  };
}

const rowsOf = (store: TestApp['core']['store'], table: string) =>
  store.all(`SELECT * FROM ${table}`) as Stored[];

const elsewhere = '00000000-0000-4000-8000-000000000000';

/** Everything that can be done to one column, by its kind. */
function changesOf(database: DatabaseSync, older: Record<string, Stored[]>): Change[] {
  const changes: Change[] = [];
  const columns = columnsOf(database);
  for (const table of new Set(columns.map(([name]) => name))) {
    const rows = database.prepare(`SELECT * FROM ${table}`).all() as Stored[];
    if (rows.length === 0) continue;
    const keyOf = database
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .filter(({ pk }) => pk !== 0);
    const where = keyOf.map(({ name }) => `${name} = ?`).join(' AND ');
    const keys = (row: Stored) => keyOf.map(({ name }) => row[String(name)]!);
    for (const [of, column, nullable] of columns) {
      if (of !== table) continue;
      const name = `${table}.${column}`;
      const set = (what: string, value: (row: Stored) => Value) =>
        changes.push([
          `${name}: ${what}`,
          (changed) => {
            for (const row of rows) {
              changed
                .prepare(`UPDATE ${table} SET ${column} = ? WHERE ${where}`)
                .run(value(row), ...keys(row));
            }
          },
        ]);
      const values = [...new Set(rows.map((row) => row[column] ?? null))];
      if (nullable) set('nothing', () => null);
      if (values.length > 1) {
        const swap = (value: Value) => values[(values.indexOf(value) + 1) % values.length] ?? null;
        if (keyOf.some((key) => key.name === column)) {
          changes.push([
            `${name}: swapped`,
            (changed) => {
              changed.exec(`DELETE FROM ${table}`);
              for (const row of rows) insert(changed, table, { ...row, [column]: swap(row[column] ?? null) });
            },
          ]);
        } else set('swapped', (row) => swap(row[column] ?? null));
      }
      const { words } = readable[name] ?? {};
      for (const one of words ?? []) set(one, () => one);
      if (!words && values.some((value) => typeof value === 'number')) {
        set('long ago', () => 1);
        set('the last of all', () => 8_640_000_000_000_000n);
      }
      if (/(^|_)id$/.test(column)) set('another id', () => elsewhere);
      if (isSealed(name)) {
        set('zeros', () => new Uint8Array(80));
        set('a letter of no sense', () => Buffer.concat([Buffer.of(2), Buffer.alloc(80, 7)]));
      }
    }
    changes.push([`${table}: all gone`, (changed) => changed.exec(`DELETE FROM ${table}`)]);
    if (rows.length > 1) {
      changes.push([
        `${table}: the first gone`,
        (changed) => void changed.prepare(`DELETE FROM ${table} WHERE ${where}`).run(...keys(rows[0]!)),
      ]);
    }
    if (older[table]) {
      changes.push([
        `${table}: older rows`,
        (changed) => {
          for (const row of older[table]!) insert(changed, table, row);
        },
      ]);
    }
  }
  return changes;
}

function insert(database: DatabaseSync, table: string, row: Stored) {
  const marks = Object.keys(row).map(() => '?');
  database.prepare(`INSERT OR REPLACE INTO ${table} VALUES (${marks.join(', ')})`).run(...Object.values(row));
}

/** Letters that anybody can write who has read the public half of the letter box, in the place of every sealed value. */
function lettersOf(database: DatabaseSync): Change[] {
  const { box: stored } = JSON.parse(
    String(database.prepare('SELECT wrappings_json FROM vault').get()?.wrappings_json),
  );
  const box = readBox(Buffer.from(stored.publicKey, 'base64'));
  const texts = ['no JSON', '', 'null', '7', '[]', '{"failure":{"kind":"none"}}', '{"title":"","lines":[]}'];
  return sealedColumns.flatMap(({ table, keys, column }) => {
    const rows = database.prepare(`SELECT * FROM ${table}`).all() as Stored[];
    if (rows.length === 0) return [];
    return texts.map(
      (text): Change => [
        `${table}.${column}: the letter ${text}`,
        (changed) => {
          for (const row of rows) {
            const values = keys.map((key) => row[key] ?? null);
            const bound = ['row', `${table}.${column}`, ...values.map(String)];
            const letter = Buffer.concat([Buffer.of(2), deposit(box, Buffer.from(text), bound)]);
            changed
              .prepare(
                `UPDATE ${table} SET ${column} = ? WHERE ${keys.map((key) => `${key} = ?`).join(' AND ')}`,
              )
              .run(letter, ...values);
          }
        },
      ],
    );
  });
}

test('whatever is changed in the file, nothing goes to another server, and Gatehouse stays usable', async () => {
  const made = await template();
  const original = new DatabaseSync(databaseIn(made.folder));
  const changes = [...changesOf(original, made.older), ...lettersOf(original)];
  original.close();
  expect(changes.length).toBeGreaterThan(100);
  for (const recorded of [panel, cloud, evil]) recorded.seen.length = 0;
  const closedFor: string[] = [];
  let applied = 0;
  for (const [name, make] of changes) {
    const folder = folderOf(made.folder);
    const database = new DatabaseSync(databaseIn(folder), { enableForeignKeyConstraints: false });
    try {
      make(database);
      applied += 1;
    } catch {
      // SQLite itself refuses it: the column takes no such value.
      continue;
    } finally {
      database.close();
    }
    await context(folder, name, closedFor);
    expect(evil.seen, name).toEqual([]);
    const at = (server: typeof panel) => server.seen.splice(0).join('\n');
    const [atPanel, atCloud] = [at(panel), at(cloud)];
    for (const secret of made.ofCloud) expect(atPanel.includes(secret), name).toBe(false);
    for (const secret of made.ofPanel) expect(atCloud.includes(secret), name).toBe(false);
  }
  expect(applied).toBeGreaterThan(90);
  // What keeps Gatehouse closed is a key that was changed, and nothing else.
  expect(closedFor.filter((name) => !/^(vault|meta)\b/.test(name))).toEqual([]);
}, 400_000);

/** A start, an unlock, a day in a second; `closedFor` gets the name of a change that keeps Gatehouse closed. */
async function context(folder: string, name: string, closedFor: string[]) {
  let app: TestApp;
  try {
    app = await openTestApp(folder, { keyring, lateness: 0 });
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw new Error(name, { cause: error });
    closedFor.push(`${name}: ${error.message}`);
    return;
  }
  const { core } = app;
  await Promise.all(core.sessions.all().map(({ id }) => core.sessions.check(id)));
  for (const { id } of core.accounts.all()) {
    try {
      core.sessions.signIn({ accountId: id }, 'window');
    } catch (error) {
      expect(error, name).toBeInstanceOf(GatehouseError);
    }
  }
  core.receipts.endEverywhere('window');
  await Promise.race([core.sessions.idle(), new Promise((done) => setTimeout(done, 1_000))]);
  for (const { id, state } of core.sessions.views()) {
    expect(sessionState.safeParse(state).success, name).toBe(true);
    expect(state === 'ending', `${name}: ${id} is on the list`).toBe(core.sessions.ending(id) !== undefined);
  }
  expect((await core.ledger.page({ limit: 5 })).length, name).toBeGreaterThan(0);
  expect(app.bugs, name).toEqual([]);
  await core.close(0);
  removeFolder(folder);
}

test('a recovery code that has opened the vault lets everything go on, though the disk refuses the rest', async () => {
  const folder = folderOf();
  let app = await openTestApp(folder, { keyring, lateness: 0 });
  const { recoveryCode } = await app.core.vault.setPassphrase(null, passphrase, { recovery: true });
  const id = await signedIn(app, add(app, 'enhance', 'Nora Lindholm').id);
  panel.state.refuses = true;
  app.core.sessions.end(id, { actor: 'window' });
  await until('it was tried', () => (app.core.sessions.ending(id)?.attempts ?? 0) > 0);
  await app.core.close(0);
  panel.state.refuses = false;

  app = await openTestApp(folder, { keyring, lateness: 0, asStored: true });
  const other = new DatabaseSync(databaseIn(folder));
  const refused = expect(app.core.recover(recoveryCode!, next)).rejects.toMatchObject({
    failure: { kind: 'store-broken' },
  });
  await until('it is open', () => {
    if (app.core.isLocked()) return false;
    other.exec('BEGIN IMMEDIATE');
    return true;
  });
  await refused;
  other.close();
  expect(app.core.isLocked()).toBe(false);
  await until('the order is carried out', () => !app.core.sessions.ending(id), 15_000);
  await app.core.close(0);
}, 60_000);
