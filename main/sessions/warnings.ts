import type { Agenda, Clock } from './agenda.ts';
import type { SessionBook } from './book.ts';

/** Warns before sessions run out: one notification for many. */
export interface Warnings {
  /** Plans the next warning of a session; called when its expiry may have changed. */
  plan(sessionId: string): void;
}

interface WarningsOptions {
  book: SessionBook;
  agenda: Agenda;
  clock: Clock;
  /** Minutes before the end at which to warn. */
  minutes(): number[];
  /** Sessions that run out soon, gathered over a few seconds. */
  warn(sessionIds: string[]): void;
}

/** ms in which warnings are gathered into one. */
const gather = 3_000;

export function createWarnings({ book, agenda, clock, minutes, warn }: WarningsOptions): Warnings {
  const gathered = new Set<string>();

  function due(id: string) {
    if (book.get(id)?.state === 'active') {
      if (gathered.size === 0) {
        clock.after(gather, () => {
          const live = [...gathered].filter((one) => book.get(one)?.state === 'active');
          gathered.clear();
          if (live.length > 0) warn(live);
        });
      }
      gathered.add(id);
    }
    plan(id);
  }

  function plan(id: string) {
    const record = book.get(id);
    const end = record?.state === 'active' ? record.expiresAt : null;
    const next =
      end === null
        ? undefined
        : minutes()
            .map((minute) => end - minute * 60_000)
            .filter((at) => at > clock.now())
            .sort((a, b) => a - b)[0];
    if (next === undefined) agenda.drop(`warn:${id}`);
    else agenda.put(`warn:${id}`, next, () => due(id));
  }

  return { plan };
}
