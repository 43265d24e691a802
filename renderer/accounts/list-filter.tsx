import { ArrowDownAZ, Bookmark, Group, Plus, SlidersHorizontal, Tag, X } from 'lucide-react';
import { goTo, openDialog, setFilter, setTag, useNavigation } from '../state/navigation.ts';
import { changeSidebar, sidebarNow } from '../state/sidebar.ts';
import { useApp } from '../state/store.ts';
import type { Sidebar } from '../state/types.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { downTo, SearchField } from '../ui/search-field.tsx';
import style from './account-list.module.css';

const toList = () => document.getElementById('account-list')?.focus();

const groupings: Record<Sidebar['grouping'], string> = {
  vendor: 'Group by vendor',
  realm: 'Group by realm',
  tag: 'Group by tag',
  shift: 'Group by shift',
};

interface Props {
  /** Enter in the filter. */
  onEnter(): void;
}

/** Over the list: the filter, how the list is arranged, the way to one account more, and the filters that are saved. */
export function ListFilter({ onEnter }: Props) {
  const filter = useNavigation((state) => state.filter);
  const tag = useNavigation((state) => state.tag);
  return (
    <div className={style.filters} id="account-filter">
      <div className={style.filter}>
        <SearchField
          label={tag ? `Filter in “${sanitizeText(tag, 20)}”` : 'Filter'}
          value={filter}
          onChange={setFilter}
          onKeyDown={downTo(toList)}
          onSubmit={onEnter}
        />
        <ArrangeMenu />
        <IconButton icon={Plus} label="Add account (Ctrl N)" onPress={() => goTo({ at: 'add-account' })} />
      </div>
      <SavedFilters />
    </div>
  );
}

const chosen = (is: boolean) => (is ? { keys: '✓' } : {});

/** How the list is grouped and ordered, and which tag is shown. */
function ArrangeMenu() {
  const tag = useNavigation((state) => state.tag);
  const isFiltered = useNavigation((state) => state.tag !== null || state.filter.trim() !== '');
  const grouping = useApp((app) => app.sidebar.grouping);
  const isMoved = useApp((app) => app.sidebar.order.length > 0);
  const accounts = useApp((app) => app.accounts);
  const entries = (): MenuEntry[] => {
    const tags = [...new Set(Object.values(accounts).flatMap((account) => account.tags))].toSorted();
    return [
      ...Object.entries(groupings).map(
        ([value, label]): MenuEntry => ({
          kind: 'action',
          id: `group ${value}`,
          label,
          icon: Group,
          ...chosen(value === grouping),
          run: () => void changeSidebar({ grouping: value as Sidebar['grouping'] }),
        }),
      ),
      { kind: 'separator' },
      {
        kind: 'action',
        id: 'by name',
        label: 'Order by name again',
        icon: ArrowDownAZ,
        disabled: !isMoved,
        run: () => void changeSidebar({ order: [] }),
      },
      {
        kind: 'action',
        id: 'save',
        label: 'Save this filter…',
        icon: Bookmark,
        disabled: !isFiltered,
        run: () => openDialog({ what: 'save-filter' }),
      },
      ...(tags.length > 0 ? [{ kind: 'separator' } as const] : []),
      ...tags.map(
        (name): MenuEntry => ({
          kind: 'action',
          id: `tag ${name}`,
          label: sanitizeText(name),
          icon: Tag,
          ...chosen(name === tag),
          run: () => setTag(name === tag ? null : name),
        }),
      ),
    ];
  };
  return (
    <Menu label="Arrange the accounts" entries={entries}>
      <IconButton
        icon={SlidersHorizontal}
        label={tag ? `Arrange, tag ${sanitizeText(tag, 30)}` : 'Arrange'}
        variant={tag ? 'plain' : 'quiet'}
      />
    </Menu>
  );
}

/** The filters that are saved: one is put in the field at a press, and taken out at the next. */
function SavedFilters() {
  const filters = useApp((app) => app.sidebar.filters);
  const filter = useNavigation((state) => state.filter);
  const tag = useNavigation((state) => state.tag);
  if (filters.length === 0) return null;
  const isOn = (one: Sidebar['filters'][number]) => one.text === filter.trim() && one.tag === tag;
  const shown = filters.find(isOn);
  return (
    <fieldset className={style.saved} aria-label="Saved filters">
      {filters.map((one) => {
        const name = sanitizeText(one.name, 40);
        return (
          <button
            key={one.name}
            type="button"
            className={style.savedFilter}
            aria-pressed={one === shown}
            title={name}
            onClick={() => {
              setFilter(one === shown ? '' : one.text);
              setTag(one === shown ? null : one.tag);
            }}
          >
            <bdi>{name}</bdi>
          </button>
        );
      })}
      {shown && (
        <IconButton
          icon={X}
          size="small"
          label={`Remove the saved filter ${sanitizeText(shown.name, 40)}`}
          onPress={() => {
            void changeSidebar({ filters: sidebarNow().filters.filter(({ name }) => name !== shown.name) });
            setFilter('');
            setTag(null);
          }}
        />
      )}
    </fieldset>
  );
}
