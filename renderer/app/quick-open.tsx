import { Search } from 'lucide-react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { useApp } from '../state/store.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { findEntries, type QuickEntry, quickEntries } from './quick-entries.ts';
import style from './quick-open.module.css';

/** Ctrl K: type, arrow, Enter. */
export function QuickOpen({ onClose }: { onClose(): void }) {
  const app = useApp((state) => state);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const entries = useMemo(() => quickEntries(app), [app]);
  const found = useMemo(() => findEntries(entries, query), [entries, query]);
  const chosen = found[Math.min(at, found.length - 1)];

  function run(entry: QuickEntry | undefined) {
    if (!entry) return;
    onClose();
    entry.run();
  }

  function move(to: number) {
    const next = (to + found.length) % found.length;
    setAt(next);
    document.getElementById(`quick-${String(next)}`)?.scrollIntoView({ block: 'nearest' });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' && found.length > 0) move(found.indexOf(chosen as QuickEntry) + 1);
    else if (event.key === 'ArrowUp' && found.length > 0) move(found.indexOf(chosen as QuickEntry) - 1);
    else if (event.key === 'Enter') run(chosen);
    else return;
    event.preventDefault();
  }

  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => !open && onClose()}
      className={style.scrim ?? ''}
    >
      <Modal className={style.modal ?? ''}>
        <AriaDialog aria-label="Quick open" className={style.dialog ?? ''}>
          <div className={style.field}>
            <Search size={16} strokeWidth={1.75} aria-hidden />
            <input
              // biome-ignore lint/a11y/noAutofocus: the dialog is this field
              autoFocus
              className={style.input}
              role="combobox"
              aria-label="Find accounts, realms, people, actions"
              aria-expanded={found.length > 0}
              aria-controls="quick-list"
              aria-activedescendant={chosen ? `quick-${String(found.indexOf(chosen))}` : undefined}
              aria-autocomplete="list"
              placeholder="Find accounts, realms, people, actions"
              spellCheck={false}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          {found.length === 0 ? (
            <p className={style.none} role="status">
              Nothing has these words.
            </p>
          ) : (
            <div id="quick-list" role="listbox" aria-label="Found" className={style.list}>
              {found.map((entry, index) => (
                <Entry
                  key={entry.id}
                  entry={entry}
                  index={index}
                  chosen={entry === chosen}
                  onRun={run}
                  onPoint={setAt}
                />
              ))}
            </div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

type EntryProps = {
  entry: QuickEntry;
  index: number;
  chosen: boolean;
  onRun(entry: QuickEntry): void;
  onPoint(index: number): void;
};

function Entry({ entry, index, chosen, onRun, onPoint }: EntryProps) {
  const Icon = entry.icon;
  return (
    <div
      id={`quick-${String(index)}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={`${style.entry} ${chosen ? style.chosen : ''}`}
      onClick={() => onRun(entry)}
      onKeyDown={undefined}
      onPointerMove={() => onPoint(index)}
    >
      {entry.avatar ? (
        <Avatar {...entry.avatar} size={24} />
      ) : (
        Icon && (
          <span className={style.icon}>
            <Icon size={16} strokeWidth={1.75} aria-hidden />
          </span>
        )
      )}
      <span className={style.title}>{entry.title}</span>
      {entry.practice && <Badge tone="practice">Practice</Badge>}
      <span className={style.detail}>{entry.detail}</span>
    </div>
  );
}
