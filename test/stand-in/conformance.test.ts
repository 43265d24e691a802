import { beforeAll, expect, test } from 'vitest';
import { notOffered } from '../conformance/not-offered.ts';
import { type Tried, tryAll } from '../conformance/run.ts';

/* The stand-in host does what Electron's documents and tests say, but for what is listed with its reason. */

let tried: Tried[];

beforeAll(async () => {
  tried = await tryAll('chromium');
}, 180_000);

test('behaves as Electron does', () => {
  expect(tried.filter(({ failure }) => failure)).toEqual([]);
});

test('leaves out only what is listed, which is little', () => {
  const skipped = tried.filter(({ skipped: why }) => why);
  expect(skipped.map(({ name }) => name).sort()).toEqual(Object.keys(notOffered).sort());
  expect(tried.length).toBeGreaterThan(60);
  expect(skipped.length).toBeLessThan(10);
});
