import { Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useState } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { create } from 'zustand';
import { useNow } from '../state/clock.ts';
import { useApp } from '../state/store.ts';
import style from './command-palette.module.css';
import { findEntries } from './find-entries.ts';
import { paletteEntries } from './palette-entries.ts';
import type { CommandKeys, PaletteEntry } from './palette-entry.ts';
import { PaletteList } from './palette-list.tsx';
import { usePeopleSearch } from './use-people-search.ts';

/** Ids of the entries that were used, the latest first; as long as the window is open. */
const useRecent = create<string[]>(() => []);
const kept = 30;

/** Ctrl K: type, arrow, Enter; Ctrl Enter and Alt Enter do what the chosen line says, Tab shows all that can be done. */
export function CommandPalette({ onClose }: { onClose(): void }) {
  const app = useApp((state) => state);
  const now = useNow(60_000);
  const recent = useRecent();
  const [query, setQuery] = useState('');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [of, setOf] = useState<PaletteEntry | null>(null);
  const people = usePeopleSearch(of ? '' : query);
  const entries = useMemo(() => paletteEntries(app, now), [app, now]);
  const groups = useMemo(() => {
    const all = of ? actionsOf(of) : [...entries, ...people.entries];
    // The vendors have searched; what they found is shown whatever its words.
    const found = findEntries(
      all.filter(({ group }) => group !== 'people'),
      query,
      recent,
    );
    if (people.entries.length === 0 && people.asking === 0) return found;
    // They come later than the rest, and push nothing away from under an Enter that is on its way.
    return [...found, { group: 'people' as const, entries: [...people.entries] }];
  }, [entries, people, query, recent, of]);
  const list = groups.flatMap((group) => group.entries);
  const index = Math.max(
    0,
    list.findIndex(({ id }) => id === chosenId),
  );
  const chosen = list[index];
  // What was chosen stays so, whatever comes in or goes meanwhile.
  useEffect(() => {
    if (chosen && chosen.id !== chosenId) setChosenId(chosen.id);
  }, [chosen, chosenId]);

  function run(entry: PaletteEntry | undefined, keys: CommandKeys = 'Enter') {
    const command = entry?.commands.find((one) => one.keys === keys);
    if (!entry || !command) return;
    useRecent.setState((ids) => [entry.id, ...ids.filter((id) => id !== entry.id)].slice(0, kept), true);
    onClose();
    command.run();
  }

  function move(to: number) {
    if (list.length === 0) return;
    const next = (to + list.length) % list.length;
    setChosenId(list[next]?.id ?? null);
    document.getElementById(`palette-${String(next)}`)?.scrollIntoView({ block: 'nearest' });
  }

  function look(entry: PaletteEntry | null) {
    setOf(entry);
    setQuery('');
    setChosenId(null);
  }

  function onKeyDown(event: KeyboardEvent) {
    const control = event.ctrlKey || event.metaKey;
    if (event.key === 'ArrowDown') move(index + 1);
    else if (event.key === 'ArrowUp') move(index - 1);
    else if (event.key === 'Enter')
      run(chosen, control ? 'Ctrl Enter' : event.altKey ? 'Alt Enter' : 'Enter');
    else if (event.key === 'Tab' && !event.shiftKey && chosen?.more) look(chosen);
    else if (event.key === 'Tab') event.preventDefault();
    else if (of && (event.key === 'Escape' || (event.key === 'Backspace' && query === ''))) {
      // Back to where it came from; the next Escape closes.
      event.stopPropagation();
      look(null);
    } else return;
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
            {of && <span className={style.of}>{of.title}</span>}
            <input
              // biome-ignore lint/a11y/noAutofocus: the dialog is this field
              autoFocus
              className={style.input}
              role="combobox"
              aria-label="Find accounts, realms, people, actions"
              aria-expanded={list.length > 0}
              aria-controls="palette-list"
              aria-activedescendant={chosen ? `palette-${String(index)}` : undefined}
              aria-autocomplete="list"
              placeholder={of ? 'What to do with it' : 'Find accounts, realms, people, actions'}
              spellCheck={false}
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
                setChosenId(null);
              }}
              onKeyDown={onKeyDown}
            />
            <kbd className={style.key}>Esc</kbd>
          </div>
          {groups.length === 0 ? (
            <p className={style.none} role="status">
              Nothing has these words.
            </p>
          ) : (
            <PaletteList
              groups={groups}
              chosen={index}
              asking={people.asking}
              query={query}
              onRun={run}
              onPoint={(at) => setChosenId(list[at]?.id ?? null)}
            />
          )}
          <footer className={style.foot}>
            <Hint keys={['↑', '↓']}>move</Hint>
            <Hint keys={['↵']}>open</Hint>
            <Hint keys={['Ctrl ↵']}>sign in or out</Hint>
            <Hint keys={['Tab']}>all actions</Hint>
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function Hint({ keys, children }: { keys: readonly string[]; children: string }) {
  return (
    <span className={style.hint}>
      {keys.map((key) => (
        <kbd key={key} className={style.key}>
          {key}
        </kbd>
      ))}
      {children}
    </span>
  );
}

/** Everything that can be done with an entry, as entries of their own. */
function actionsOf(entry: PaletteEntry): PaletteEntry[] {
  return (entry.more?.() ?? []).flatMap((one): PaletteEntry[] =>
    one.kind !== 'action' || one.disabled
      ? []
      : [
          {
            id: `${entry.id} ${one.id}`,
            group: 'actions',
            title: one.label,
            detail: '',
            end: one.keys ?? '',
            ...(one.icon ? { icon: one.icon } : {}),
            commands: [{ keys: 'Enter', label: 'do it', run: one.run }],
          },
        ],
  );
}
