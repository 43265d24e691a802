// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual table are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus; a header that sorts holds a button
import { ArrowDown, ArrowUp } from 'lucide-react';
import type { RefObject } from 'react';
import { RowMenu } from '../sessions/row-menu.tsx';
import { useSession } from '../state/store.ts';
import { Boundary } from '../ui/boundary.tsx';
import { useVisibleRows } from '../ui/use-visible-rows.ts';
import style from './live.module.css';
import { FailedLiveRow, LiveGroup, LiveRow, liveRowId } from './live-row.tsx';
import type { LiveItem, SortColumn } from './live-rows.ts';
import { sortBy, useLiveView } from './live-view.ts';
import { useLiveControl } from './use-live-control.ts';

/** px under the last row. */
const foot = 6;

const heads: readonly { title: string; sorts?: SortColumn; place?: string | undefined }[] = [
  { title: 'Account', sorts: 'account' },
  { title: 'Realm', sorts: 'realm', place: style.realmCell },
  { title: 'Open since', sorts: 'since' },
  { title: 'Ends', sorts: 'ends' },
  { title: 'Life', place: style.lifeCell },
  { title: 'Seen alive', sorts: 'seen', place: style.seen },
];

interface Props {
  items: readonly LiveItem[];
  filter: RefObject<HTMLInputElement | null>;
}

/** Every session, a row each. Draws only the rows in sight; arrows, Space, Enter, Delete and Shift F10 work on it. */
export function LiveTable({ items, filter }: Props) {
  const marked = useLiveView((view) => view.marked);
  const last = items.at(-1);
  const bottom = last ? last.top + last.height : 0;
  const { scroller, onScroll, height, reveal, first, end } = useVisibleRows<HTMLDivElement>({
    count: items.length,
    topOf: (index) => items[index]?.top ?? bottom,
    spare: 6,
  });
  const control = useLiveControl({ items, scroller, height, reveal, filter });
  const { active, menuItem, choose, mark, openMenu } = control;
  const menuAccount = useSession(menuItem?.sessionId)?.accountId;
  const visible = items.slice(first, end);
  return (
    <div className={style.card}>
      <div
        ref={scroller}
        id="live-table"
        role="treegrid"
        aria-label="Live sessions"
        aria-multiselectable
        aria-rowcount={items.length + 1}
        aria-activedescendant={active && visible.includes(active) ? liveRowId(active.key) : undefined}
        tabIndex={0}
        className={style.table}
        onScroll={onScroll}
        onKeyDown={control.onKeyDown}
      >
        <div role="rowgroup" className={style.head}>
          <div role="row" aria-rowindex={1} className={style.headRow}>
            <span role="columnheader">
              <span className="screen-reader-only">Selected</span>
            </span>
            {heads.map(({ title, sorts, place }) => (
              <Head key={title} title={title} sorts={sorts} place={place} />
            ))}
            <span role="columnheader" className={style.actionsCell}>
              <span className="screen-reader-only">Actions</span>
            </span>
          </div>
        </div>
        <div role="rowgroup" className={style.rows} style={{ height: bottom + foot }}>
          {visible.map((item, at) =>
            item.kind === 'group' ? (
              <LiveGroup
                key={item.key}
                item={item}
                index={first + at}
                active={item === active}
                onChoose={choose}
              />
            ) : (
              <Boundary
                key={item.key}
                what="This session"
                renewOn={item}
                instead={({ message }) => <FailedLiveRow item={item} index={first + at} message={message} />}
              >
                <LiveRow
                  item={item}
                  index={first + at}
                  active={item === active}
                  marked={marked.has(item.sessionId)}
                  onChoose={choose}
                  onMark={mark}
                  onMenu={openMenu}
                />
              </Boundary>
            ),
          )}
        </div>
      </div>
      {menuItem && (
        <RowMenu
          key={menuItem.key}
          accountId={menuAccount}
          sessionId={menuItem.sessionId}
          rowId={liveRowId(menuItem.key)}
          onClose={control.closeMenu}
        />
      )}
    </div>
  );
}

function Head({
  title,
  sorts,
  place,
}: {
  title: string;
  sorts?: SortColumn | undefined;
  place?: string | undefined;
}) {
  const sort = useLiveView((view) => view.sort);
  const sorted = sorts !== undefined && sort.column === sorts;
  const Arrow = sort.descending ? ArrowDown : ArrowUp;
  return (
    <span
      role="columnheader"
      className={place}
      {...(sorted ? { 'aria-sort': sort.descending ? ('descending' as const) : ('ascending' as const) } : {})}
    >
      {sorts ? (
        <button type="button" className={style.sort} onClick={() => sortBy(sorts)}>
          {title}
          {sorted && <Arrow size={12} strokeWidth={2} aria-hidden />}
        </button>
      ) : (
        title
      )}
    </span>
  );
}
