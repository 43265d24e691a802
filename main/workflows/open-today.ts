import type { OpenToday } from '#contract/shapes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Sessions } from '../sessions/index.ts';

interface OpenTodayOptions {
  ledger: Pick<Ledger, 'head' | 'page'>;
  sessions: Pick<Sessions, 'all' | 'get'>;
  /** ms since 1970. */
  now(): number;
}

type Row = Awaited<ReturnType<Ledger['page']>>[number];

/** Rows that are read at once. */
const atOnce = 500;

/** What is known of a day: read from the ledger once, then only the rows that are new. */
interface Day {
  midnight: number;
  /** The last row that is in it. */
  seq: number;
  open: Set<string>;
  openAtMidnight: number;
  /** How many were open from a moment on, in order. */
  steps: { at: number; open: number }[];
}

const opens: ReadonlySet<string> = new Set(['opened', 'sign-out-undone']);
const closes: ReadonlySet<string> = new Set(['ending-ordered', 'expired']);

/** How many sessions were open in each hour of today, by the ledger's word. */
export function createOpenToday({ ledger, sessions, now }: OpenTodayOptions) {
  let day: Day | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  /** Rows after `seq` that are not older than `since` (ms), oldest first. */
  async function rowsAfter(seq: number, since: number): Promise<Row[]> {
    const found: Row[] = [];
    for (let before = ledger.head().rows + 1; before > seq + 1; ) {
      const page = await ledger.page({ before, limit: atOnce });
      found.push(...page.filter((row) => row.seq > seq && row.at >= since));
      const last = page.at(-1);
      if (!last || page.length < atOnce || last.at < since) break;
      before = last.seq;
    }
    return found.reverse();
  }

  function add(to: Day, rows: Row[]) {
    for (const { seq, at, event, sessionId } of rows) {
      to.seq = Math.max(to.seq, seq);
      if (sessionId === null) continue;
      if (opens.has(event)) to.open.add(sessionId);
      else if (!closes.has(event) || !to.open.delete(sessionId)) continue;
      to.steps.push({ at, open: to.open.size });
    }
  }

  /** Open at midnight is what was ended today without having been opened today, and what is open still. */
  function openBefore(rows: Row[]): Set<string> {
    const first = new Map<string, string>();
    const asked = new Set<string>();
    for (const { event, sessionId } of rows) {
      if (sessionId === null) continue;
      if (event === 'prompted') asked.add(sessionId);
      if ((opens.has(event) || closes.has(event)) && !first.has(sessionId)) first.set(sessionId, event);
    }
    const ended = [...first].flatMap(([id, event]) => {
      // A sign-in that was given up never was open.
      const opened = sessions.get(id)?.openedAt !== null && !asked.has(id);
      return event === 'sign-out-undone' || (closes.has(event) && opened) ? [id] : [];
    });
    const lasting = sessions
      .all()
      .flatMap(({ id, state }) => (state === 'active' && !first.has(id) ? [id] : []));
    return new Set([...ended, ...lasting]);
  }

  async function current(): Promise<Day> {
    const midnight = new Date(now()).setHours(0, 0, 0, 0);
    if (day?.midnight === midnight) {
      add(day, await rowsAfter(day.seq, midnight));
      return day;
    }
    const seq = ledger.head().rows;
    const rows = (await rowsAfter(0, midnight)).filter((row) => row.seq <= seq);
    const open = openBefore(rows);
    const begun: Day = { midnight, seq, open, openAtMidnight: open.size, steps: [] };
    add(begun, rows);
    day = begun;
    return begun;
  }

  function tell({ midnight, openAtMidnight, steps, open }: Day): OpenToday {
    const hours: OpenToday['hours'] = [];
    const most = { at: midnight, open: openAtMidnight };
    let last = openAtMidnight;
    let next = 0;
    for (let at = midnight; at <= now(); at = new Date(at).setMinutes(60, 0, 0)) {
      const end = new Date(at).setMinutes(60, 0, 0);
      const hour = { at, open: last };
      for (let step = steps[next]; step && step.at < end; step = steps[++next]) {
        last = step.open;
        hour.open = Math.max(hour.open, last);
        if (last > most.open) Object.assign(most, step);
      }
      hours.push(hour);
    }
    return { hours, most, open: open.size };
  }

  return {
    /** Throws vault-locked while it is locked. One reading at a time. */
    async read(): Promise<OpenToday> {
      const mine = turn.then(current);
      turn = mine.catch(() => {});
      return tell(await mine);
    },
    /** Drops what was read; it is read anew when it is asked for. */
    forget() {
      day = null;
    },
  };
}
