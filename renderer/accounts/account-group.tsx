// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its row by aria-activedescendant
import { ChevronDown, ChevronRight } from 'lucide-react';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './account-list.module.css';
import { rowId } from './account-row.tsx';
import type { GroupItem, ListItem } from './list-items.ts';

interface Props {
  item: GroupItem;
  index: number;
  active: boolean;
  onToggle(item: ListItem): void;
}

/** The head of a group of accounts: what they have in common and how many are signed in; folds them. */
export function AccountGroup({ item, index, active, onToggle }: Props) {
  const Arrow = item.folded ? ChevronRight : ChevronDown;
  const title = sanitizeText(item.title, 60);
  return (
    <div
      role="row"
      id={rowId(item.key)}
      aria-level={1}
      aria-rowindex={index + 1}
      aria-expanded={!item.folded}
      tabIndex={-1}
      className={`${style.group} ${active ? style.active : ''}`}
      style={{ transform: `translateY(${item.top}px)` }}
      title={title}
      onClick={() => onToggle(item)}
      onKeyDown={undefined}
    >
      <div role="gridcell" className={style.groupCell}>
        <bdi className={style.groupTitle}>{title}</bdi>
        <Arrow size={12} strokeWidth={2} aria-hidden className={style.groupArrow} />
        <span className={style.groupCount}>
          {item.active > 0 ? `${item.active} of ${item.accounts}` : item.accounts}
          <span className="screen-reader-only">{item.active > 0 ? ' active' : ' accounts'}</span>
        </span>
      </div>
    </div>
  );
}
