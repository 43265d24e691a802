import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine } from '#lib/csv.ts';
import { hashOf } from '../../../main/ledger/chain.ts';
import { createLedger } from '../../../main/ledger/ledger.ts';
import { temporaryStore } from '../store/temporary.ts';
import { unlockedVault } from '../vault/keyrings.ts';

async function emptyLedger() {
  const store = temporaryStore();
  return createLedger({ store, vault: await unlockedVault(store), now: () => 1 });
}

/** A reader of RFC 4180, written from the RFC and not from the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      while (text[at] !== '"' || text[at + 1] === '"') {
        if (text[at] === undefined) throw new Error('A quote is not closed.');
        cell += text[at];
        at += text[at] === '"' ? 2 : 1;
      }
      at += 1;
    } else {
      while (at < text.length && text[at] !== ',' && !text.startsWith('\r\n', at)) {
        if (/["\r\n]/.test(text[at]!)) throw new Error('A character that has to be quoted is not.');
        cell += text[at];
        at += 1;
      }
    }
    rows.at(-1)!.push(cell);
    if (text[at] === ',') {
      at += 1;
      if (at === text.length) rows.at(-1)!.push('');
    } else if (text.startsWith('\r\n', at)) {
      at += 2;
      rows.push([]);
      if (text[at] === ',') continue;
    } else throw new Error(`Neither a comma nor a line end at ${at}.`);
  }
  rows.pop();
  return rows;
}

/** As a spreadsheet reads one line whose columns it takes to end at these separators: lenient where the RFC is not kept. */
function lenient(text: string, separators: string): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    let cell = '';
    if (text[at] === '"') {
      at += 1;
      while (at < text.length && (text[at] !== '"' || text[at + 1] === '"')) {
        cell += text[at];
        at += text[at] === '"' ? 2 : 1;
      }
      at += 1;
    }
    while (at < text.length && !separators.includes(text[at]!)) {
      cell += text[at];
      at += 1;
    }
    cells.push(cell);
    if (at >= text.length) return cells;
    at += 1;
  }
}

/** A cell that a spreadsheet may run: a formula sign, in any of its forms, after nothing that is seen. */
const formula = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠﹦﹢﹣﹫−]/u;

const tricky = fc.string({
  unit: fc.constantFrom(
    ...'=+-@＝＋－＠﹦﹢﹣﹫−',
    ...',;\t\r\n"\' \u00A0a1',
    '\u200B',
    '\uFEFF',
    '\u202E',
    '\u2066',
    '\u3164',
    '\u180E',
    '\u0000',
  ),
  maxLength: 12,
});

test('what a reader gets is what was written, and no cell is a formula', () => {
  const cell = fc.oneof(
    tricky,
    fc.string({ unit: 'binary' }),
    fc.constantFrom('=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r\n=1', '"', ',', 'a"b', 'a\r\nb', ''),
  );
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 6 }), { minLength: 1 }), (rows) => {
      const read = readCsv(rows.map((row) => csvLine(row)).join(''));
      const bare = (table: readonly string[][]) =>
        table.map((row) => row.map((text) => text.replaceAll("'", '')));
      expect(bare(read)).toEqual(bare(rows));
      expect(read.flat().filter((text) => formula.test(text))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test.each([',', ';', '\t', ';\t', ',;\t', ',;\t\r\n', ';\r\n', '\t\r\n'])(
  'no cell is a formula for a program that ends cells at %j',
  (separators) => {
    fc.assert(
      fc.property(fc.array(tricky, { minLength: 1, maxLength: 4 }), (cells) => {
        const line = csvLine(cells).slice(0, -2);
        expect(lenient(line, separators).filter((text) => formula.test(text))).toEqual([]);
        const unaware = line.split(new RegExp(`[${separators}]`)).map((text) => text.replace(/^"+/, ''));
        expect(unaware.filter((text) => formula.test(text))).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  },
);

test.each([
  'Ada Lovelace <ada@example.org>',
  'Northwind, "EU"; west',
  'a - b = c',
  'line\r\nnext',
  '  kept as it is  ',
  'O’Brien’s',
  '東京 🙂',
  '2026-11-24T08:00:00.000Z',
])('ordinary text comes back as it was: %j', (text) => {
  expect(readCsv(csvLine(['x', text, text]))).toEqual([['x', text, text]]);
});

test('a million separators take no longer than their length', () => {
  const took = (length: number) => {
    const cells = [';'.repeat(length), '\t \u200B'.repeat(length / 3), '=;'.repeat(length / 3)];
    const began = performance.now();
    csvLine(cells);
    return performance.now() - began;
  };
  took(90_000);
  // Ten times as long takes about ten times as much; what grows with the square would take a hundred.
  expect(took(900_000)).toBeLessThan(40 * took(90_000) + 100);
});

test('more rows than one piece come out whole, in order, as CSV and as JSON Lines', async () => {
  const store = temporaryStore();
  const ledger = createLedger({ store, vault: await unlockedVault(store), now: () => 1_700_000_000_000 });
  const total = 1_234;
  store.transaction(() => {
    for (let row = 1; row <= total; row += 1) {
      ledger.write({
        actor: 'window',
        event: 'opened',
        account: { id: 'a', label: '=cmd|"/c calc"!A1', vendor: 'koyeb' },
        detail: `row ${row}, with comma`,
      });
    }
  });
  const lines = [...ledger.exportJsonLines()];
  expect(lines).toHaveLength(total);
  let previous = '0'.repeat(64);
  for (const [index, line] of lines.entries()) {
    expect(line.endsWith('\n')).toBe(true);
    const row = JSON.parse(line);
    expect(row.seq).toBe(index + 1);
    expect(row.previousHash).toBe(previous);
    expect(hashOf(row)).toBe(row.hash);
    previous = row.hash;
  }

  const csv = readCsv([...ledger.exportCsv()].join(''));
  expect(csv).toHaveLength(total + 1);
  expect(csv[0]?.slice(0, 4)).toEqual(['seq', 'at', 'actor', 'event']);
  expect(csv[total]).toEqual([
    String(total),
    '2023-11-14T22:13:20.000Z',
    'window',
    'opened',
    'a',
    `'=cmd|"/c calc"!A1`,
    'koyeb',
    '',
    '',
    `row ${total}, with comma`,
    '',
    '',
    '',
    '',
    '',
    expect.stringMatching(/^[0-9a-f]{64}$/),
    previous,
  ]);
});

test('rows that are written while an export is read do not get into it', async () => {
  const ledger = await emptyLedger();
  for (let row = 0; row < 3; row += 1) ledger.write({ actor: 'timer', event: 'refreshed' });
  let read = 0;
  for (const _ of ledger.exportJsonLines()) {
    read += 1;
    if (read < 50) ledger.write({ actor: 'timer', event: 'refreshed' });
  }
  expect(read).toBe(3);
});

test('an empty ledger exports its header and nothing', async () => {
  const ledger = await emptyLedger();
  expect([...ledger.exportJsonLines()]).toEqual([]);
  expect([...ledger.exportCsv()]).toHaveLength(1);
  expect(await ledger.verify()).toMatchObject({ ok: true, rows: 0 });
});
