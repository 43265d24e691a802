import { create } from 'zustand';

/** What the middle of the window shows. */
export type Place =
  | { at: 'nothing' }
  | { at: 'account'; accountId: string; sessionId: string | null }
  | { at: 'add-account' }
  | { at: 'edit-account'; accountId: string }
  | { at: 'settings' }
  | { at: 'ledger' };

/** The one dialog that the frame itself opens. */
export type FrameDialog =
  | { what: 'quick-open' }
  | { what: 'endings' }
  | { what: 'remove-account'; accountId: string }
  | { what: 'sign-out-everywhere' }
  | { what: 'quit'; activeSessions: number }
  | { what: 'way'; accountId: string; way: string }
  | { what: 'switch-realm'; sessionId: string };

type Navigation = {
  place: Place;
  /** Whether the prompts are shown over the place. */
  promptsOpen: boolean;
  dialog: FrameDialog | null;
  filter: string;
  tag: string | null;
  /** Vendor ids whose group is folded. */
  folded: ReadonlySet<string>;
};

export const useNavigation = create<Navigation>(() => ({
  place: { at: 'nothing' },
  promptsOpen: false,
  dialog: null,
  filter: '',
  tag: null,
  folded: new Set<string>(),
}));

const set = useNavigation.setState;

export const goTo = (place: Place): void => set({ place });

export const showAccount = (accountId: string, sessionId: string | null = null): void =>
  goTo({ at: 'account', accountId, sessionId });

export const showPrompts = (open = true): void => set({ promptsOpen: open });

export const openDialog = (dialog: FrameDialog | null): void => set({ dialog });

export const setFilter = (filter: string): void => set({ filter });

export const setTag = (tag: string | null): void => set({ tag });

export function foldGroup(vendorId: string, folded: boolean): void {
  set((state) => {
    const next = new Set(state.folded);
    if (folded) next.add(vendorId);
    else next.delete(vendorId);
    return { folded: next };
  });
}
