import type { DirectoryQuery } from '../../preload/contract/admin.ts';
import { GatehouseError } from '../../preload/contract/failure.ts';
import type { Change } from '../../preload/contract/shapes.ts';
import { csvLine } from '../ledger/csv.ts';
import { writeLines } from '../store/write-lines.ts';
import type { AdminDesk } from './admin-desk.ts';

interface Export {
  sessionId: string;
  query: DirectoryQuery;
  /** Ids of the columns, in order; they are the header line too. */
  columns: string[];
  path: string;
}

const pageSize = 200;

/** Writes a directory query to a CSV file, page by page; nothing is held but one page. */
export function createPeopleExport(people: AdminDesk, publish: (change: Change) => void) {
  const running = new Map<string, AbortController>();

  async function* lines(
    { sessionId, query, columns }: Export,
    signal: AbortSignal,
    count: (rows: number, total: number | null) => void,
  ) {
    yield csvLine(columns);
    let offset = 0;
    for (;;) {
      const { rows, total } = await people.page(sessionId, query, { offset, limit: pageSize }, signal);
      for (const { cells } of rows)
        yield csvLine(columns.map((column) => (Object.hasOwn(cells, column) ? cells[column]! : '')));
      offset += rows.length;
      count(offset, total);
      if (rows.length === 0 || (total === null ? rows.length < pageSize : offset >= total)) return;
    }
  }

  return {
    /** Answers how many rows were written; a cancelled one throws `cancelled`. One that does not end well leaves no file. */
    async run(job: Export): Promise<number> {
      const { sessionId } = job;
      if (running.has(sessionId)) {
        throw new GatehouseError({
          kind: 'conflict',
          message: 'An export from this session is running already.',
        });
      }
      const stop = new AbortController();
      running.set(sessionId, stop);
      let written = 0;
      const count = (rows: number, total: number | null) => {
        written = rows;
        publish({ entity: 'export', id: sessionId, value: { rows, total } });
      };
      try {
        count(0, null);
        await writeLines(job.path, lines(job, stop.signal, count), stop.signal);
        return written;
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        throw new GatehouseError({
          kind: 'cancelled',
          message: `The export was stopped after ${written} rows; no file was written.`,
        });
      } finally {
        running.delete(sessionId);
        publish({ entity: 'export', id: sessionId, value: null });
      }
    },

    cancel: (sessionId: string) => running.get(sessionId)?.abort(),

    cancelAll() {
      for (const stop of running.values()) stop.abort();
    },
  };
}
