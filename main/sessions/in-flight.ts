/** Who has a request on its way that may bring something to be kept or ended: sign-ins and renewals say so, endings wait. */
export interface InFlight {
  /** Does `work` for the session, which includes filing what came back; returns what it returns. */
  track<T>(sessionId: string, work: () => Promise<T>): Promise<T>;
  has(sessionId: string): boolean;
  /** Resolves when nothing is on its way for the session, whatever came of it. */
  quiet(sessionId: string): Promise<void>;
}

export function createInFlight(): InFlight {
  const running = new Map<string, Set<Promise<unknown>>>();

  return {
    track(id, work) {
      const all = running.get(id) ?? new Set();
      running.set(id, all);
      const own = work().finally(() => {
        all.delete(own);
        if (all.size === 0) running.delete(id);
      });
      all.add(own);
      return own;
    },

    has: (id) => running.has(id),

    async quiet(id) {
      for (let all = running.get(id); all; all = running.get(id)) await Promise.allSettled(all);
    },
  };
}
