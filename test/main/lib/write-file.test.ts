import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeLines } from '#lib/write-file.ts';
import { temporaryFolder } from '../store/temporary.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'people.csv');
});
afterEach(() => vi.restoreAllMocks());

const modeOf = (file: string) => statSync(file).mode & 0o777;

async function* slowly(first: string, then: () => void) {
  yield first;
  then();
  yield 'rest\n';
}

test('the file is whole, and for its owner alone', async () => {
  await writeLines(path, ['a\n', 'b\n']);
  expect(readFileSync(path, 'utf8')).toBe('a\nb\n');
  expect(modeOf(path)).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['people.csv']);
});

test('a file that others may read is replaced by one that they may not', async () => {
  writeFileSync(path, 'old');
  chmodSync(path, 0o644);
  await writeLines(path, ['new\n']);
  expect(readFileSync(path, 'utf8')).toBe('new\n');
  expect(modeOf(path)).toBe(0o600);
});

test('what lies under the name that was once used for the unfinished file is left alone', async () => {
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'precious');
  symlinkSync(elsewhere, `${path}.part`);
  await writeLines(path, ['secret\n']);
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
  expect(readFileSync(path, 'utf8')).toBe('secret\n');
  expect(lstatSync(path).isSymbolicLink()).toBe(false);
});

test('the unfinished file has another name each time, and nobody else may read it', async () => {
  const names: string[] = [];
  for (let run = 0; run < 2; run += 1) {
    const other = join(folder, `${run}.csv`);
    await writeLines(
      other,
      slowly('first\n', () => {
        const [name] = readdirSync(folder).filter((one) => one.endsWith('.part'));
        expect(modeOf(join(folder, name!))).toBe(0o600);
        expect(existsSync(other)).toBe(false);
        names.push(name!);
      }),
    );
  }
  expect(new Set(names).size).toBe(2);
});

test('a link at the path is replaced, and what it leads to stays as it was', async () => {
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'precious');
  symlinkSync(elsewhere, path);
  await writeLines(path, ['new\n']);
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
  expect(lstatSync(path).isFile()).toBe(true);
  expect(readFileSync(path, 'utf8')).toBe('new\n');
});

test('a folder of that name is named, and nothing unfinished stays', async () => {
  mkdirSync(path);
  writeFileSync(join(path, 'inside'), '');
  await expect(writeLines(path, ['new\n'])).rejects.toMatchObject({
    failure: { kind: 'store-broken', advice: 'A folder has that name. Choose another name.' },
  });
  expect(readdirSync(folder)).toEqual(['people.csv']);
});

test('lines that fail leave what was there, and nothing unfinished', async () => {
  writeFileSync(path, 'old');
  const failing = slowly('first\n', () => {
    throw new Error('the vendor is gone');
  });
  await expect(writeLines(path, failing)).rejects.toThrow('The file could not be written');
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['people.csv']);
});

test('an abort leaves what was there, and nothing unfinished', async () => {
  writeFileSync(path, 'old');
  const stop = new AbortController();
  await expect(
    writeLines(
      path,
      slowly('first\n', () => stop.abort()),
      stop.signal,
    ),
  ).rejects.toThrow();
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['people.csv']);
});

test('the lines are on the disk before the file takes its place', async () => {
  const probe = await open(join(folder, 'probe'), 'w');
  const handles: FileHandle = Object.getPrototypeOf(probe);
  await probe.close();
  const sync = vi.spyOn(handles, 'sync').mockImplementation(async () => {
    expect(existsSync(path)).toBe(false);
  });
  await writeLines(path, ['a\n']);
  expect(sync).toHaveBeenCalledOnce();
});
