import type { DirectoryPage, DirectoryRow, Failure } from '../state/types.ts';

export const pageRows = 100;
/** More pages than this are not held, however long the directory is. */
export const mostPages = 20;
/** Pages that are asked for at one time. */
const lanes = 2;
/** ms; pages that are only flown over are not asked for. */
const settle = 90;
/** ms; but someone who never stops sees pages on the way, too. */
const patience = 300;
/** Who goes farther than this meanwhile is flying over. */
const nearPages = 2;

type Page = { rows: readonly DirectoryRow[] } | { failure: Failure };

export type PageBookOptions = {
  /** A later call with the same ticket makes an earlier one worthless. */
  load(offset: number, limit: number, requestId: string): Promise<DirectoryPage>;
  /** Nobody wants what was asked with this ticket any more. */
  cancel(requestId: string): void;
  failureOf(error: unknown): Failure;
  /** Something is other than it was. */
  changed(): void;
};

/** The pages of one directory query: asked for as they come into sight, held in order, the farthest let go. */
export type PageBook = {
  /** The row at an index; undefined while it is not loaded. */
  rowAt(index: number): DirectoryRow | undefined;
  /** Rows to draw: the total, or as many as are known and one page more where the vendor states none. */
  count(): number;
  /** Null where the vendor states none and the end was not reached. */
  total(): number | null;
  /** Nothing was answered yet, good or bad. */
  isNew(): boolean;
  /** The rows from `first` to before `end` are in sight. */
  see(first: number, end: number): void;
  failed(): { page: number; failure: Failure }[];
  retry(page: number): void;
  /** Every row that is held, in order. */
  loaded(): DirectoryRow[];
  pagesHeld(): number;
  /** Reads anew what is in sight; the rest when it is seen again. */
  refresh(): void;
  stop(): void;
};

type Lane = { requestId: string; page: number | null; turn: number };

let books = 0;

export function createPageBook({ load, cancel, failureOf, changed }: PageBookOptions): PageBook {
  books += 1;
  const name = `people-${String(books)}`;
  const pages = new Map<number, Page>();
  const crew: Lane[] = Array.from({ length: lanes }, (_, at) => ({
    requestId: `${name}-${String(at)}`,
    page: null,
    turn: 0,
  }));
  let total: number | null = null;
  /** Rows that are known to be there, where no total is stated. */
  let known = 0;
  let endSeen = false;
  let sight = { first: 0, last: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastSeen = 0;
  let lastFetch = 0;
  /** The first page in sight when pages were asked for last. */
  let lastSight = 0;
  let flying = false;
  let stopped = false;

  const count = () => total ?? (endSeen ? known : known + (pages.size > 0 || known > 0 ? pageRows : 0));
  const lastPage = () => Math.max(0, Math.ceil(count() / pageRows) - 1);

  /** In sight first, then one page on both sides; those are gone before they come while one flies. */
  function wanted(): number[] {
    const list: number[] = [];
    for (let page = sight.first; page <= sight.last; page += 1) list.push(page);
    if (!flying) list.push(sight.last + 1, sight.first - 1);
    return list.filter((page) => page >= 0 && (page === 0 || page <= lastPage()));
  }

  function fetchWanted() {
    if (stopped) return;
    lastFetch = Date.now();
    const want = wanted();
    const missing = want.filter((page) => !pages.has(page) && crew.every((lane) => lane.page !== page));
    for (const lane of crew) {
      if (lane.page !== null && want.includes(lane.page)) continue;
      const page = missing.shift();
      if (page === undefined) drop(lane);
      else void run(lane, page);
    }
  }

  /** Gives up what the lane asked for. */
  function drop(lane: Lane) {
    if (lane.page === null) return;
    lane.turn += 1;
    lane.page = null;
    cancel(lane.requestId);
  }

  async function run(lane: Lane, page: number) {
    lane.page = page;
    lane.turn += 1;
    const { turn } = lane;
    let held: Page;
    try {
      const answer = await load(page * pageRows, pageRows, lane.requestId);
      if (lane.turn !== turn || stopped) return;
      held = { rows: answer.rows };
      note(page, answer);
    } catch (error) {
      if (lane.turn !== turn || stopped) return;
      held = { failure: failureOf(error) };
    }
    lane.page = null;
    pages.set(page, held);
    letGo();
    changed();
    fetchWanted();
  }

  function note(page: number, { rows, total: stated }: DirectoryPage) {
    total = stated;
    if (stated !== null) return;
    known = Math.max(known, page * pageRows + rows.length);
    if (rows.length < pageRows) {
      endSeen = true;
      known = page * pageRows + rows.length;
    }
  }

  function letGo() {
    const middle = (sight.first + sight.last) / 2;
    while (pages.size > mostPages) {
      let farthest = -1;
      for (const page of pages.keys())
        if (farthest < 0 || Math.abs(page - middle) > Math.abs(farthest - middle)) farthest = page;
      pages.delete(farthest);
    }
  }

  return {
    rowAt(index) {
      const page = pages.get(Math.floor(index / pageRows));
      return page && 'rows' in page ? page.rows[index % pageRows] : undefined;
    },
    count,
    total: () => total ?? (endSeen ? known : null),
    isNew: () => pages.size === 0,
    see(first, end) {
      const next = {
        first: Math.floor(Math.max(0, first) / pageRows),
        last: Math.floor(Math.max(0, end - 1) / pageRows),
      };
      const now = Date.now();
      const fast = now - lastSeen < settle && now - lastFetch < patience;
      lastSeen = now;
      sight = next;
      clearTimeout(timer);
      timer = setTimeout(() => {
        flying = false;
        fetchWanted();
      }, settle);
      if (fast) return;
      flying = Math.abs(next.first - lastSight) > nearPages;
      lastSight = next.first;
      fetchWanted();
    },
    failed: () =>
      [...pages].flatMap(([page, held]) => ('failure' in held ? [{ page, failure: held.failure }] : [])),
    retry(page) {
      pages.delete(page);
      fetchWanted();
      changed();
    },
    loaded: () =>
      [...pages].toSorted(([a], [b]) => a - b).flatMap(([, held]) => ('rows' in held ? [...held.rows] : [])),
    pagesHeld: () => pages.size,
    refresh() {
      pages.clear();
      endSeen = false;
      crew.forEach(drop);
      fetchWanted();
      changed();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      crew.forEach(drop);
    },
  };
}
