import { Plus, Tag } from 'lucide-react';
import { useMemo } from 'react';
import { goTo, setFilter, setTag, useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { downTo, SearchField } from '../ui/search-field.tsx';
import style from './account-list.module.css';

const toList = () => document.getElementById('account-list')?.focus();

interface Props {
  /** Enter in the filter. */
  onEnter(): void;
}

/** Over the list: a name filter, a tag filter, and the way to one account more. */
export function ListFilter({ onEnter }: Props) {
  const filter = useNavigation((state) => state.filter);
  const tag = useNavigation((state) => state.tag);
  const accounts = useApp((app) => app.accounts);
  const tags = useMemo(
    () => [...new Set(Object.values(accounts).flatMap((account) => account.tags))].toSorted(),
    [accounts],
  );
  return (
    <div className={style.filter} id="account-filter">
      <SearchField
        label={tag ? `Filter in “${sanitizeText(tag, 20)}”` : 'Filter'}
        value={filter}
        onChange={setFilter}
        onKeyDown={downTo(toList)}
        onSubmit={onEnter}
      />
      {tags.length > 0 && (
        <Menu
          label="Filter by tag"
          entries={[
            ...tags.map((name) => ({
              kind: 'action' as const,
              id: name,
              label: name === tag ? `${sanitizeText(name)} (shown now)` : sanitizeText(name),
              icon: Tag,
              run: () => setTag(name === tag ? null : name),
            })),
            { kind: 'separator' },
            {
              kind: 'action',
              id: ' all',
              label: 'All tags',
              disabled: tag === null,
              run: () => setTag(null),
            },
          ]}
        >
          <IconButton
            icon={Tag}
            label={tag ? `Tag: ${sanitizeText(tag, 30)}` : 'Filter by tag'}
            variant={tag ? 'plain' : 'quiet'}
          />
        </Menu>
      )}
      <IconButton icon={Plus} label="Add account (Ctrl N)" onPress={() => goTo({ at: 'add-account' })} />
    </div>
  );
}
