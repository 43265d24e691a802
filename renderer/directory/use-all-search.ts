import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import type { DirectoryQuery } from '../state/types.ts';
import { type AllSearch, createAllSearch } from './search-all.ts';

export interface AllSearchInHand {
  /** Null while none was begun for these words. */
  found: AllSearch | null;
  start(): void;
  stop(): void;
  /** After a failure or a stop. */
  goOn(): void;
}

/** The search through all pages of a query; other words, another query or leaving the page stops it. */
export function useAllSearch(sessionId: string, query: DirectoryQuery, words: string): AllSearchInHand {
  const requestId = `search-all ${useId()}`;
  const key = `${sessionId} ${JSON.stringify(query)} ${words}`;
  const [held, setHeld] = useState<{ key: string; found: AllSearch } | null>(null);
  const running = useRef<ReturnType<typeof createAllSearch> | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another search, and this one is over
  useEffect(
    () => () => {
      running.current?.stop();
      running.current = null;
    },
    [key],
  );

  const start = useCallback(() => {
    running.current?.stop();
    running.current = createAllSearch(words, {
      load: (offset, limit) => call('people.page', { sessionId, query, offset, limit, requestId }),
      // What can't be cancelled is dropped when it comes.
      cancel: () => void call('people.cancelPage', { requestId }).catch(() => undefined),
      failureOf: asFailure,
      changed: (found) => setHeld({ key, found }),
    });
    running.current.goOn();
  }, [key, requestId, sessionId, query, words]);

  return {
    found: held?.key === key ? held.found : null,
    start,
    stop: () => running.current?.stop(),
    goOn: () => running.current?.goOn(),
  };
}
