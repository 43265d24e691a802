import { type DragEvent, type RefObject, useCallback, useRef, useState } from 'react';
import { useNavigation } from '../state/navigation.ts';
import { canDrop, moveAccount, type Spot } from './arrange.ts';
import type { ListItem, RowItem } from './list-items.ts';

interface Drop extends Spot {
  /** px from the top of the list: where the line is drawn. */
  top: number;
}

/** Accounts are dragged within their group, into what is pinned and out of it; a line shows where one goes. */
export function useRowDrag(items: readonly ListItem[], scroller: RefObject<HTMLElement | null>) {
  const dragged = useRef<RowItem | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);

  const onDragStart = useCallback((item: RowItem, event: DragEvent) => {
    dragged.current = item;
    event.dataTransfer.effectAllowed = 'move';
    // Nothing of the account leaves with it: the text of a drag can be dropped into other programs.
    event.dataTransfer.setData('text/x-gatehouse-row', '');
  }, []);

  function end() {
    dragged.current = null;
    setDrop(null);
  }

  function onDragOver(event: DragEvent) {
    const { current } = scroller;
    const item = dragged.current;
    if (!current || !item) return;
    const y = event.clientY - current.getBoundingClientRect().top + current.scrollTop;
    const next = dropAt(items, y);
    if (!next || !canDrop(item.group, next.group)) return setDrop(null);
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    if (next.top !== drop?.top || next.group !== drop.group) setDrop(next);
  }

  function onDrop(event: DragEvent) {
    const item = dragged.current;
    if (item && drop) {
      event.preventDefault();
      const { filter, tag } = useNavigation.getState();
      moveAccount(items, item.accountId, item.group, drop, filter !== '' || tag !== null);
    }
    end();
  }

  return {
    onDragStart,
    lineAt: drop?.top ?? null,
    handlers: { onDragOver, onDrop, onDragEnd: end, onDragLeave: () => setDrop(null) },
  };
}

/** Returns the place among accounts that is nearest to `y`, in px from the top of the list; sessions stay with their account. */
export function dropAt(items: readonly ListItem[], y: number): Drop | undefined {
  let drop: Drop | undefined;
  let index = 0;
  for (const item of items) {
    if (item.kind === 'group') {
      if (drop && y < item.top + item.height / 2) break;
      index = 0;
      drop = { group: item.group, index, top: item.top + item.height };
      continue;
    }
    const bottom = item.top + item.height;
    if (!item.nested) {
      if (y < item.top + item.height / 2) break;
      index += 1;
    }
    drop = { group: item.group, index, top: bottom };
  }
  return drop;
}
