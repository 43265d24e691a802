import { create } from 'zustand';
import type { Copyable, Shift } from './types.ts';

/** What the main pane shows. */
export type Route =
  /** Every session: the home of the window. */
  | { at: 'live' }
  | { at: 'account'; accountId: string; sessionId: string | null }
  /** `from`: begun as a copy of another account. */
  | { at: 'add-account'; from?: string | null }
  | { at: 'edit-account'; accountId: string }
  | { at: 'settings' }
  /** `person`: whoever acted or was helped under this name. */
  | { at: 'ledger'; person?: string }
  /** The people, while no session can look any up. */
  | { at: 'directory' }
  | { at: 'shift'; shiftId: string }
  /** The people that a session can look into, or one of them. */
  | { at: 'people'; accountId: string; sessionId: string; personId: string | null }
  | { at: 'own-login'; accountId: string; sessionId: string }
  /** Why can't they sign in? */
  | { at: 'why'; email: string };

/** The one dialog of the app that is open. */
export type AppDialog =
  | { what: 'palette' }
  | { what: 'keys' }
  | { what: 'endings' }
  | { what: 'remove-account'; accountId: string }
  | { what: 'quit'; activeSessions: number; update: boolean }
  | { what: 'way'; accountId: string; way: string }
  | { what: 'switch-realm'; sessionId: string }
  /** `from` is the session that was switched from; null for a sign-in. */
  | { what: 'open-already'; sessionId: string; from: string | null }
  | { what: 'receipt'; receiptId: string }
  /** `shift` is what the form begins with; one without an id is new. */
  | { what: 'edit-shift'; shift: Omit<Shift, 'id'> & { id?: string } }
  | { what: 'remove-shift'; shiftId: string }
  | { what: 'recovery'; accountId: string }
  | { what: 'copy'; sessionId: string; copyable: Copyable };

interface Navigation {
  route: Route;
  /** The session whose people were shown last. */
  lastDirectory: string | null;
  /** Whether the prompts are shown beside the route’s page. */
  promptsOpen: boolean;
  /** Made anew each time the prompts are to have the focus; `asked` by the person, who may be typing elsewhere otherwise. */
  promptFocus: { asked: boolean };
  /** The prompt that is to be shown first; null leaves that to the queue. */
  promptWanted: string | null;
  dialog: AppDialog | null;
  filter: string;
  tag: string | null;
  /** Vendor ids whose group is folded. */
  folded: ReadonlySet<string>;
  /** Ids of the accounts that are marked in the list. */
  marked: ReadonlySet<string>;
}

export const useNavigation = create<Navigation>(() => ({
  route: { at: 'live' },
  lastDirectory: null,
  promptsOpen: false,
  promptFocus: { asked: false },
  promptWanted: null,
  dialog: null,
  filter: '',
  tag: null,
  folded: new Set<string>(),
  marked: new Set<string>(),
}));

const set = useNavigation.setState;

export const goTo = (route: Route): void =>
  set(route.at === 'people' ? { route, lastDirectory: route.sessionId } : { route });

export const showAccount = (accountId: string, sessionId: string | null = null): void =>
  goTo({ at: 'account', accountId, sessionId });

/** Shows the prompts at the person’s wish, with the focus in what is asked. */
export const showPrompts = (): void =>
  set({ promptsOpen: true, promptWanted: null, promptFocus: { asked: true } });

export const showPrompt = (promptId: string): void =>
  set({ promptsOpen: true, promptWanted: promptId, promptFocus: { asked: true } });

/** Shows the prompts because one has come; whoever types elsewhere goes on typing there. */
export const offerPrompts = (): void =>
  set({ promptsOpen: true, promptWanted: null, promptFocus: { asked: false } });

export const hidePrompts = (): void => set({ promptsOpen: false, promptWanted: null });

export const openDialog = (dialog: AppDialog | null): void => set({ dialog });

export const setFilter = (filter: string): void => set({ filter });

export const setTag = (tag: string | null): void => set({ tag });

export const showReceipt = (receiptId: string): void => openDialog({ what: 'receipt', receiptId });

export const showPeople = (accountId: string, sessionId: string, personId: string | null = null): void =>
  goTo({ at: 'people', accountId, sessionId, personId });

/** Marks exactly these accounts in the list. */
export const markOnly = (accountIds: Iterable<string>): void => set({ marked: new Set(accountIds) });

export function toggleMark(accountId: string): void {
  set(({ marked }) => {
    const next = new Set(marked);
    if (!next.delete(accountId)) next.add(accountId);
    return { marked: next };
  });
}

export function foldGroup(vendorId: string, folded: boolean): void {
  set((state) => {
    const next = new Set(state.folded);
    if (folded) next.add(vendorId);
    else next.delete(vendorId);
    return { folded: next };
  });
}
