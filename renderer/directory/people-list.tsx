import { Columns3, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { call } from '../state/call.ts';
import { showPeople } from '../state/navigation.ts';
import type { Action, DirectorySource } from '../state/types.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Menu } from '../ui/menu.tsx';
import { ownValue } from '../ui/own-value.ts';
import style from '../ui/room.module.css';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SearchChoice } from '../ui/search-choice.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { ExportButton } from './export-button.tsx';
import type { LiveSession } from './live-session.tsx';
import { PeopleTable } from './people-table.tsx';
import { queryOf, refreshDirectory, setTyped, setView, useTyped, type View } from './views.ts';

type Props = LiveSession & { sources: readonly DirectorySource[]; source: DirectorySource; view: View };

/** One source of people with its tools: which, where, search, filters, columns, export and what can be done to the whole. */
export function PeopleList({ account, session, vendor, sources, source, view }: Props) {
  const [acting, setActing] = useState<Action | null>(null);
  const query = queryOf(view, source);
  const columns = useMemo(
    () => source.columns.filter(({ id }) => !view.hidden.includes(id)),
    [source.columns, view.hidden],
  );
  const set = (part: Partial<View>) => setView(session.id, part);
  const offered = source.actions.filter(({ missingRight }) => !missingRight);

  return (
    <>
      <div className={style.tools} role="toolbar" aria-label="Which people">
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
        <div className={style.search}>
          <PeopleSearch sessionId={session.id} source={source} search={view.search} />
        </div>
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
        <span className={style.toolsEnd}>
          <Menu
            label="Columns"
            entries={source.columns.map((column) => {
              const shown = !view.hidden.includes(column.id);
              return {
                kind: 'action' as const,
                id: column.id,
                label: `${shown ? 'Hide' : 'Show'} ${sanitizeText(column.label, 40)}`,
                disabled: shown && columns.length === 1,
                run: () =>
                  set({
                    hidden: shown
                      ? [...view.hidden, column.id]
                      : view.hidden.filter((id) => id !== column.id),
                  }),
              };
            })}
          >
            <IconButton icon={Columns3} label="Columns" variant="plain" />
          </Menu>
          {query && (
            <ExportButton sessionId={session.id} query={query} columns={columns.map(({ id }) => id)} />
          )}
          {offered.map((action, index) => (
            <Button
              key={action.id}
              variant={index === 0 ? 'main' : 'plain'}
              {...(index === 0 ? { icon: Plus } : {})}
              onPress={() => setActing(action)}
            >
              {sanitizeText(action.label, 40)}
            </Button>
          ))}
        </span>
      </div>
      {query ? (
        <PeopleTable
          key={JSON.stringify(query)}
          session={session}
          place={vendor.words.place}
          source={source}
          columns={columns}
          query={query}
          view={view}
          onOpen={(personId) => showPeople(account.id, session.id, personId)}
        />
      ) : (
        <div className={`${style.table} ${style.centre}`}>
          {source.missingRight ? (
            <EmptyState title="This session may not see these people">
              Missing right: {sanitizeText(source.missingRight, 200)}
            </EmptyState>
          ) : (
            <EmptyState title="Choose an organisation">Its people are listed here.</EmptyState>
          )}
        </div>
      )}
      {acting && (
        <ActionDialog
          action={acting}
          channel="people.act"
          sessionId={session.id}
          onClose={() => setActing(null)}
          onDone={(outcome) => {
            refreshDirectory(session.id);
            if (outcome.personId) showPeople(account.id, session.id, outcome.personId);
          }}
          {...(view.organisation ? { organisation: view.organisation } : {})}
        />
      )}
    </>
  );
}

interface SearchProps {
  sessionId: string;
  source: DirectorySource;
  search: string;
}

/** Narrows what is loaded as one types; Enter asks the vendor, where it can search. */
function PeopleSearch({ sessionId, source, search }: SearchProps) {
  const typed = useTyped(sessionId);
  return (
    <SearchField
      label={source.search ? sanitizeText(source.search, 80) : 'Search what is loaded'}
      value={typed}
      onChange={(words) => {
        setTyped(sessionId, words);
        if (words === '' && search) setView(sessionId, { search: '' });
      }}
      {...(source.search ? { onSubmit: (words) => setView(sessionId, { search: words.trim() }) } : {})}
    />
  );
}
