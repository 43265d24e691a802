import { expect, test, vi } from 'vitest';
import { type AllSearch, createAllSearch, mostHits } from '../../../renderer/directory/search-all.ts';
import type { DirectoryPage, DirectoryRow } from '../../../renderer/state/types.ts';

const row = (n: number, name = `Person ${n}`): DirectoryRow => ({ id: `p${n}`, cells: { name } });
const rowsFrom = (offset: number, length: number) => Array.from({ length }, (_, at) => row(offset + at));

/** A list that a vendor can't search; `load` answers what the test says. */
function searchOf(words: string, load: (offset: number, limit: number) => Promise<DirectoryPage>) {
  const told: AllSearch[] = [];
  const asked: number[] = [];
  const cancel = vi.fn();
  const search = createAllSearch(words, {
    load(offset, limit) {
      asked.push(offset);
      return load(offset, limit);
    },
    cancel,
    failureOf: (error) => ({ kind: 'timeout', message: String(error) }),
    changed: (now) => told.push(now),
  });
  return { search, told, asked, cancel, last: () => told.at(-1) };
}
const over = (search: ReturnType<typeof searchOf>) =>
  vi.waitFor(() => expect(search.last()?.state).not.toBe('running'));

test('reads one page after another to the end and tells what was found on the way', async () => {
  const search = searchOf('person 99', async (offset, limit) => ({
    rows: rowsFrom(offset, Math.min(limit, 1200 - offset)),
    total: 1200,
  }));
  search.search.goOn();
  await over(search);
  expect(search.asked).toEqual([0, 500, 1000]);
  // 99 to 499; then 599 to 899 and 990 to 999; then 1099 and 1199.
  expect(search.told.map(({ read, hits }) => [read, hits.length])).toEqual([
    [0, 0],
    [500, 5],
    [1000, 19],
    [1200, 21],
  ]);
  expect(search.last()).toMatchObject({ state: 'done', total: 1200 });
});

test('goes on where short pages leave off, and ends where none states a total', async () => {
  const short = searchOf('person', async (offset) => ({
    rows: rowsFrom(offset, Math.min(70, 200 - offset)),
    total: 200,
  }));
  short.search.goOn();
  await over(short);
  expect(short.asked).toEqual([0, 70, 140]);
  expect(short.last()?.hits).toHaveLength(200);
  const unstated = searchOf('person', async (offset, limit) => ({
    rows: rowsFrom(offset, Math.min(limit, 600 - offset)),
    total: null,
  }));
  unstated.search.goOn();
  await over(unstated);
  expect(unstated.last()).toMatchObject({ state: 'done', read: 600 });
});

test('somebody who slips into a later page is found once', async () => {
  const search = searchOf('olga', async (offset) => ({
    rows: [row(7, 'Olga'), row(offset + 100)],
    total: 4,
  }));
  search.search.goOn();
  await over(search);
  expect(search.last()?.hits.map(({ id }) => id)).toEqual(['p7']);
});

test('a server without end is left: at the most that is read, and at the most that is found', async () => {
  const empty = searchOf('nobody', async (offset, limit) => ({ rows: rowsFrom(offset, limit), total: null }));
  empty.search.goOn();
  await over(empty);
  expect(empty.last()).toMatchObject({ state: 'done', read: 500_000 });
  const all = searchOf('person', async (offset, limit) => ({ rows: rowsFrom(offset, limit), total: null }));
  all.search.goOn();
  await over(all);
  expect(all.last()).toMatchObject({ state: 'done', read: 1000 });
  expect(all.last()?.hits).toHaveLength(mostHits);
});

test('what comes after it was stopped changes nothing, and it goes on where it was', async () => {
  let answer: (page: DirectoryPage) => void = () => undefined;
  const search = searchOf('person', () => new Promise((resolve) => (answer = resolve)));
  search.search.goOn();
  answer({ rows: rowsFrom(0, 500), total: 600 });
  await vi.waitFor(() => expect(search.asked).toEqual([0, 500]));
  search.search.stop();
  expect(search.cancel).toHaveBeenCalledOnce();
  answer({ rows: rowsFrom(500, 100), total: 600 });
  await new Promise((done) => setTimeout(done, 10));
  expect(search.last()).toMatchObject({ state: 'stopped', read: 500 });
  search.search.goOn();
  answer({ rows: rowsFrom(500, 100), total: 600 });
  await over(search);
  expect(search.asked).toEqual([0, 500, 500]);
  expect(search.last()).toMatchObject({ state: 'done', read: 600 });
});

test('a page that fails is said, and asked for again', async () => {
  let fails = true;
  const search = searchOf('person 600', async (offset, limit) => {
    if (offset === 500 && fails) throw new Error('no answer');
    return { rows: rowsFrom(offset, Math.min(limit, 700 - offset)), total: 700 };
  });
  search.search.goOn();
  await over(search);
  expect(search.last()).toMatchObject({
    state: 'failed',
    read: 500,
    failure: { message: 'Error: no answer' },
  });
  fails = false;
  search.search.goOn();
  await over(search);
  expect(search.last()).toMatchObject({ state: 'done', failure: null });
  expect(search.last()?.hits.map(({ id }) => id)).toEqual(['p600']);
});
