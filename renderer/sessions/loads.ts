import { useEffect } from 'react';
import { create } from 'zustand';
import { asFailure, call } from '../state/call.ts';
import type { Failure, Identity, Membership, RemoteSession } from '../state/types.ts';

/** What a session's page asks of the vendor, each by itself. */
type Loadable = {
  'sessions.identity': Identity;
  'sessions.memberships': Membership[];
  'sessions.remote': RemoteSession[];
};
export type LoadChannel = keyof Loadable;

export type Load<T> = { busy: boolean; value: T | null; failure: Failure | null; at: number | null };

const idle = { busy: false, value: null, failure: null, at: null };
const freshFor = 60_000;
/** A page that is only passed by with the arrow keys asks the vendor nothing. */
const settleMs = 200;

const useLoads = create<Record<string, Load<unknown>>>(() => ({}));

const keyOf = (channel: LoadChannel, sessionId: string): string => `${channel} ${sessionId}`;

const put = (key: string, part: Partial<Load<unknown>>) =>
  useLoads.setState((all) => ({ [key]: { ...idle, ...all[key], ...part } }));

/** Asks the vendor again; what was there stays until the answer is. */
export async function reload(channel: LoadChannel, sessionId: string): Promise<void> {
  const key = keyOf(channel, sessionId);
  if (useLoads.getState()[key]?.busy) return;
  put(key, { busy: true });
  try {
    put(key, { busy: false, value: await call(channel, { sessionId }), failure: null, at: Date.now() });
  } catch (error) {
    put(key, { busy: false, failure: asFailure(error), at: Date.now() });
  }
}

/** One part of a session's page: kept when the person goes elsewhere, asked anew when it is older than a minute. */
export function useLoad<C extends LoadChannel>(channel: C, sessionId: string): Load<Loadable[C]> {
  const key = keyOf(channel, sessionId);
  useEffect(() => {
    const at = useLoads.getState()[key]?.at;
    if (at && Date.now() - at < freshFor) return;
    const timer = window.setTimeout(() => void reload(channel, sessionId), settleMs);
    return () => window.clearTimeout(timer);
  }, [channel, sessionId, key]);
  // The store holds under this key only what this channel answered.
  return (useLoads((all) => all[key]) as Load<Loadable[C]> | undefined) ?? idle;
}
