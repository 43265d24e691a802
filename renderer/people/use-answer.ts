import { useCallback, useEffect, useRef, useState } from 'react';
import { asFailure } from '../state/call.ts';
import type { Failure } from '../state/types.ts';

export type Answer<T> = { value: T | null; failure: Failure | null; busy: boolean; again(): void };

/** Asks once when it is drawn (and when `key` changes) and on `again`; what was there stays until the answer is. */
export function useAnswer<T>(key: string, ask: () => Promise<T>): Answer<T> {
  const [state, setState] = useState<{
    key: string;
    value: T | null;
    failure: Failure | null;
    busy: boolean;
  }>({
    key,
    value: null,
    failure: null,
    busy: true,
  });
  const latest = useRef(ask);
  latest.current = ask;
  const turn = useRef(0);

  const again = useCallback(() => {
    turn.current += 1;
    const mine = turn.current;
    setState((was) => ({ key, value: was.key === key ? was.value : null, failure: null, busy: true }));
    latest.current().then(
      (value) => {
        if (turn.current === mine) setState({ key, value, failure: null, busy: false });
      },
      (error: unknown) => {
        if (turn.current === mine) setState((was) => ({ ...was, failure: asFailure(error), busy: false }));
      },
    );
  }, [key]);

  useEffect(() => {
    again();
    return () => {
      turn.current += 1;
    };
  }, [again]);

  return { value: state.value, failure: state.failure, busy: state.busy, again };
}
