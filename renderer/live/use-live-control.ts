import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react';
import { getApp } from '../state/store.ts';
import { listStep } from '../ui/list-step.ts';
import { openConsole, showSession, signOutOf, switchRealm } from './live-actions.ts';
import { type LiveItem, type RowItem, rowHeight } from './live-rows.ts';
import { foldLiveGroup, markSessions, setActive, toggleSession, useLiveView } from './live-view.ts';

interface Options {
  items: readonly LiveItem[];
  scroller: RefObject<HTMLElement | null>;
  /** px of the table that can be seen. */
  height: number;
  reveal(index: number): void;
  /** The field that what is typed in the table goes to. */
  filter: RefObject<HTMLInputElement | null>;
}

/** What mouse and keys do in Live; the handlers stay the same, so that only rows that change are drawn. */
export function useLiveControl({ items, scroller, height, reveal, filter }: Options) {
  const activeKey = useLiveView((view) => view.active);
  const [menuItem, setMenuItem] = useState<RowItem | null>(null);
  const anchor = useRef<string | null>(null);
  const latest = useRef(items);
  latest.current = items;
  const active = items.find(({ key }) => key === activeKey) ?? items.find(isRow) ?? items[0];

  const focus = useCallback(() => scroller.current?.focus({ preventScroll: true }), [scroller]);

  /** Marks all rows from the anchor to this one. */
  const markTo = useCallback((item: LiveItem) => {
    const list = latest.current;
    const to = list.indexOf(item);
    const found = list.findIndex(({ key }) => key === anchor.current);
    const from = found < 0 ? to : found;
    anchor.current = list[from]?.key ?? null;
    markSessions(sessionsOf(list.slice(Math.min(from, to), Math.max(from, to) + 1)));
  }, []);

  const mark = useCallback(
    (item: LiveItem, range: boolean) => {
      setActive(item.key);
      focus();
      if (range) return markTo(item);
      anchor.current = item.key;
      if (item.kind === 'row') toggleSession(item.sessionId);
    },
    [focus, markTo],
  );

  const choose = useCallback(
    (item: LiveItem) => {
      setActive(item.key);
      anchor.current = item.key;
      focus();
      if (item.kind === 'group') foldLiveGroup(item.group, !item.folded);
    },
    [focus],
  );

  const openMenu = useCallback((item: LiveItem) => {
    setActive(item.key);
    if (item.kind === 'row') setMenuItem(item);
  }, []);

  const closeMenu = useCallback(() => {
    setMenuItem(null);
    focus();
  }, [focus]);

  function moveTo(item: LiveItem, range: boolean) {
    if (range) {
      anchor.current ??= active?.key ?? null;
      markTo(item);
    } else anchor.current = item.key;
    setActive(item.key);
    reveal(items.indexOf(item));
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || !active) return;
    const control = event.ctrlKey || event.metaKey;
    if (press(event, active, control)) event.preventDefault();
    // The letter itself lands in the field, as that has the focus when it is typed.
    else if (!control && !event.altKey && event.key.length === 1 && event.key !== '?')
      filter.current?.focus();
  }

  /** Returns whether the key means something here. */
  function press(event: KeyboardEvent, item: LiveItem, control: boolean): boolean {
    const { key, shiftKey, altKey } = event;
    if (control && key.toLowerCase() === 'a') markSessions(sessionsOf(items));
    else if (key === ' ') mark(item, shiftKey);
    else if (key === 'ContextMenu' || (key === 'F10' && shiftKey)) openMenu(item);
    else if (key === 'Escape') return clear();
    else if (item.kind === 'row' && byKey(item.sessionId, key, { control, altKey })) return true;
    else if (control || altKey) return false;
    else if (item.kind === 'group' && (key === 'Enter' || key === 'ArrowLeft' || key === 'ArrowRight'))
      foldLiveGroup(item.group, key === 'Enter' ? !item.folded : key === 'ArrowLeft');
    else {
      const next = listStep(items, items.indexOf(item), key, { viewHeight: height, rowHeight });
      if (!next) return false;
      moveTo(next, shiftKey);
    }
    return true;
  }

  return { active, menuItem, mark, choose, openMenu, closeMenu, onKeyDown };
}

const isRow = (item: LiveItem): item is RowItem => item.kind === 'row';

const sessionsOf = (items: readonly LiveItem[]): string[] =>
  items.filter(isRow).map(({ sessionId }) => sessionId);

function clear(): boolean {
  if (useLiveView.getState().marked.size === 0) return false;
  markSessions([]);
  return true;
}

/** What a key does with one session, or with all that are marked; returns whether it means anything. */
function byKey(id: string, key: string, { control, altKey }: { control: boolean; altKey: boolean }): boolean {
  const session = getApp().sessions[id];
  if (!session) return false;
  if (key === 'Enter' && altKey) openConsole(session);
  else if (control && key.toLowerCase() === 'e') switchRealm(session);
  else if (control || altKey) return false;
  else if (key === 'Enter') showSession(session);
  else if (key === 'Delete') {
    const { marked } = useLiveView.getState();
    signOutOf(marked.size > 0 ? marked : [id]);
  } else return false;
  return true;
}
