import { assumptions } from '../assumptions.ts';
import type { Scan } from './state.ts';

const longer = (gap: number) => Math.min(gap * assumptions.poll.factor, assumptions.poll.longest);

/** When the server is to be polled for one scan. Times in ms since 1970. */
export function createPollTiming() {
  /** The server has said that there is something to see. */
  let called = false;
  let polledAt = 0;
  let answered = false;
  /** Not before this may the server be asked again: its own word. */
  let notBefore = 0;
  let gap: number = assumptions.poll.first;
  let calledGap: number = assumptions.poll.called;
  return {
    called(): void {
      called = true;
    },
    /** The websocket, which had held for long, is lost: polls are frequent again. */
    restart(): void {
      gap = assumptions.poll.first;
    },
    started(): void {
      if (called) calledGap = longer(calledGap);
      called = false;
      answered = false;
      notBefore = 0;
    },
    answered(): void {
      answered = true;
    },
    refused(until: number | undefined): void {
      notBefore = until ?? 0;
    },
    ended(at: number): void {
      polledAt = at;
      gap = longer(gap);
    },
    /** While the websocket speaks, only a stale code is a reason to poll. */
    dueAt({ listening, staleAt, deadline }: Scan): number {
      const unprompted = listening === 'socket' && answered ? staleAt : polledAt + gap;
      const wanted = called ? polledAt + calledGap : unprompted;
      return Math.min(Math.max(wanted, notBefore), deadline);
    },
  };
}
