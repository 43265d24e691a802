import type { DirectoryQuery } from '#contract/admin.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { Change } from '#contract/shapes.ts';
import { csvLine } from '#lib/csv.ts';
import { lookUp } from '#lib/look-up.ts';
import { writeLines } from '#lib/write-file.ts';
import type { Directory } from './directory.ts';

interface Export {
  sessionId: string;
  query: DirectoryQuery;
  /** Ids of the columns, in order; they are the header line too. */
  columns: string[];
  path: string;
}

const pageSize = 200;
/** Rows and characters of one file; a server whose pages never end would fill the disk. */
const most = { rows: 500_000, characters: 256 * 1024 * 1024 };

function endless(rows: number): GatehouseError {
  return new GatehouseError({
    kind: 'unexpected-answer',
    message: `After ${rows.toLocaleString('en-GB')} rows the server still had more, so that the export was stopped; no file was written.`,
    advice: 'Search or filter for fewer people, and export those.',
  });
}

/** Writes a directory query to a CSV file, page by page; nothing is held but one page. */
export function createPeopleExport(people: Pick<Directory, 'page'>, publish: (change: Change) => void) {
  const running = new Map<string, AbortController>();

  async function* lines(
    { sessionId, query, columns }: Export,
    signal: AbortSignal,
    count: (rows: number, total: number | null) => void,
  ) {
    yield csvLine(columns);
    let offset = 0;
    let characters = 0;
    for (;;) {
      const { rows, total } = await people.page(sessionId, query, { offset, limit: pageSize }, signal);
      for (const row of rows) {
        const line = csvLine(columns.map((column) => lookUp(row.cells, column) ?? ''));
        characters += line.length;
        yield line;
      }
      offset += rows.length;
      count(offset, total);
      if (offset > most.rows || characters > most.characters) throw endless(offset);
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
