import { expect, test } from 'vitest';
import { createLedger, type LedgerEvent } from '../../../main/ledger/ledger.ts';
import type { SessionRecord } from '../../../main/sessions/index.ts';
import { createOpenToday } from '../../../main/workflows/open-today.ts';
import { temporaryStore } from '../store/temporary.ts';
import { unlockedVault } from '../vault/keyrings.ts';

const account = { id: 'a1', label: 'Ada at Panel', vendor: 'enhance' };
const at = (hour: number, minute = 0) => new Date(2026, 2, 10, hour, minute).getTime();

async function desk() {
  let now = at(0);
  let pages = 0;
  const store = temporaryStore();
  const vault = await unlockedVault(store);
  const ledger = createLedger({ store, vault, now: () => now });
  const records = new Map<string, Pick<SessionRecord, 'id' | 'state' | 'openedAt'>>();
  const openToday = createOpenToday({
    ledger: {
      head: ledger.head,
      page(filter) {
        pages += 1;
        return ledger.page(filter);
      },
    },
    sessions: {
      all: () => [...records.values()] as SessionRecord[],
      get: (id) => records.get(id) as SessionRecord | undefined,
    },
    now: () => now,
  });
  return {
    openToday,
    records,
    pages: () => pages,
    is(moment: number) {
      now = moment;
    },
    write(event: LedgerEvent, sessionId: string, moment: number) {
      now = moment;
      ledger.write({ actor: 'window', event, account, sessionId });
    },
    open: async () => (await openToday.read()).hours.map(({ open }) => open),
  };
}

test('tells the most that were open in each hour, with what was open at midnight', async () => {
  const { openToday, records, write, is, open } = await desk();
  write('opened', 'over midnight', at(-3));
  write('opened', 'still open', at(-2));
  records.set('still open', { id: 'still open', state: 'active', openedAt: at(-2) });
  write('opened', 'ended before', at(-2));
  write('ending-ordered', 'ended before', at(-1));
  write('ending-ordered', 'over midnight', at(1, 30));
  // Sign-ins that were given up were never open.
  records.set('given up', { id: 'given up', state: 'ended', openedAt: null });
  write('ending-ordered', 'given up', at(1, 40));
  write('prompted', 'asked', at(1, 50));
  write('ending-ordered', 'asked', at(1, 55));
  write('opened', 'one', at(3, 10));
  write('opened', 'two', at(3, 20));
  // Somebody else's session was ended from it: it goes on.
  write('ended', 'two', at(3, 25));
  write('expired', 'one', at(3, 30));
  is(at(4, 5));
  expect(await openToday.read()).toEqual({
    hours: [2, 2, 1, 3, 2].map((count, hour) => ({ at: at(hour), open: count })),
    most: { at: at(3, 20), open: 3 },
    open: 2,
  });
  write('ending-ordered', 'two', at(5));
  write('sign-out-undone', 'two', at(5, 1));
  write('opened', 'three', at(5, 2));
  expect(await open()).toEqual([2, 2, 1, 3, 2, 3]);
  openToday.forget();
  expect(await open()).toEqual([2, 2, 1, 3, 2, 3]);
  // A day later it begins with what is open.
  records.set('two', { id: 'two', state: 'active', openedAt: at(3, 20) });
  records.set('three', { id: 'three', state: 'active', openedAt: at(5, 2) });
  is(at(24, 1));
  expect(await open()).toEqual([3]);
});

test('a long ledger is not read further back than midnight, and what was read is not read again', async () => {
  const { write, open, pages } = await desk();
  for (let row = 0; row < 3_000; row += 1) write('refreshed', 'long ago', at(-4) + row);
  write('opened', 'today', at(1));
  expect(await open()).toEqual([0, 1]);
  expect(pages()).toBe(1);
  expect(await open()).toEqual([0, 1]);
  expect(pages()).toBe(1);
  write('ending-ordered', 'today', at(2));
  expect(await open()).toEqual([0, 1, 1]);
  expect(pages()).toBe(2);
});
