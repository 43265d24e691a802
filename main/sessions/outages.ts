import type { Scheduler } from '#lib/scheduler.ts';

/**
 * Which servers can't be reached. What is to be done at one of them waits there while one at a time asks whether it is back; when it
 * answers, the others go, a few for each answer.
 */
export interface Outages {
  /** Whether this must wait for its server; its turn is told by `go`. */
  waits(server: string, id: string): boolean;
  /** Puts what is due into the line of its server: a dozen go at once, more as answers come. */
  join(server: string, id: string): void;
  /** The server answered this one, whatever it said. */
  reached(server: string, id: string): void;
  /** No answer came, or only the word to come later (`until`, ms since 1970). Returns whether it waits for the server now. */
  missed(server: string, id: string, until?: number): boolean;
  /** Its turn passed without a question to its server. */
  passed(id: string): void;
  /** There is a reason to ask now: a new order, or the network is back. */
  askSoon(server: string): void;
  /** The same for every server, without waiting for an order. */
  askAll(): void;
}

interface Place {
  /** Questions in a row that had no answer. */
  misses: number;
  /** ms since 1970; nobody asks before. */
  askAt: number;
  asking: string | null;
  waiting: Set<string>;
  /** Missed before it was an outage: they have a time of their own, and go with the others when the server is back. */
  late: Set<string>;
}

interface OutagesOptions {
  scheduler: Scheduler;
  now(): number;
  /** ms to wait after so many questions in a row without an answer. */
  wait(misses: number): number;
  go(id: string): void;
}

/** A single question may be lost, and one order may be what its server can't bear; three in a row are an outage. */
const outage = 3;
/** How many go at the first answer, and how many more at each that follows. */
const firstTurns = 12;
const moreTurns = 2;
/** ms without any answer from a server that can be reached. */
const silence = 60_000;

export function createOutages({ scheduler, now, wait, go }: OutagesOptions): Outages {
  const places = new Map<string, Place>();

  function placeOf(server: string): Place {
    const known = places.get(server);
    if (known) return known;
    const made: Place = { misses: 0, askAt: 0, asking: null, waiting: new Set(), late: new Set() };
    places.set(server, made);
    return made;
  }

  /** While something waits there is a time at which one of it goes, should no answer let it go before. */
  function plan(server: string, place: Place) {
    const at = place.misses > 0 ? place.askAt : now() + silence;
    if (place.waiting.size > 0) scheduler.put(`server:${server}`, at, () => release(server, place, 1));
    else scheduler.drop(`server:${server}`);
  }

  function release(server: string, place: Place, turns: number) {
    const down = place.misses >= outage;
    let left = !down ? turns : place.asking === null ? 1 : 0;
    for (const id of place.waiting) {
      if (left === 0) break;
      left -= 1;
      place.waiting.delete(id);
      if (down) place.asking = id;
      go(id);
    }
    plan(server, place);
  }

  return {
    waits(server, id) {
      const place = places.get(server);
      if (!place || place.misses < outage || place.asking === id) return false;
      if (place.asking === null && now() >= place.askAt) {
        place.asking = id;
        place.waiting.delete(id);
        return false;
      }
      place.waiting.add(id);
      plan(server, place);
      return true;
    },

    join(server, id) {
      const place = placeOf(server);
      if (place.waiting.has(id)) return;
      place.late.delete(id);
      place.waiting.add(id);
      // Begun when all that is due has joined.
      const at = place.misses > 0 ? place.askAt : now();
      scheduler.put(`server:${server}`, at, () => release(server, place, firstTurns));
    },

    reached(server, id) {
      const place = places.get(server);
      if (!place) return;
      const wasDown = place.misses >= outage;
      place.late.delete(id);
      if (wasDown) for (const other of place.late) place.waiting.add(other);
      if (wasDown) place.late.clear();
      place.misses = 0;
      place.asking = null;
      release(server, place, wasDown ? firstTurns : moreTurns);
      if (place.waiting.size === 0 && place.late.size === 0) places.delete(server);
    },

    missed(server, id, until = 0) {
      const place = placeOf(server);
      // What was on its way when the outage began tells nothing new.
      if (place.misses < outage || place.asking === id) {
        place.misses += 1;
        place.askAt = now() + wait(Math.max(1, place.misses - outage + 1));
      }
      place.askAt = Math.max(place.askAt, until);
      if (place.asking === id) place.asking = null;
      const down = place.misses >= outage;
      (down ? place.waiting : place.late).add(id);
      plan(server, place);
      return down;
    },

    passed(id) {
      for (const [server, place] of places) {
        place.late.delete(id);
        if (place.asking === id) place.asking = null;
        else if (place.misses >= outage) continue;
        release(server, place, 1);
      }
    },

    askSoon(server) {
      const place = places.get(server);
      if (place) place.askAt = Math.min(place.askAt, now());
    },

    askAll() {
      for (const [server, place] of places) {
        place.askAt = Math.min(place.askAt, now());
        plan(server, place);
      }
    },
  };
}
