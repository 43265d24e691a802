/** What one waiting loop is woken by; rung any number of times it wakes once. */
export function createBell() {
  let rung = false;
  let wake = () => {};
  return {
    ring(): void {
      rung = true;
      wake();
    },
    /** Resolves when it was rung, or after `ms`. Rejects with the signal's reason when it aborts. */
    async heard(ms: number, signal: AbortSignal): Promise<void> {
      signal.throwIfAborted();
      if (!rung) {
        const waited = Promise.withResolvers<void>();
        const timer = setTimeout(waited.resolve, Math.max(0, ms));
        wake = waited.resolve;
        signal.addEventListener('abort', wake, { once: true });
        await waited.promise;
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        signal.throwIfAborted();
      }
      rung = false;
    },
  };
}
