import { ArrowLeftRight, LogOut, Sunrise, X } from 'lucide-react';
import { type RefObject, useMemo } from 'react';
import { isOpen } from '#contract/session-states.ts';
import { openDialog } from '../state/navigation.ts';
import { getApp, useApp } from '../state/store.ts';
import type { Session, Shift } from '../state/types.ts';
import { Dot, type Tone } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { Menu } from '../ui/menu.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { downTo, SearchField } from '../ui/search-field.tsx';
import { Toolbar } from '../ui/table-page.tsx';
import style from './live.module.css';
import { canSwitch, signOutOf, switchRealm } from './live-actions.ts';
import { type Chip, chipCounts, chips, type Grouping, groupings } from './live-rows.ts';
import { groupBy, markSessions, setLiveFilter, showChip, useLiveView } from './live-view.ts';

const words: Record<Chip, { title: string; tone?: Tone }> = {
  all: { title: 'All' },
  active: { title: 'Active', tone: 'ok' },
  soon: { title: 'Ending soon', tone: 'wait' },
  waiting: { title: 'Waiting', tone: 'wait' },
  unconfirmed: { title: 'Not confirmed', tone: 'bad' },
  failed: { title: 'Failed', tone: 'bad' },
};

const groupWords: Record<Grouping, string> = {
  ends: 'When it ends',
  realm: 'Realm',
  vendor: 'Vendor',
  shift: 'Shift',
  tag: 'Tag',
  none: 'None',
};

interface Props {
  sessions: readonly Session[];
  /** ms since 1970 */
  now: number;
  filter: RefObject<HTMLInputElement | null>;
}

/** Over the table: chips that count and filter, the filter by words, the grouping; or what is done with what is selected. */
export function LiveTools({ sessions, now, filter }: Props) {
  const chip = useLiveView((view) => view.chip);
  const text = useLiveView((view) => view.filter);
  const grouping = useLiveView((view) => view.grouping);
  const marked = useLiveView((view) => view.marked);
  const counts = useMemo(() => chipCounts(sessions, now), [sessions, now]);
  return (
    <div className={style.tools}>
      <fieldset className={style.chips} aria-label="Which sessions are shown">
        {chips.map((one) => (
          <button
            key={one}
            type="button"
            className={style.chip}
            aria-pressed={one === chip}
            hidden={one !== 'all' && one !== chip && counts[one] === 0}
            onClick={() => showChip(one)}
          >
            {words[one].tone && <Dot tone={words[one].tone} />}
            {words[one].title} <span className={style.chipCount}>{counts[one]}</span>
          </button>
        ))}
      </fieldset>
      <Toolbar
        label="Sessions"
        end={
          <>
            {marked.size > 0 && <Bulk marked={marked} />}
            <CompactSelect
              label="Group"
              options={groupings.map((value) => ({ value, label: groupWords[value] }))}
              value={grouping}
              onChange={(value) => groupBy(value as Grouping)}
            />
          </>
        }
      >
        <div className={style.filter}>
          <SearchField
            label="Filter sessions"
            value={text}
            onChange={setLiveFilter}
            onSubmit={toTable}
            onKeyDown={downTo(toTable)}
            inputRef={filter}
          />
        </div>
      </Toolbar>
    </div>
  );
}

const toTable = () => document.getElementById('live-table')?.focus();

/** What can be done with everything that is selected. */
function Bulk({ marked }: { marked: ReadonlySet<string> }) {
  const all = useApp((app) => app.sessions);
  const vendors = useApp((app) => app.vendors);
  const shifts = useApp((app) => app.shifts);
  const chosen = [...marked].flatMap((id) => all[id] ?? []);
  const open = chosen.filter(({ state }) => isOpen(state)).length;
  const [only] = chosen;
  const vendor = vendors.find(({ id }) => id === only?.vendor);
  return (
    <>
      <span className={style.selected}>{chosen.length} selected</span>
      {chosen.length === 1 && only && canSwitch(only, vendor) && (
        <Button size="small" icon={ArrowLeftRight} onPress={() => switchRealm(only)}>
          Switch {vendor?.words.realm ?? 'realm'}
        </Button>
      )}
      <Button
        size="small"
        variant="danger"
        icon={LogOut}
        isDisabled={open === 0}
        onPress={() => signOutOf(marked)}
      >
        Sign out {open}
      </Button>
      <Menu
        label="Add to a shift"
        entries={[
          ...Object.values(shifts).map((shift) => ({
            kind: 'action' as const,
            id: shift.id,
            label: sanitizeText(shift.name, 60),
            icon: Sunrise,
            run: () =>
              openDialog({ what: 'edit-shift', shift: { ...shift, members: withSessions(shift, marked) } }),
          })),
          {
            kind: 'action',
            id: ' new',
            label: 'New shift…',
            icon: Sunrise,
            run: () =>
              openDialog({
                what: 'edit-shift',
                shift: { name: '', members: withSessions({ members: [] }, marked) },
              }),
          },
        ]}
      >
        <IconButton icon={Sunrise} size="small" variant="plain" label="Add to a shift" />
      </Menu>
      <IconButton icon={X} size="small" label="Clear the selection" onPress={() => markSessions([])} />
    </>
  );
}

/** The members of a shift and the accounts of these sessions, each in the realm where its session is. */
function withSessions({ members }: Pick<Shift, 'members'>, ids: Iterable<string>): Shift['members'] {
  const { sessions, accounts } = getApp();
  const all = [...members];
  for (const id of ids) {
    const session = sessions[id];
    if (!session || !accounts[session.accountId]) continue;
    if (
      !all.some((member) => member.accountId === session.accountId && member.realm?.id === session.realm?.id)
    )
      all.push({ accountId: session.accountId, realm: session.realm });
  }
  return all;
}
