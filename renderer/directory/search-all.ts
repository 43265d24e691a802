import type { DirectoryPage, DirectoryRow, Failure } from '../state/types.ts';
import { filterRows } from './find-rows.ts';

/** Rows that are asked for at once; the most that main gives. */
export const searchedRows = 500;
/** A server whose pages never end would be read for ever. */
const mostRead = 500_000;
/** More are no answer to a search. */
export const mostHits = 1000;

/** How far a search through all pages is. */
export interface AllSearch {
  state: 'running' | 'done' | 'stopped' | 'failed';
  /** Rows that were looked at. */
  read: number;
  /** Null where the vendor states none. */
  total: number | null;
  hits: readonly DirectoryRow[];
  failure: Failure | null;
}

interface Options {
  load(offset: number, limit: number): Promise<DirectoryPage>;
  /** Nobody wants the page that is on its way any more. */
  cancel(): void;
  failureOf(error: unknown): Failure;
  changed(now: AllSearch): void;
}

/**
 * Looks through every page of a list that its vendor can't search, one page after another, and tells after each what was found. `stop`
 * breaks off; `goOn` continues after a failure or a stop.
 */
export function createAllSearch(words: string, { load, cancel, failureOf, changed }: Options) {
  /** By id: a list that changes meanwhile may give somebody twice. */
  const hits = new Map<string, DirectoryRow>();
  let now: AllSearch = { state: 'stopped', read: 0, total: null, hits: [], failure: null };
  let turn = 0;

  function tell(part: Partial<AllSearch>) {
    now = { ...now, ...part };
    changed(now);
  }

  async function run() {
    turn += 1;
    const mine = turn;
    tell({ state: 'running', failure: null });
    try {
      for (;;) {
        const { rows, total } = await load(now.read, searchedRows);
        if (mine !== turn) return;
        for (const row of filterRows(rows, words)) hits.set(row.id, row);
        const read = now.read + rows.length;
        const atEnd = rows.length === 0 || (total === null ? rows.length < searchedRows : read >= total);
        const over = atEnd || read >= mostRead || hits.size >= mostHits;
        tell({
          read,
          total,
          hits: [...hits.values()].slice(0, mostHits),
          ...(over ? { state: 'done' } : {}),
        });
        if (over) return;
      }
    } catch (error) {
      if (mine === turn) tell({ state: 'failed', failure: failureOf(error) });
    }
  }

  return {
    goOn: () => void run(),
    stop() {
      if (now.state !== 'running') return;
      turn += 1;
      cancel();
      tell({ state: 'stopped' });
    },
  };
}
