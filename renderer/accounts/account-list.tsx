// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its row by aria-activedescendant
import type { ReactNode } from 'react';
import { RowMenu } from '../sessions/row-menu.tsx';
import { SelectionBar } from '../shifts/selection-bar.tsx';
import { ShiftList } from '../shifts/shift-list.tsx';
import { useAnnouncement } from '../state/announce.ts';
import { useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import type { Sidebar } from '../state/types.ts';
import { Boundary } from '../ui/boundary.tsx';
import { useVisibleRows } from '../ui/use-visible-rows.ts';
import { AccountGroup } from './account-group.tsx';
import style from './account-list.module.css';
import { AccountRow, FailedRow, rowId } from './account-row.tsx';
import { ListFilter } from './list-filter.tsx';
import { pinnedGroup } from './list-items.ts';
import { useListControl } from './use-list-control.ts';
import { useListItems } from './use-list-items.ts';
import { useRowDrag } from './use-row-drag.ts';

const names: Record<Sidebar['grouping'], string> = {
  vendor: 'Accounts by vendor',
  realm: 'Accounts by realm',
  tag: 'Accounts by tag',
  shift: 'Accounts by shift',
};

/** px under the last row. */
const foot = 8;

/** Left: places, shifts, and every account with its sessions. Draws only the rows in sight; arrows, letters, Enter and Shift+F10 work on it. */
export function AccountList({ places, edge }: { places: ReactNode; edge: ReactNode }) {
  const { items, isSelected } = useListItems();
  const marked = useNavigation((state) => state.marked);
  const grouping = useApp((app) => app.sidebar.grouping);
  const said = useAnnouncement((state) => state.text);
  const last = items.at(-1);
  const bottom = last ? last.top + last.height : 0;
  const { scroller, onScroll, height, reveal, first, end } = useVisibleRows<HTMLDivElement>({
    count: items.length,
    topOf: (index) => items[index]?.top ?? bottom,
    spare: 6,
  });
  const control = useListControl({ items, isSelected, scroller, height, reveal });
  const { active, menuItem, choose, fold, mark, openMenu } = control;
  const drag = useRowDrag(items, scroller);
  const visible = items.slice(first, end);

  /** The only account that is left is the one that was looked for. */
  function takeOnly() {
    const rows = items.filter((item) => item.kind === 'row' && !item.nested);
    const [only] = rows;
    if (only && rows.length === 1) choose(only);
  }
  return (
    <aside className={style.side} aria-label="Accounts">
      {places}
      <ShiftList />
      <ListFilter onEnter={takeOnly} />
      <div
        ref={scroller}
        id="account-list"
        role="treegrid"
        aria-label={names[grouping] ?? names.vendor}
        aria-multiselectable
        aria-rowcount={items.length}
        aria-activedescendant={active && visible.includes(active) ? rowId(active.key) : undefined}
        tabIndex={0}
        className={style.list}
        onScroll={onScroll}
        onKeyDown={control.onKeyDown}
        {...drag.handlers}
      >
        {items.length > 0 && (
          <div role="rowgroup" className={style.rows} style={{ height: bottom + foot }}>
            {visible.map((item, at) =>
              item.kind === 'group' ? (
                <AccountGroup
                  key={item.key}
                  item={item}
                  index={first + at}
                  active={item === active}
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
                    active={item === active}
                    marked={marked.has(item.accountId)}
                    withVendor={grouping !== 'vendor' || item.group === pinnedGroup}
                    onChoose={choose}
                    onFold={fold}
                    onDragStart={drag.onDragStart}
                    onMark={mark}
                    onMenu={openMenu}
                  />
                </Boundary>
              ),
            )}
            {drag.lineAt !== null && (
              <div
                aria-hidden
                className={style.dropLine}
                style={{ transform: `translateY(${drag.lineAt}px)` }}
              />
            )}
          </div>
        )}
      </div>
      <p className="screen-reader-only" aria-live="polite">
        {said}
      </p>
      {items.length === 0 && <p className={style.none}>No account matches.</p>}
      <SelectionBar />
      {edge}
      {menuItem && (
        <RowMenu
          key={menuItem.key}
          accountId={menuItem.accountId}
          sessionId={menuItem.sessionId}
          rowId={rowId(menuItem.key)}
          onClose={control.closeMenu}
        />
      )}
    </aside>
  );
}
