/** What one waiting loop is woken by; called any number of times it wakes once. */
export function createWakeUp() {
  let called = false;
  let wake = () => {};
  return {
    call(): void {
      called = true;
      wake();
    },
    /** Resolves when it was called, or after `ms`. Rejects with the signal's reason when it aborts. */
    async wait(ms: number, signal: AbortSignal): Promise<void> {
      signal.throwIfAborted();
      if (!called) {
        const waited = Promise.withResolvers<void>();
        const timer = setTimeout(waited.resolve, Math.max(0, ms));
        wake = waited.resolve;
        signal.addEventListener('abort', wake, { once: true });
        await waited.promise;
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        signal.throwIfAborted();
      }
      called = false;
    },
  };
}
