import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { signIn } from '../sessions/session-actions.ts';
import {
  foldRows,
  markOnly,
  showAccount,
  showPrompts,
  toggleMark,
  useNavigation,
} from '../state/navigation.ts';
import { getApp } from '../state/store.ts';
import { moveBy } from './arrange.ts';
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
  /** Where a selection with Shift begins. */
  const anchor = useRef<string | null>(null);
  const latest = useRef({ items, isSelected });
  latest.current = { items, isSelected };
  const atKey = items.find((item) => item.key === activeKey);
  const selected = atKey && isSelected(atKey) ? atKey : items.find(isSelected);
  const active = atKey ?? selected ?? items[0];

  useKeptInSight(scroller, selected, () => selected && reveal(items.indexOf(selected)));

  const focus = useCallback(() => scroller.current?.focus({ preventScroll: true }), [scroller]);

  /** Marks every account from where the selection began up to this row. */
  const markUpTo = useCallback((item: ListItem) => {
    const list = latest.current.items;
    const from = list.findIndex(({ key }) => key === anchor.current);
    const to = list.indexOf(item);
    if (from < 0) anchor.current = item.key;
    const between = from < 0 ? [item] : list.slice(Math.min(from, to), Math.max(from, to) + 1);
    markOnly(between.flatMap((one) => (one.kind === 'row' ? [one.accountId] : [])));
  }, []);

  /** Ctrl marks one account more or less, Shift all up to here; the row that was chosen before is the first of what is gathered. */
  const mark = useCallback(
    (item: ListItem, range: boolean) => {
      const list = latest.current.items;
      const chosen = list.find(({ key }) => key === anchor.current) ?? list.find(latest.current.isSelected);
      setActiveKey(item.key);
      focus();
      if (item.kind !== 'row') return;
      if (range) {
        anchor.current = chosen?.key ?? item.key;
        return markUpTo(item);
      }
      if (useNavigation.getState().marked.size === 0 && chosen?.kind === 'row' && chosen !== item)
        markOnly([chosen.accountId]);
      anchor.current = item.key;
      toggleMark(item.accountId);
    },
    [focus, markUpTo],
  );

  const choose = useCallback(
    (item: ListItem) => {
      setActiveKey(item.key);
      anchor.current = item.key;
      focus();
      if (item.kind === 'row') showAccount(item.accountId, item.sessionId);
      else foldRows(item.key, !item.folded);
    },
    [focus],
  );

  const fold = useCallback((item: RowItem) => foldRows(item.key, !item.folded), []);

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
    anchor.current = item.key;
    if (item.kind === 'row') showAccount(item.accountId, item.sessionId);
    reveal(items.indexOf(item));
  }

  /** Returns whether the key means something here. */
  function press(item: ListItem, { key, shiftKey }: KeyboardEvent): boolean {
    if (key === 'Enter') enter(item, choose);
    else if (key === ' ') choose(item);
    else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) openMenu(item);
    else {
      const next = folds(items, item, key) ?? nextItem(items, items.indexOf(item), key, height, labelOf);
      if (!next) return false;
      if (next !== item) moveTo(next);
    }
    return true;
  }

  /** Shift and an arrow: the next row is marked, too; the page stays. */
  function markOn(item: ListItem, key: string) {
    const next = nextItem(items, items.indexOf(item), key, height, labelOf);
    if (!next) return;
    anchor.current ??= item.key;
    setActiveKey(next.key);
    reveal(items.indexOf(next));
    markUpTo(next);
  }

  /** Alt and an arrow: the account changes places with the next one of its group. */
  function moveActive(item: RowItem, by: 1 | -1) {
    const { filter, tag } = useNavigation.getState();
    moveBy(items, item, by, filter !== '' || tag !== null);
    setActiveKey(`${item.group} ${item.accountId}`);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (!active) return;
    const control = event.ctrlKey || event.metaKey;
    const isArrow = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    if (control && event.key.toLowerCase() === 'a') {
      markOnly(items.flatMap((item) => (item.kind === 'row' ? [item.accountId] : [])));
      return event.preventDefault();
    }
    if (event.key === ' ' && (control || event.shiftKey)) {
      mark(active, event.shiftKey);
      return event.preventDefault();
    }
    if (event.altKey && !control && isArrow && active.kind === 'row') {
      moveActive(active, event.key === 'ArrowDown' ? 1 : -1);
      return event.preventDefault();
    }
    if (control || event.altKey) return;
    if (event.shiftKey && isArrow) {
      markOn(active, event.key);
      return event.preventDefault();
    }
    if (event.key === 'Escape' && useNavigation.getState().marked.size > 0) return markOnly([]);
    if (press(active, event)) event.preventDefault();
  }

  return { active, menuItem, mark, choose, fold, openMenu, closeMenu, onKeyDown };
}

/** Scrolls to the selected row when another one is selected, or when rows that came over it have pushed it out of sight. */
function useKeptInSight(
  scroller: RefObject<HTMLElement | null>,
  selected: ListItem | undefined,
  reveal: () => void,
): void {
  const last = useRef<{ key: string | undefined; wasSeen: boolean }>({ key: undefined, wasSeen: false });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const isSeen = () =>
      selected !== undefined &&
      selected.top >= element.scrollTop &&
      selected.top + selected.height <= element.scrollTop + element.clientHeight;
    if (selected && (selected.key !== last.current.key || last.current.wasSeen)) reveal();
    last.current = { key: selected?.key, wasSeen: isSeen() };
    const look = () => {
      last.current.wasSeen = isSeen();
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  });
}

/**
 * Left and Right fold and unfold what a row holds, and lead from a session to its account and back. Returns the item
 * that has the cursor then; undefined where the key means something else.
 */
function folds(items: readonly ListItem[], item: ListItem, key: string): ListItem | undefined {
  const holds = item.kind === 'group' || item.sessionIds.length > 0;
  if (key === 'ArrowRight') {
    if (holds && item.folded) foldRows(item.key, false);
    else if (holds) return items[items.indexOf(item) + 1];
    return item;
  }
  if (key !== 'ArrowLeft') return undefined;
  if (holds && !item.folded) {
    foldRows(item.key, true);
    return item;
  }
  if (item.kind === 'row' && item.nested)
    return items.slice(0, items.indexOf(item)).findLast((one) => one.kind === 'row' && !one.nested);
  return undefined;
}

/** Enter does what is next for a row: signs in, answers the prompt, or goes to the page. */
function enter(item: ListItem, choose: (item: ListItem) => void): void {
  if (item.kind === 'group') {
    choose(item);
    return;
  }
  const session = item.sessionId ? getApp().sessions[item.sessionId] : undefined;
  showAccount(item.accountId, item.sessionId);
  if (item.sessionIds.length === 0 && !session) void signIn(item.accountId);
  else if (session?.state === 'waiting') showPrompts();
  else document.getElementById('main-pane')?.focus();
}

const labelOf = (item: ListItem): string =>
  item.kind === 'row' && !item.nested ? (getApp().accounts[item.accountId]?.label ?? '') : '';
