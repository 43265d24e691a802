import { useCallback, useEffect, useId, useRef } from 'react';
import { create } from 'zustand';
import { asFailure, call, type InputOf } from './call.ts';
import type { Channel, Failure, Output } from './types.ts';

/** What reading something of main has brought so far. */
export interface Read<T> {
  /** Stays while it is read again. */
  value: T | null;
  failure: Failure | null;
  busy: boolean;
  /** Reads again; what an earlier read brings after this is dropped. */
  reload(): void;
}

interface Entry {
  value: unknown;
  failure: Failure | null;
  busy: boolean /** ms since 1970. */;
  readAt: number;
}

const unread: Entry = { value: null, failure: null, busy: true, readAt: 0 };
const keptForMs = 60_000;
/** A page that is only passed by with the arrow keys asks the vendor nothing. */
const settleMs = 200;

const useEntries = create<Readonly<Record<string, Entry>>>(() => ({}));
/** The number of the last read of each key: an answer to an earlier one is out of date. */
const turns = new Map<string, number>();
let lastTurn = 0;

async function read<C extends Channel>(key: string, channel: C, input: InputOf<C>): Promise<void> {
  lastTurn += 1;
  const turn = lastTurn;
  turns.set(key, turn);
  const put = (part: Partial<Entry>) => {
    if (turns.get(key) === turn)
      useEntries.setState((all) => ({ [key]: { ...unread, ...all[key], ...part } }));
  };
  put({ busy: true, failure: null });
  try {
    put({ value: await call(channel, ...input), busy: false, readAt: Date.now() });
  } catch (error) {
    put({ failure: asFailure(error), busy: false, readAt: Date.now() });
  }
}

function forget(key: string): void {
  turns.delete(key);
  useEntries.setState(({ [key]: _, ...others }) => others, true);
}

/** Drops everything that was read: after a lock nothing of it stays in the window. */
export function forgetReads(): void {
  turns.clear();
  useEntries.setState({}, true);
}

function useEntry<C extends Channel>(key: string): Omit<Read<Output<C>>, 'reload'> {
  // A key names its channel, so the store holds under it only what this channel has answered.
  return useEntries((all) => all[key] ?? unread) as Entry & { value: Output<C> | null };
}

function useReload<C extends Channel>(key: string, channel: C, input: InputOf<C>): () => void {
  const latest = useRef(input);
  latest.current = input;
  return useCallback(() => void read(key, channel, latest.current), [key, channel]);
}

/** Reads once when the component appears and whenever the input changes; what was read goes with the component. */
export function useRead<C extends Channel>(channel: C, ...input: InputOf<C>): Read<Output<C>> {
  const key = JSON.stringify([channel, input, useId()]);
  const reload = useReload(key, channel, input);
  useEffect(() => {
    reload();
    return () => forget(key);
  }, [key, reload]);
  return { ...useEntry<C>(key), reload };
}

/** As `useRead`, shared by all who read the same and kept when they go; read again when it is older than a minute. */
export function useKeptRead<C extends Channel>(channel: C, ...input: InputOf<C>): Read<Output<C>> {
  const key = JSON.stringify([channel, input]);
  const reload = useReload(key, channel, input);
  useEffect(() => {
    const isFresh = () => {
      const known = useEntries.getState()[key];
      return known !== undefined && (known.busy || Date.now() - known.readAt < keptForMs);
    };
    if (isFresh()) return;
    const timer = window.setTimeout(() => !isFresh() && reload(), settleMs);
    return () => window.clearTimeout(timer);
  }, [key, reload]);
  return { ...useEntry<C>(key), reload };
}
