import { Columns3, Plus } from 'lucide-react';
import { useEffect } from 'react';
import { call } from '../state/call.ts';
import type { Action, DirectoryQuery, DirectorySource, Session } from '../state/types.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { Menu } from '../ui/menu.tsx';
import { ownValue } from '../ui/own-value.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SearchChoice } from '../ui/search-choice.tsx';
import { downTo, SearchField } from '../ui/search-field.tsx';
import { Toolbar, ToolbarSearch } from '../ui/table-page.tsx';
import { ExportButton } from './export-button.tsx';
import { peopleGrid } from './people-table.tsx';
import { askable } from './typed-search.ts';
import { setTyped, setView, useTyped, type View } from './views.ts';

/** ms without a key before the vendor is asked. */
const pause = 300;

interface Props {
  session: Session;
  sources: readonly DirectorySource[];
  source: DirectorySource;
  view: View;
  /** Null while it is not yet known what to ask for. */
  query: DirectoryQuery | null;
  /** The columns that are shown. */
  columns: DirectorySource['columns'];
  onAct(action: Action): void;
  /** Enter in the search field. */
  onEnter(): void;
}

/** Which people: source, organisation, search, filters, columns, export and what can be done to the whole. */
export function PeopleTools({ session, sources, source, view, query, columns, onAct, onEnter }: Props) {
  const set = (part: Partial<View>) => setView(session.id, part);
  const offered = source.actions.filter(({ missingRight }) => !missingRight);
  return (
    <Toolbar
      label="Which people"
      end={
        <>
          <ColumnsMenu source={source} view={view} onChange={(hidden) => set({ hidden })} />
          {query && (
            <ExportButton sessionId={session.id} query={query} columns={columns.map(({ id }) => id)} />
          )}
          {offered.map((action, index) => (
            <Button
              key={action.id}
              variant={index === 0 ? 'main' : 'plain'}
              {...(index === 0 ? { icon: Plus } : {})}
              onPress={() => onAct(action)}
            >
              {sanitizeText(action.label, 40)}
            </Button>
          ))}
        </>
      }
    >
      <CompactSelect
        label="Which people"
        bare
        value={source.id}
        onChange={(id) => set({ source: id, filters: {}, sort: null, search: '' })}
        options={sources.map((one) => ({
          value: one.id,
          label: sanitizeText(one.label, 60),
          ...(one.missingRight ? { detail: `Needs: ${sanitizeText(one.missingRight, 80)}` } : {}),
        }))}
      />
      {source.needsOrganisation && (
        <SearchChoice
          label="Organisation"
          hideLabel
          placeholder="Choose an organisation"
          value={view.organisation}
          onChange={(found) => set({ organisation: found, search: '' })}
          find={(search) => call('people.organisations', { sessionId: session.id, search })}
        />
      )}
      <ToolbarSearch>
        <PeopleSearch sessionId={session.id} source={source} search={view.search} onEnter={onEnter} />
      </ToolbarSearch>
      {source.filters.map((filter) => (
        <CompactSelect
          key={filter.id}
          label={sanitizeText(filter.label, 40)}
          value={ownValue(view.filters, filter.id) ?? ''}
          onChange={(value) => set({ filters: { ...view.filters, [filter.id]: value } })}
          options={[
            ...(filter.options.some(({ value }) => value === '') ? [] : [{ value: '', label: 'All' }]),
            ...filter.options.map((option) => ({ ...option, label: sanitizeText(option.label, 60) })),
          ]}
        />
      ))}
    </Toolbar>
  );
}

interface ColumnsProps {
  source: DirectorySource;
  view: View;
  onChange(hidden: readonly string[]): void;
}

/** Hides and shows columns; the last one stays. */
function ColumnsMenu({ source, view, onChange }: ColumnsProps) {
  const { hidden } = view;
  const shownCount = source.columns.filter(({ id }) => !hidden.includes(id)).length;
  return (
    <Menu
      label="Columns"
      entries={source.columns.map(({ id, label }) => {
        const shown = !hidden.includes(id);
        return {
          kind: 'action' as const,
          id,
          label: `${shown ? 'Hide' : 'Show'} ${sanitizeText(label, 40)}`,
          disabled: shown && shownCount === 1,
          run: () => onChange(shown ? [...hidden, id] : hidden.filter((one) => one !== id)),
        };
      })}
    >
      <IconButton icon={Columns3} label="Columns" variant="plain" />
    </Menu>
  );
}

interface SearchProps {
  sessionId: string;
  source: DirectorySource;
  search: string;
  onEnter(): void;
}

/** Narrows what is loaded as one types, and asks the vendor, where it can search, once one pauses. */
function PeopleSearch({ sessionId, source, search, onEnter }: SearchProps) {
  const typed = useTyped(sessionId);
  useEffect(() => {
    const wanted = askable(source, typed);
    if (wanted === search) return;
    const ask = () => setView(sessionId, { search: wanted });
    if (wanted === '') return ask();
    const timer = window.setTimeout(ask, pause);
    return () => window.clearTimeout(timer);
  }, [sessionId, source, typed, search]);
  return (
    <SearchField
      label={labelOf(source)}
      value={typed}
      onChange={(words) => setTyped(sessionId, words)}
      onSubmit={onEnter}
      onKeyDown={downTo(() => document.getElementById(peopleGrid)?.focus())}
    />
  );
}

function labelOf({ search, findsEmail }: DirectorySource): string {
  if (search) return sanitizeText(search, 80);
  return findsEmail ? 'Search what is loaded, or a whole e-mail address' : 'Search what is loaded';
}
