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

/** The head of a vendor's accounts; folds them. */
export function AccountGroup({ item, index, active, onToggle }: Props) {
  const Arrow = item.folded ? ChevronRight : ChevronDown;
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
      onClick={() => onToggle(item)}
      onKeyDown={undefined}
    >
      <div role="gridcell" className={style.groupCell}>
        <span className={style.groupTitle}>{sanitizeText(item.title, 60)}</span>
        <Arrow size={12} strokeWidth={2} aria-hidden className={style.groupArrow} />
        <span className={style.groupCount}>
          {item.active > 0 ? `${item.active} active` : item.folded ? item.accounts : ''}
        </span>
      </div>
    </div>
  );
}
