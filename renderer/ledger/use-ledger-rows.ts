import { useCallback, useEffect, useRef, useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import { getApp } from '../state/store.ts';
import type { Failure, LedgerRow } from '../state/types.ts';
import { askedBy, keyOf, type LedgerQuery } from './ledger-query.ts';

const pieceRows = 200;
/** Rows before the end of what is loaded at which more are asked for. */
const ahead = 60;
const settle = 160;

interface Rows {
  list: readonly LedgerRow[];
  end: boolean;
  busy: boolean;
  failure: Failure | null;
}
const none: Rows = { list: [], end: false, busy: true, failure: null };

/** The ledger, newest first, loaded in pieces as far as someone scrolls; narrowed by the query. */
export function useLedgerRows(query: LedgerQuery) {
  const key = keyOf(query);
  const [rows, setRows] = useState<Rows>(none);
  const turn = useRef(0);
  const latest = useRef(rows);
  latest.current = rows;
  const running = useRef(false);

  const more = useCallback(
    async (from: readonly LedgerRow[]) => {
      const mine = turn.current;
      running.current = true;
      setRows({ list: from, end: false, busy: true, failure: null });
      const before = from.at(-1)?.seq;
      try {
        const piece = await call('ledger.page', {
          limit: pieceRows,
          ...(before === undefined ? {} : { before }),
          ...askedBy(JSON.parse(key), getApp().shifts, Date.now()),
        });
        if (turn.current !== mine) return;
        setRows({ list: [...from, ...piece], end: piece.length < pieceRows, busy: false, failure: null });
      } catch (error) {
        if (turn.current !== mine) return;
        setRows({ list: from, end: false, busy: false, failure: asFailure(error) });
      }
      running.current = false;
    },
    [key],
  );

  useEffect(() => {
    turn.current += 1;
    setRows((was) => ({ ...was, busy: true }));
    const timer = window.setTimeout(() => void more([]), latest.current.list.length === 0 ? 0 : settle);
    return () => {
      turn.current += 1;
      running.current = false;
      window.clearTimeout(timer);
    };
  }, [more]);

  /** The rows up to `end` are in sight. */
  const seen = useCallback(
    (_first: number, end: number) => {
      const { list, end: whole, failure } = latest.current;
      if (!whole && !failure && !running.current && list.length > 0 && end + ahead > list.length)
        void more(list);
    },
    [more],
  );

  return {
    ...rows,
    seen,
    retry: () => void more(latest.current.list),
    reload: () => {
      turn.current += 1;
      void more([]);
    },
  };
}
