import { create } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { AppState } from './app-state.ts';
import type { Account, Failure, Prompt, Session, Vendor } from './types.ts';

interface Store {
  app: AppState | null;
  failure: Failure | null;
}

/** The one store of main's projection; `app` is null until the first snapshot, `failure` says why there is none. */
export const useStore = create<Store>(() => ({ app: null, failure: null }));

/** The app state outside React; only where the snapshot is known to be there. */
export function getApp(): AppState {
  const { app } = useStore.getState();
  if (!app) throw new Error('The app state was read before its first snapshot.');
  return app;
}

/** A part of the app state; the component renders again only when that part is another object or value. */
export function useApp<T>(select: (app: AppState) => T): T {
  return useStore((store) => {
    if (!store.app) throw new Error('The app state was read before its first snapshot.');
    return select(store.app);
  });
}

/** As `useApp` for a selector that builds a list or record: compared item by item. */
export function useAppList<T extends readonly unknown[] | Readonly<Record<string, unknown>>>(
  select: (app: AppState) => T,
): T {
  return useStore(
    useShallow((store) => {
      if (!store.app) throw new Error('The app state was read before its first snapshot.');
      return select(store.app);
    }),
  );
}

export const useAccount = (id: string | null | undefined): Account | undefined =>
  useApp((app) => (id ? app.accounts[id] : undefined));

export const useSession = (id: string | null | undefined): Session | undefined =>
  useApp((app) => (id ? app.sessions[id] : undefined));

export const useVendor = (id: string | null | undefined): Vendor | undefined =>
  useApp((app) => app.vendors.find((vendor) => vendor.id === id));

/** Prompts in the order in which their time runs out. */
export const usePrompts = (): readonly Prompt[] =>
  useAppList((app) =>
    Object.values(app.prompts).toSorted((a, b) => a.deadline - b.deadline || a.askedAt - b.askedAt),
  );

/** The sessions of one account, newest first. */
export const useSessionsOf = (accountId: string): readonly Session[] =>
  useAppList((app) =>
    Object.values(app.sessions)
      .filter((session) => session.accountId === accountId)
      .toSorted((a, b) => b.startedAt - a.startedAt),
  );
