import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createPageCache, mostPages, pageRows } from '../../../renderer/directory/page-cache.ts';
import type { DirectoryPage } from '../../../renderer/state/types.ts';

/** A directory whose pages come when the test lets them, in any order. */
function bench(total: number | null, rows = total ?? 0) {
  const open = new Map<number, { resolve(page: DirectoryPage): void; reject(error: Error): void }>();
  const asked: { offset: number; requestId: string }[] = [];
  const cancelled: number[] = [];
  const book = createPageCache({
    load(offset, _limit, requestId) {
      asked.push({ offset, requestId });
      return new Promise((resolve, reject) => open.set(offset, { resolve, reject }));
    },
    cancel: (requestId) => cancelled.push(asked.findLast((one) => one.requestId === requestId)?.offset ?? -1),
    failureOf: (error) => ({ kind: 'timeout', message: String(error) }),
    changed: () => undefined,
  });
  const settle = () => vi.advanceTimersByTimeAsync(200);
  return {
    book,
    asked,
    cancelled,
    settle,
    async answer(page: number) {
      const offset = page * pageRows;
      const length = Math.max(0, Math.min(pageRows, rows - offset));
      open.get(offset)?.resolve({
        rows: Array.from({ length }, (_, at) => ({ id: String(offset + at), cells: {} })),
        total,
      });
      await settle();
    },
    async fail(page: number) {
      open.get(page * pageRows)?.reject(new Error('no answer'));
      await settle();
    },
  };
}

describe('the pages of a directory', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('asks for what is in sight first, then for the next page', async () => {
    const { book, asked, answer } = bench(1000);
    book.see(0, 20);
    expect(asked.map(({ offset }) => offset)).toEqual([0]);
    await answer(0);
    expect(book.count()).toBe(1000);
    expect(asked.map(({ offset }) => offset)).toEqual([0, 100]);
  });

  test('keeps pages in their order, whichever comes first', async () => {
    const { book, answer, settle } = bench(1000);
    book.see(0, 20);
    await answer(0);
    book.see(190, 210);
    await settle();
    await answer(2);
    expect(book.rowAt(205)?.id).toBe('205');
    expect(book.rowAt(150)).toBeUndefined();
    await answer(1);
    expect(book.rowAt(150)?.id).toBe('150');
    expect(book.loaded().map(({ id }) => Number(id))).toEqual(Array.from({ length: 300 }, (_, at) => at));
  });

  test('takes the lane of a page that is no longer wanted, with its ticket, and drops the late answer', async () => {
    const { book, asked, answer, settle } = bench(100_000);
    book.see(0, 20);
    await answer(0);
    await settle();
    book.see(50_000, 50_020);
    await settle();
    book.see(90_000, 90_020);
    await settle();
    const latestOnly = asked.map(({ requestId }) => requestId);
    expect(new Set(latestOnly).size).toBe(2);
    expect(
      latestOnly.lastIndexOf(latestOnly[asked.findIndex(({ offset }) => offset === 50_000)] ?? ''),
    ).toBeGreaterThan(asked.findIndex(({ offset }) => offset === 50_000));
    await answer(500);
    expect(book.rowAt(50_000)).toBeUndefined();
  });

  test('asks for nothing that is only flown over', async () => {
    const { book, asked, answer, settle } = bench(100_000);
    book.see(0, 20);
    await answer(0);
    await settle();
    const before = asked.length;
    for (let row = 1000; row <= 5000; row += 500) book.see(row, row + 20);
    await settle();
    const offsets = asked.slice(before).map(({ offset }) => offset);
    expect(offsets).toContain(5000);
    expect(offsets.length).toBeLessThan(5);
  });

  test('cancels what is no longer wanted, and what is still on its way when it is closed', async () => {
    const { book, asked, cancelled, answer, settle } = bench(1000);
    book.see(0, 20);
    await answer(0);
    book.see(500, 520);
    await settle();
    expect(asked.map(({ offset }) => offset)).toEqual([0, 100, 500, 600]);
    await answer(5);
    await answer(6);
    await answer(4);
    // Back where all in sight is loaded: nothing is left on either lane, and the next page is asked for at rest.
    book.see(700, 720);
    await settle();
    expect(asked.slice(-2).map(({ offset }) => offset)).toEqual([700, 800]);
    book.see(0, 20);
    await settle();
    expect(asked.at(-1)?.offset).toBe(100);
    expect(cancelled).toEqual([700, 800]);
    await answer(8);
    expect(book.rowAt(800)).toBeUndefined();
    book.stop();
    expect(cancelled).toEqual([700, 800, 100]);
  });

  test('asks for what is in sight while one flies, and for its neighbours when one rests', async () => {
    const { book, asked, answer, settle } = bench(100_000);
    book.see(0, 20);
    await answer(0);
    await answer(1);
    const before = asked.length;
    const offsets = () => asked.slice(before).map(({ offset }) => offset);
    book.see(50_000, 50_020);
    await vi.advanceTimersByTimeAsync(50);
    expect(offsets()).toEqual([50_000]);
    await settle();
    expect(offsets()).toEqual([50_000, 50_100]);
  });

  test('asks for the next page ahead of someone who scrolls on without a rest', async () => {
    const { book, asked, answer, settle } = bench(100_000);
    book.see(0, 20);
    await answer(0);
    await answer(1);
    await settle();
    for (let row = 0; row <= 150; row += 2) {
      book.see(row, row + 20);
      await vi.advanceTimersByTimeAsync(16);
    }
    expect(asked.map(({ offset }) => offset)).toContain(200);
  });

  test('lets one page fail by itself and reads it again alone', async () => {
    const { book, asked, answer, fail } = bench(1000);
    book.see(0, 20);
    await answer(0);
    await fail(1);
    expect(book.failed().map(({ page }) => page)).toEqual([1]);
    expect(book.rowAt(5)?.id).toBe('5');
    const before = asked.length;
    book.retry(1);
    expect(asked.slice(before).map(({ offset }) => offset)).toEqual([100]);
    await answer(1);
    expect(book.failed()).toEqual([]);
    expect(book.rowAt(105)?.id).toBe('105');
  });

  test('never holds more than twenty pages and keeps those in sight', async () => {
    const { book, answer, settle } = bench(100_000);
    book.see(0, 20);
    await answer(0);
    for (let page = 1; page < 60; page += 1) {
      book.see(page * pageRows, page * pageRows + 20);
      await settle();
      await answer(page);
      await answer(page + 1);
      await answer(page - 1);
      expect(book.pagesHeld()).toBeLessThanOrEqual(mostPages);
      expect(book.rowAt(page * pageRows)?.id).toBe(String(page * pageRows));
    }
  });

  test('finds the end where the vendor states no total', async () => {
    const { book, answer } = bench(null, 130);
    book.see(0, 20);
    await answer(0);
    expect(book.total()).toBeNull();
    expect(book.count()).toBe(200);
    await answer(1);
    expect(book.total()).toBe(130);
    expect(book.count()).toBe(130);
  });
});
