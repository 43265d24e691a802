import { UserRound } from 'lucide-react';
import { useEffect, useState } from 'react';
import { askable } from '../directory/typed-search.ts';
import type { AppState } from '../state/app-state.ts';
import { call } from '../state/call.ts';
import { showPeople } from '../state/navigation.ts';
import { getApp } from '../state/store.ts';
import type { DirectoryRow, DirectorySource, Session } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { onEnter, type PaletteEntry } from './palette-entry.ts';

/** ms without a key before vendors are asked. */
const pause = 250;
const leastLetters = 3;
/** Vendors are asked gently: so many sessions at most, so many people of each. */
const mostSessions = 6;
const mostPeople = 4;

export interface PeopleSearch {
  entries: readonly PaletteEntry[];
  /** How many sessions are being asked now. */
  asking: number;
}

const nobody: PeopleSearch = { entries: [], asking: 0 };

/** People whom the live sessions find by what is typed; a vendor that can't search is not asked. */
export function usePeopleSearch(query: string): PeopleSearch {
  const text = query.trim();
  const [search, setSearch] = useState(nobody);
  useEffect(() => {
    setSearch(nobody);
    if (text.length < leastLetters) return;
    let over = false;
    const sessions = searchable(getApp());
    const asked: string[] = [];
    const timer = window.setTimeout(() => {
      setSearch({ entries: [], asking: sessions.length });
      for (const session of sessions) {
        asked.push(requestOf(session));
        void peopleOf(session, text).then((found) => {
          if (!over)
            setSearch(({ entries, asking }) => ({ entries: [...entries, ...found], asking: asking - 1 }));
        });
      }
    }, pause);
    return () => {
      over = true;
      window.clearTimeout(timer);
      for (const requestId of asked) void call('people.cancelPage', { requestId }).catch(() => {});
    };
  }, [text]);
  return search;
}

const requestOf = ({ id }: Session): string => `palette ${id}`;

/** One active session of each login and realm that can look people up. */
function searchable({ sessions, vendors }: AppState): Session[] {
  const able = new Set(vendors.filter(({ abilities }) => abilities.includes('people')).map(({ id }) => id));
  const found = new Map<string, Session>();
  for (const session of Object.values(sessions))
    if (session.state === 'active' && able.has(session.vendor))
      found.set(`${session.accountId} ${session.realm?.id ?? ''}`, session);
  return [...found.values()].slice(0, mostSessions);
}

/** What can't be asked has found nobody: the palette is no place for a vendor's refusals. */
async function peopleOf(session: Session, text: string): Promise<PaletteEntry[]> {
  try {
    const sources = await call('people.sources', { sessionId: session.id });
    const source = sources.find((one) => !one.needsOrganisation && !one.missingRight && askable(one, text));
    if (!source) return [];
    const { rows } = await call('people.page', {
      sessionId: session.id,
      query: { source: source.id, search: text },
      offset: 0,
      limit: mostPeople,
      requestId: requestOf(session),
    });
    return rows.slice(0, mostPeople).map((row) => personEntry(session, source, row));
  } catch {
    return [];
  }
}

function personEntry(session: Session, { columns }: DirectorySource, row: DirectoryRow): PaletteEntry {
  const cells = columns.map(({ id }) => row.cells[id]).filter((text) => text !== undefined && text !== '');
  const [title = 'Nameless', ...rest] = cells.map((text) => sanitizeText(text ?? '', 80));
  const label = getApp().accounts[session.accountId]?.label ?? '';
  return {
    id: `person ${session.id} ${row.id}`,
    group: 'people',
    title,
    detail: [...rest.slice(0, 2), sanitizeText(session.realm?.name ?? label, 60)].join(' · '),
    icon: UserRound,
    commands: onEnter('open', () => showPeople(session.accountId, session.id, row.id)),
  };
}
