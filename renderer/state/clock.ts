import { useSyncExternalStore } from 'react';

const second = 1000;
const listeners = new Set<() => void>();
let timer: number | undefined;

function tick() {
  for (const listener of [...listeners]) listener();
  schedule();
}

/** One timer for the whole window, on the full second, and none while nobody looks. */
function schedule() {
  window.clearTimeout(timer);
  timer = listeners.size === 0 ? undefined : window.setTimeout(tick, second - (Date.now() % second));
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) schedule();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) schedule();
  };
}

/**
 * A text that depends on the time. `tell` gets ms since 1970 and returns a plain value: the component renders
 * again only when that value changes, so a row that says "22 m" renders once a minute.
 */
export function useTimed<T extends string | number | boolean | null>(tell: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => tell(Math.floor(Date.now() / second) * second));
}

/** The time in ms since 1970, changing every `everyMs`. */
export const useNow = (everyMs: number): number => useTimed((now) => Math.floor(now / everyMs) * everyMs);
