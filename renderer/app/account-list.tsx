// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its row by aria-activedescendant
import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { rowEntries, signIn } from '../sessions/actions.ts';
import { chosenSession } from '../sessions/chosen-session.ts';
import { SelectionBar } from '../shifts/selection-bar.tsx';
import { ShiftList } from '../shifts/shift-list.tsx';
import {
  foldGroup,
  markOnly,
  showAccount,
  showPrompts,
  toggleMark,
  useNavigation,
} from '../state/navigation.ts';
import { theApp, useApp } from '../state/store.ts';
import { Boundary } from '../ui/boundary.tsx';
import { ContextMenu } from '../ui/menu.tsx';
import { plain } from '../ui/plain.ts';
import { AccountGroup } from './account-group.tsx';
import style from './account-list.module.css';
import { AccountRow, FailedRow, rowId } from './account-row.tsx';
import { ListFilter } from './list-filter.tsx';
import { step } from './list-keys.ts';
import { inSight, type ListItem, listItems } from './rows.ts';

/** Left: every account by vendor. Draws only the rows in sight; arrows, letters, Enter and Shift+F10 work on it. */
export function AccountList() {
  const vendors = useApp((app) => app.vendors);
  const accounts = useApp((app) => app.accounts);
  const sessions = useApp((app) => app.sessions);
  const filter = useNavigation((state) => state.filter);
  const tag = useNavigation((state) => state.tag);
  const folded = useNavigation((state) => state.folded);
  const place = useNavigation((state) => state.place);
  const items = useMemo(
    () => listItems({ vendors, accounts, sessions, filter, tag, folded }),
    [vendors, accounts, sessions, filter, tag, folded],
  );

  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 900 });
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const marked = useNavigation((state) => state.marked);
  const [menu, setMenu] = useState<ListItem | null>(null);
  const menuAt = useRef<HTMLElement | null>(null);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setView({ top: element.scrollTop, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const shown =
    'sessionId' in place
      ? (chosenSession({ sessions }, place.accountId, place.sessionId) ?? {
          id: null,
          accountId: place.accountId,
        })
      : null;
  const isSelected = (item: ListItem): boolean =>
    item.kind === 'row' &&
    item.accountId === shown?.accountId &&
    (item.sessionId === null || item.sessionId === shown.id);

  const visible = inSight(items, view.top, view.height);
  const first = items.indexOf(visible[0] as ListItem);
  const activeItem = items.find((item) => item.key === activeKey) ?? items.find(isSelected) ?? items[0];

  const lastMarked = useRef<string | null>(null);
  const latestItems = useRef(items);
  latestItems.current = items;

  /** Ctrl marks one account more or less, Shift all up to here. */
  const mark = useCallback((item: ListItem, range: boolean) => {
    setActiveKey(item.key);
    scroller.current?.focus({ preventScroll: true });
    if (item.kind !== 'row') return;
    const list = latestItems.current;
    const from = list.findIndex(({ key }) => key === lastMarked.current);
    if (range && from >= 0) {
      const to = list.indexOf(item);
      const between = list.slice(Math.min(from, to), Math.max(from, to) + 1);
      markOnly(between.flatMap((one) => (one.kind === 'row' ? [one.accountId] : [])));
    } else {
      lastMarked.current = item.key;
      toggleMark(item.accountId);
    }
  }, []);

  const choose = useCallback((item: ListItem) => {
    setActiveKey(item.key);
    lastMarked.current = item.key;
    scroller.current?.focus({ preventScroll: true });
    if (item.kind === 'row') showAccount(item.accountId, item.sessionId);
    else foldGroup(item.vendorId, !item.folded);
  }, []);

  const openMenu = useCallback((item: ListItem) => {
    setActiveKey(item.key);
    if (item.kind !== 'row') return;
    menuAt.current = document.getElementById(rowId(item.key));
    setMenu(item);
  }, []);

  function moveTo(item: ListItem | undefined) {
    if (!item) return;
    setActiveKey(item.key);
    if (item.kind === 'row') showAccount(item.accountId, item.sessionId);
    const element = scroller.current;
    if (!element) return;
    if (item.top < element.scrollTop) element.scrollTop = item.top;
    else if (item.top + item.height > element.scrollTop + element.clientHeight)
      element.scrollTop = item.top + item.height - element.clientHeight;
  }

  function enter(item: ListItem) {
    if (item.kind === 'group') return choose(item);
    const session = item.sessionId ? theApp().sessions[item.sessionId] : undefined;
    showAccount(item.accountId, item.sessionId);
    if (!session) void signIn(item.accountId);
    else if (session.state === 'waiting') showPrompts();
    else document.getElementById('middle')?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (activeItem && event.key === ' ' && (event.ctrlKey || event.metaKey || event.shiftKey)) {
      mark(activeItem, event.shiftKey);
      return event.preventDefault();
    }
    if (!activeItem || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && marked.size > 0) return markOnly([]);
    const labelOf = (item: ListItem) =>
      item.kind === 'row' ? (accounts[item.accountId]?.label ?? '') : item.title;
    if (event.key === 'Enter') enter(activeItem);
    else if (event.key === ' ') choose(activeItem);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(activeItem);
    else if (event.key === 'ArrowLeft' && activeItem.kind === 'group') foldGroup(activeItem.vendorId, true);
    else if (event.key === 'ArrowRight' && activeItem.kind === 'group') foldGroup(activeItem.vendorId, false);
    else {
      const next = step(items, items.indexOf(activeItem), event.key, view.height, labelOf);
      if (next === undefined) return;
      moveTo(next);
    }
    event.preventDefault();
  }

  const menuAccount = menu?.kind === 'row' ? accounts[menu.accountId] : undefined;
  const last = items.at(-1);
  const activeInSight = activeItem && visible.includes(activeItem);
  return (
    <aside className={style.side} aria-label="Accounts">
      <ListFilter />
      <ShiftList />
      <div
        ref={scroller}
        role="treegrid"
        aria-label="Accounts by vendor"
        aria-multiselectable
        aria-rowcount={items.length}
        aria-activedescendant={activeInSight ? rowId(activeItem.key) : undefined}
        tabIndex={0}
        className={style.list}
        onScroll={(event) =>
          setView({ top: event.currentTarget.scrollTop, height: event.currentTarget.clientHeight })
        }
        onKeyDown={onKeyDown}
      >
        {items.length > 0 && (
          <div
            role="rowgroup"
            className={style.rows}
            style={{ height: last ? last.top + last.height + 8 : 0 }}
          >
            {visible.map((item, at) =>
              item.kind === 'group' ? (
                <AccountGroup
                  key={item.key}
                  item={item}
                  index={first + at}
                  active={item === activeItem}
                  onToggle={choose}
                />
              ) : (
                <Boundary
                  key={item.key}
                  what="This account"
                  renewOn={item}
                  instead={({ message }) => (
                    <FailedRow item={item} index={first + at} message={message} onChoose={choose} />
                  )}
                >
                  <AccountRow
                    item={item}
                    index={first + at}
                    selected={isSelected(item)}
                    active={item === activeItem}
                    marked={item.kind === 'row' && marked.has(item.accountId)}
                    onChoose={choose}
                    onMark={mark}
                    onMenu={openMenu}
                  />
                </Boundary>
              ),
            )}
          </div>
        )}
      </div>
      {items.length === 0 && <p className={style.none}>No account matches.</p>}
      <SelectionBar />
      {menu?.kind === 'row' && menuAccount && (
        <ContextMenu
          at={menuAt}
          label={`Actions for ${plain(menuAccount.label, 60)}`}
          entries={rowEntries(
            menuAccount,
            menu.sessionId ? sessions[menu.sessionId] : undefined,
            vendors.find((vendor) => vendor.id === menuAccount.vendor),
          )}
          onClose={() => {
            setMenu(null);
            scroller.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </aside>
  );
}
