import { Avatar } from '../ui/avatar.tsx';
import { Badge, Dot } from '../ui/badge.tsx';
import style from './command-palette.module.css';
import type { FoundGroup } from './find-entries.ts';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';

const titles: Record<PaletteGroup, string> = {
  live: 'Live',
  accounts: 'Accounts',
  people: 'People',
  actions: 'Actions',
  settings: 'Settings',
};

interface Props {
  groups: readonly FoundGroup[];
  /** The place of the chosen entry in all groups together. */
  chosen: number;
  /** Sessions that are being asked for people now. */
  asking: number;
  query: string;
  onRun(entry: PaletteEntry): void;
  onPoint(index: number): void;
}

/** What was found, group by group; the chosen line says what its keys do. */
export function PaletteList({ groups, chosen, asking, query, onRun, onPoint }: Props) {
  let before = 0;
  return (
    <div id="palette-list" role="listbox" aria-label="Found" className={style.list}>
      {groups.map(({ group, entries }) => {
        const first = before;
        before += entries.length;
        const title = titles[group];
        return (
          // biome-ignore lint/a11y/useSemanticElements: a group of options has no element of its own
          <div key={group} role="group" aria-label={title}>
            <div className={style.group} aria-hidden>
              {title}
              {group === 'people' && asking > 0 && (
                <span className={style.asking}>
                  {' '}
                  · asking {asking === 1 ? '1 live session' : `${asking} live sessions`}
                </span>
              )}
            </div>
            {entries.map((entry, index) => (
              <Entry
                key={entry.id}
                entry={entry}
                index={first + index}
                chosen={first + index === chosen}
                query={query}
                onRun={onRun}
                onPoint={onPoint}
              />
            ))}
          </div>
        );
      })}
    </div>
  );
}

interface EntryProps extends Pick<Props, 'query' | 'onRun' | 'onPoint'> {
  entry: PaletteEntry;
  index: number;
  chosen: boolean;
}

function Entry({ entry, index, chosen, query, onRun, onPoint }: EntryProps) {
  const { icon: Icon, avatar } = entry;
  return (
    <div
      id={`palette-${String(index)}`}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      className={`${style.entry} ${chosen ? style.chosen : ''}`}
      onClick={() => onRun(entry)}
      onKeyDown={undefined}
      onPointerMove={() => onPoint(index)}
    >
      <span className={style.lead}>
        {avatar ? (
          <>
            <Avatar label={avatar.label} colour={avatar.colour} size={24} />
            <span className={style.dot}>
              <Dot tone={avatar.tone} />
            </span>
          </>
        ) : (
          Icon && <Icon size={16} strokeWidth={1.75} aria-hidden />
        )}
      </span>
      <bdi className={style.title}>
        <Found text={entry.title} query={query} />
      </bdi>
      {entry.practice && <Badge tone="practice">Practice</Badge>}
      <bdi className={style.detail}>{entry.detail}</bdi>
      {entry.end && <span className={style.end}>{entry.end}</span>}
      {chosen && entry.commands.length > 1 && <Keys entry={entry} />}
    </div>
  );
}

/** What the keys do, at the chosen line only. */
function Keys({ entry }: { entry: PaletteEntry }) {
  return (
    <span className={style.keys}>
      {entry.commands.map(({ keys, label }) => (
        <span key={keys} className={style.hint}>
          <kbd className={style.key}>{keys.replace('Enter', '↵')}</kbd>
          {label}
        </span>
      ))}
    </span>
  );
}

/** The text with what was typed of it marked. */
function Found({ text, query }: { text: string; query: string }) {
  const word = query.trim().toLowerCase().split(/\s+/)[0] ?? '';
  const at = word ? text.toLowerCase().indexOf(word) : -1;
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark className={style.mark}>{text.slice(at, at + word.length)}</mark>
      {text.slice(at + word.length)}
    </>
  );
}
