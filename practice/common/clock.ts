/** A clock that tests can advance: real time plus an offset. One is shared by all servers of a process. */
export interface PracticeClock {
  /** ms since 1970. */
  now(): number;
  /** Moves the clock forward by `ms`; it never goes back. */
  advance(ms: number): void;
}

/** Makes a clock that starts at the real time. */
export function makeClock(): PracticeClock {
  let offset = 0;
  return {
    now: () => Date.now() + offset,
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError('A practice clock only goes forward.');
      offset += ms;
    },
  };
}
