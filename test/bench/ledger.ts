import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { createLedger, type Ledger, type LedgerEntry } from '../../main/ledger/ledger.ts';
import { first } from '../../main/store/migrations/001-first.ts';
import { databaseIn, openStore } from '../../main/store/store.ts';
import { newFolder, removeFolder } from '../main/core-harness.ts';
import { unlockedVault } from '../main/vault/keyrings.ts';
import { median, type Row, row, rowByAim } from './row.ts';

/** ROWS=1000000 npm run bench -- ledger */
const rows = Number(process.env.ROWS ?? 100_000);
const shown = 200; // rows that the window asks for at once
const rounds = 15;
const frame = 16.7; // ms

type Question = Omit<Parameters<Ledger['page']>[0], 'limit'>;

const questions: Record<string, Question> = {
  'first page': {},
  'common word': { text: 'customer' },
  'rare word': { text: 'Harbour' },
  'no such word': { text: 'zeppelin' },
  'rare event': { event: 'admin' },
};

/** Questions to a sealed ledger, each against the same one asked of a table in the clear; and the check of its chain. */
export async function measure(): Promise<Row[]> {
  const folder = newFolder();
  try {
    const store = openStore(databaseIn(folder), { now: Date.now });
    const vault = await unlockedVault(store);
    const ledger = createLedger({ store, vault, now: Date.now });
    for (let done = 0; done < rows; ) {
      const end = Math.min(rows, done + 5_000);
      store.transaction(() => {
        for (; done < end; done += 1) ledger.write(entryOf(done));
      });
    }
    const twin = plainTwin(join(folder, 'twin.db'), ledger);
    const table: Row[] = [];
    for (const [name, question] of Object.entries(questions))
      table.push(await ask(name, question, ledger, twin));
    const checked = await timeCheck(ledger);
    twin.close();
    store.close();
    return [...table, ...checked];
  } finally {
    removeFolder(folder);
  }
}

/** What 300 accounts do; the rare things happened long ago. */
function entryOf(number: number): LedgerEntry {
  const account = number % 300;
  const events = ['opened', 'ending-ordered', 'ended', 'confirmed', 'refreshed'] as const;
  const rare = number % 30_000 === 7;
  return {
    actor: number % 5 === 0 ? 'timer' : 'window',
    event: rare ? 'admin' : events[number % events.length]!,
    account: {
      id: `1f0e9a52-7c1d-4b7e-9a55-${String(account).padStart(12, '0')}`,
      label: `Customer ${account} at Panel ${account % 40}`,
      vendor: 'enhance',
    },
    sessionId: `9b2d7f10-33aa-4c55-8e21-${String(number).padStart(12, '0')}`,
    realmName: rare ? 'Harbour office' : `Organisation ${account % 40}`,
    ...(number % 3 === 0 ? { detail: 'The server confirmed that this session is over.' } : {}),
  };
}

/** The same rows in the table of before the sealing. */
function plainTwin(path: string, ledger: Ledger): DatabaseSync {
  const twin = new DatabaseSync(path);
  twin.exec('PRAGMA journal_mode = WAL');
  twin.exec(/CREATE TABLE ledger \(.*?\) STRICT;/s.exec(first.sql)![0]);
  twin.exec('BEGIN');
  const insert = twin.prepare('INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  for (const line of ledger.exportJsonLines()) insert.run(...(Object.values(JSON.parse(line)) as string[]));
  twin.exec('COMMIT');
  return twin;
}

/** As the window's search was asked of SQLite. */
function askTwin(twin: DatabaseSync, { event, text }: Question) {
  const searched =
    'concat_ws(char(10), actor, event, account_label, vendor, realm_name, detail, session_id, account_id)';
  const conditions = [
    ...(event === undefined ? [] : ['event = ?']),
    ...(text === undefined ? [] : [`${searched} LIKE ? ESCAPE '\\'`]),
  ];
  const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  const values = [event, text && `%${text}%`].filter((value) => value !== undefined);
  return twin.prepare(`SELECT * FROM ledger ${where} ORDER BY seq DESC LIMIT ?`).all(...values, shown);
}

async function ask(name: string, question: Question, ledger: Ledger, twin: DatabaseSync): Promise<Row> {
  const ours: number[] = [];
  const theirs: number[] = [];
  let found = 0;
  for (let round = -3; round < rounds; round += 1) {
    const answers: number[] = [];
    const turns = [
      async () =>
        answers.push(
          await timed(async () => (await ledger.page({ ...question, limit: shown })).length, ours),
        ),
      async () => answers.push(await timed(() => askTwin(twin, question).length, theirs)),
    ];
    for (const turn of round % 2 === 0 ? turns : turns.reverse()) {
      // A search that begins in the turn of another one's end waits for the next.
      await setImmediate();
      await turn();
    }
    if (answers[0] !== answers[1]) throw new Error(`${name}: the ledger and its twin differ.`);
    if (round < 0) ours.length = theirs.length = 0;
    found = answers[0] ?? 0;
  }
  return row(`ledger ${name}`, {
    value: median(ours),
    unit: 'ms',
    limit: median(theirs),
    aim: 1.2,
    note: `${found} found in ${rows} rows; limit: LIKE on the same rows in the clear; medians of ${rounds}`,
  });
}

/** How long the check of the whole chain takes, and the longest time in which nothing else got its turn. */
async function timeCheck(ledger: Ledger): Promise<Row[]> {
  let longest = 0;
  let checking = true;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (checking) globalThis.setImmediate(tick);
  };
  globalThis.setImmediate(tick);
  const started = performance.now();
  const verdict = await ledger.verify();
  const took = performance.now() - started;
  checking = false;
  if (!verdict.ok) throw new Error(verdict.why);
  return [
    rowByAim('ledger check', took, 'ms', rows / 50, `the whole chain of ${rows} rows; 20 µs a row`),
    rowByAim('ledger check, stall', longest, 'ms', frame, 'longest time in which nothing else had a turn'),
  ];
}

async function timed<T>(work: () => T | Promise<T>, into: number[]): Promise<T> {
  const started = performance.now();
  const result = await work();
  into.push(performance.now() - started);
  return result;
}
