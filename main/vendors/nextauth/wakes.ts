/** A queue of events that one loop waits on. */
export interface Wakes<T> {
  put(event: T): void;
  /** The next event, or null after `ms`. Rejects with the signal's reason when it aborts. */
  next(ms: number, signal: AbortSignal): Promise<T | null>;
}

export function createWakes<T>(): Wakes<T> {
  const waiting: T[] = [];
  let wake: (() => void) | null = null;
  return {
    put(event) {
      waiting.push(event);
      wake?.();
    },
    async next(ms, signal) {
      signal.throwIfAborted();
      if (waiting.length === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, ms));
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
          signal.addEventListener('abort', wake, { once: true });
        });
        if (wake) signal.removeEventListener('abort', wake);
        wake = null;
        signal.throwIfAborted();
      }
      return waiting.shift() ?? null;
    },
  };
}
