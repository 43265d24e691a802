import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react';
import { signIn } from '../sessions/session-actions.ts';
import {
  foldGroup,
  markOnly,
  showAccount,
  showPrompts,
  toggleMark,
  useNavigation,
} from '../state/navigation.ts';
import { getApp } from '../state/store.ts';
import type { ListItem, RowItem } from './list-items.ts';
import { nextItem } from './list-keys.ts';

interface Options {
  items: readonly ListItem[];
  isSelected(item: ListItem): boolean;
  scroller: RefObject<HTMLElement | null>;
  /** px of the list that can be seen. */
  height: number;
  reveal(index: number): void;
}

/** What mouse and keys do in the account list; the handlers stay the same, so that only rows that change are drawn. */
export function useListControl({ items, isSelected, scroller, height, reveal }: Options) {
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const [menuItem, setMenuItem] = useState<RowItem | null>(null);
  const lastMarked = useRef<string | null>(null);
  const latestItems = useRef(items);
  latestItems.current = items;
  const active = items.find((item) => item.key === activeKey) ?? items.find(isSelected) ?? items[0];

  const focus = useCallback(() => scroller.current?.focus({ preventScroll: true }), [scroller]);

  /** Ctrl marks one account more or less, Shift all up to here. */
  const mark = useCallback(
    (item: ListItem, range: boolean) => {
      setActiveKey(item.key);
      focus();
      if (item.kind !== 'row') return;
      const list = latestItems.current;
      const from = list.findIndex(({ key }) => key === lastMarked.current);
      if (range && from >= 0) {
        const to = list.indexOf(item);
        const between = list.slice(Math.min(from, to), Math.max(from, to) + 1);
        markOnly(between.flatMap((one) => (one.kind === 'row' ? [one.accountId] : [])));
      } else {
        // The row that was chosen before is the first of what is gathered now.
        const chosen = from < 0 ? undefined : list[from];
        if (useNavigation.getState().marked.size === 0 && chosen?.kind === 'row' && chosen !== item)
          markOnly([chosen.accountId]);
        lastMarked.current = item.key;
        toggleMark(item.accountId);
      }
    },
    [focus],
  );

  const choose = useCallback(
    (item: ListItem) => {
      setActiveKey(item.key);
      lastMarked.current = item.key;
      focus();
      if (item.kind === 'row') showAccount(item.accountId, item.sessionId);
      else foldGroup(item.vendorId, !item.folded);
    },
    [focus],
  );

  const openMenu = useCallback((item: ListItem) => {
    setActiveKey(item.key);
    if (item.kind === 'row') setMenuItem(item);
  }, []);

  const closeMenu = useCallback(() => {
    setMenuItem(null);
    focus();
  }, [focus]);

  function moveTo(item: ListItem) {
    setActiveKey(item.key);
    if (item.kind === 'row') showAccount(item.accountId, item.sessionId);
    reveal(items.indexOf(item));
  }

  /** Returns whether the key means something here. */
  function press(item: ListItem, { key, shiftKey }: KeyboardEvent): boolean {
    if (key === 'Enter') enter(item, choose);
    else if (key === ' ') choose(item);
    else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) openMenu(item);
    else if (key === 'ArrowLeft' && item.kind === 'group') foldGroup(item.vendorId, true);
    else if (key === 'ArrowRight' && item.kind === 'group') foldGroup(item.vendorId, false);
    else {
      const next = nextItem(items, items.indexOf(item), key, height, labelOf);
      if (!next) return false;
      moveTo(next);
    }
    return true;
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!active) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === 'a') {
      markOnly(items.flatMap((item) => (item.kind === 'row' ? [item.accountId] : [])));
      return event.preventDefault();
    }
    if (event.key === ' ' && (control || event.shiftKey)) {
      mark(active, event.shiftKey);
      return event.preventDefault();
    }
    if (control || event.altKey) return;
    if (event.key === 'Escape' && useNavigation.getState().marked.size > 0) return markOnly([]);
    if (press(active, event)) event.preventDefault();
  }

  return { active, menuItem, mark, choose, openMenu, closeMenu, onKeyDown };
}

/** Enter does what is next for a row: signs in, answers the prompt, or goes to the page. */
function enter(item: ListItem, choose: (item: ListItem) => void): void {
  if (item.kind === 'group') {
    choose(item);
    return;
  }
  const session = item.sessionId ? getApp().sessions[item.sessionId] : undefined;
  showAccount(item.accountId, item.sessionId);
  if (!session) void signIn(item.accountId);
  else if (session.state === 'waiting') showPrompts();
  else document.getElementById('main-pane')?.focus();
}

const labelOf = (item: ListItem): string =>
  item.kind === 'row' ? (getApp().accounts[item.accountId]?.label ?? '') : item.title;
