/** Work that somebody may give up by the name they gave it (a ticket); newer work under the same ticket takes the place of the older. */
export function createLatestOnly() {
  const open = new Map<string, AbortController>();
  return {
    /** Does `work`; its signal is aborted when the ticket is used again or cancelled. */
    async run<T>(ticket: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
      const stop = new AbortController();
      open.get(ticket)?.abort();
      open.set(ticket, stop);
      try {
        return await work(stop.signal);
      } finally {
        if (open.get(ticket) === stop) open.delete(ticket);
      }
    },

    cancel: (ticket: string) => open.get(ticket)?.abort(),

    cancelAll() {
      for (const stop of open.values()) stop.abort();
    },
  };
}
