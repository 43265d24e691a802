import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { DeskState } from './desk.ts';
import type { Account, Failure, Prompt, Session, Vendor } from './types.ts';

type Store = { desk: DeskState | null; failure: Failure | null };

/** The one store of main's projection; `desk` is null until the first snapshot, `failure` says why there is none. */
export const useStore = create<Store>(() => ({ desk: null, failure: null }));

/** The desk outside React; only where the snapshot is known to be there. */
export function theDesk(): DeskState {
  const { desk } = useStore.getState();
  if (!desk) throw new Error('The desk was read before its first snapshot.');
  return desk;
}

/** A part of the desk; the component renders again only when that part is another object or value. */
export function useDesk<T>(select: (desk: DeskState) => T): T {
  return useStore((store) => {
    if (!store.desk) throw new Error('The desk was read before its first snapshot.');
    return select(store.desk);
  });
}

/** As `useDesk` for a selector that builds a list or record: compared item by item. */
export function useDeskList<T extends readonly unknown[] | Readonly<Record<string, unknown>>>(
  select: (desk: DeskState) => T,
): T {
  return useStore(
    useShallow((store) => {
      if (!store.desk) throw new Error('The desk was read before its first snapshot.');
      return select(store.desk);
    }),
  );
}

export const useAccount = (id: string | null | undefined): Account | undefined =>
  useDesk((desk) => (id ? desk.accounts[id] : undefined));

export const useSession = (id: string | null | undefined): Session | undefined =>
  useDesk((desk) => (id ? desk.sessions[id] : undefined));

export const useVendor = (id: string | null | undefined): Vendor | undefined =>
  useDesk((desk) => desk.vendors.find((vendor) => vendor.id === id));

/** Prompts in the order in which they were asked. */
export const usePrompts = (): readonly Prompt[] =>
  useDeskList((desk) => Object.values(desk.prompts).toSorted((a, b) => a.askedAt - b.askedAt));

/** The sessions of one account, newest first. */
export const useSessionsOf = (accountId: string): readonly Session[] =>
  useDeskList((desk) =>
    Object.values(desk.sessions)
      .filter((session) => session.accountId === accountId)
      .toSorted((a, b) => b.startedAt - a.startedAt),
  );
