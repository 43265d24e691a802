import { RotateCw } from 'lucide-react';
import { useId } from 'react';
import { useApp } from '../state/store.ts';
import { IconButton } from '../ui/button.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { downTo, SearchField } from '../ui/search-field.tsx';
import { Toolbar, ToolbarSearch } from '../ui/table-page.tsx';
import style from './ledger.module.css';
import { events } from './ledger-events.ts';
import { accountOptions, type LedgerQuery, spans } from './ledger-query.ts';
import { SavedViews } from './saved-views.tsx';

const eventOptions = [
  { value: '', label: 'All' },
  ...events.map(({ id, words: label }) => ({ value: id, label })),
];

const whenOptions = [
  { value: '', label: 'Any time' },
  ...spans.map(({ days, label }) => ({ value: String(days), label })),
  { value: 'dates', label: 'From … to …' },
];

interface Props {
  query: LedgerQuery;
  onChange(query: LedgerQuery): void;
  busy: boolean;
  onReload(): void;
  /** Arrow Down in a field leads on to the rows. */
  onDown(): void;
}

/** Which rows of the ledger are shown. */
export function LedgerTools({ query, onChange, busy, onReload, onDown }: Props) {
  const change = (part: LedgerQuery) => onChange({ ...query, ...part });
  const byDates = query.from !== undefined || query.to !== undefined;
  const when = byDates ? 'dates' : String(query.days ?? '');

  function chooseWhen(value: string) {
    const { days: _, from: __, to: ___, ...rest } = query;
    if (value === 'dates') onChange({ ...rest, from: '', to: '' });
    else onChange(value === '' ? rest : { ...rest, days: Number(value) });
  }

  return (
    <Toolbar
      label="Which rows"
      end={
        <>
          <SavedViews query={query} onChoose={onChange} />
          <IconButton icon={RotateCw} label="Read it anew" onPress={onReload} isDisabled={busy} />
        </>
      }
    >
      <ToolbarSearch>
        <SearchField
          label="Search the ledger"
          value={query.text ?? ''}
          onChange={(text) => change({ text })}
          onKeyDown={downTo(onDown)}
          autoFocus
        />
      </ToolbarSearch>
      <ToolbarSearch>
        <SearchField
          label="Who, or for whom"
          value={query.person ?? ''}
          onChange={(person) => change({ person })}
          onKeyDown={downTo(onDown)}
        />
      </ToolbarSearch>
      <CompactSelect
        label="Event"
        value={query.event ?? ''}
        onChange={(event) => change({ event })}
        options={eventOptions}
      />
      <CompactSelect label="When" value={when} onChange={chooseWhen} options={whenOptions} />
      {byDates && (
        <>
          <DayField label="From" value={query.from ?? ''} onChange={(from) => change({ from })} />
          <DayField label="To" value={query.to ?? ''} onChange={(to) => change({ to })} />
        </>
      )}
      <AccountSelect value={query.accountId ?? ''} onChange={(accountId) => change({ accountId })} />
      <ShiftSelect value={query.shiftId ?? ''} onChange={(shiftId) => change({ shiftId })} />
    </Toolbar>
  );
}

interface FieldProps {
  value: string;
  onChange(value: string): void;
}

function DayField({ label, value, onChange }: FieldProps & { label: string }) {
  const id = useId();
  return (
    <label className={style.day} htmlFor={id}>
      <span>{label}</span>
      <input id={id} type="date" value={value} onChange={({ target }) => onChange(target.value)} />
    </label>
  );
}

function AccountSelect(props: FieldProps) {
  const accounts = useApp((app) => app.accounts);
  const options = accountOptions(accounts).map(({ id, name }) => ({
    value: id,
    label: sanitizeText(name, 60),
  }));
  return <CompactSelect label="Account" options={[{ value: '', label: 'All' }, ...options]} {...props} />;
}

function ShiftSelect(props: FieldProps) {
  const shifts = useApp((app) => app.shifts);
  const options = Object.values(shifts)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name }) => ({ value: id, label: sanitizeText(name, 60) }));
  if (options.length === 0) return null;
  return <CompactSelect label="Shift" options={[{ value: '', label: 'All' }, ...options]} {...props} />;
}
