import type { Clock, Scheduler } from '#lib/scheduler.ts';
import type { SessionReads } from './registry.ts';

/** Warns before sessions run out: one notification for many. */
export interface ExpiryWarnings {
  /** Plans the next warning of the session. */
  resume(sessionId: string): void;
}

interface ExpiryWarningsOptions {
  sessions: SessionReads;
  scheduler: Scheduler;
  clock: Clock;
  /** Minutes before the end at which to warn. */
  minutes(): number[];
  /** Sessions that run out soon, gathered over a few seconds. */
  warn(sessionIds: string[]): void;
}

/** ms in which warnings are gathered into one. */
const gather = 3_000;

export function createExpiryWarnings(options: ExpiryWarningsOptions): ExpiryWarnings {
  const { sessions, scheduler, clock, minutes, warn } = options;
  const gathered = new Set<string>();

  sessions.on.changed(({ id, before, after }) => {
    if (before?.state !== after?.state || before?.expiresAt !== after?.expiresAt) plan(id);
  });

  function due(id: string) {
    if (sessions.get(id)?.state === 'active') {
      if (gathered.size === 0) {
        clock.after(gather, () => {
          const live = [...gathered].filter((one) => sessions.get(one)?.state === 'active');
          gathered.clear();
          if (live.length > 0) warn(live);
        });
      }
      gathered.add(id);
    }
    plan(id);
  }

  function plan(id: string) {
    const record = sessions.get(id);
    const end = record?.state === 'active' ? record.expiresAt : null;
    const next =
      end === null
        ? undefined
        : minutes()
            .map((minute) => end - minute * 60_000)
            .filter((at) => at > clock.now())
            .sort((a, b) => a - b)[0];
    if (next === undefined) scheduler.drop(`warn:${id}`);
    else scheduler.put(`warn:${id}`, next, () => due(id));
  }

  return { resume: plan };
}
