// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its row by aria-activedescendant
import { Ellipsis, FlaskConical, LogIn } from 'lucide-react';
import { memo } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import { signIn } from '../sessions/actions.ts';
import { stateWords } from '../sessions/state-words.ts';
import { useTimed } from '../state/clock.ts';
import { useAccount, useApp, useSession } from '../state/store.ts';
import { Dot, type Tone } from '../ui/badge.tsx';
import { plain } from '../ui/plain.ts';
import { RealmMark } from '../ui/realm-mark.tsx';
import style from './account-list.module.css';
import type { ListItem } from './rows.ts';

type Props = {
  item: Extract<ListItem, { kind: 'row' }>;
  index: number;
  selected: boolean;
  active: boolean;
  /** One of several that something will be done with. */
  marked: boolean;
  onChoose(item: ListItem): void;
  onMenu(item: ListItem): void;
  onMark(item: ListItem, range: boolean): void;
};

export const rowId = (key: string): string => `row-${key.replace(/[^\w-]/g, '_')}`;

/** One account, or one of its sessions: dot, label, who · realm, and the time left or the state in a word. */
export const AccountRow = memo(function AccountRow({
  item,
  index,
  selected,
  active,
  marked,
  onChoose,
  onMenu,
  onMark,
}: Props) {
  const account = useAccount(item.accountId);
  const session = useSession(item.sessionId);
  const ask = useApp(
    (app) => Object.values(app.prompts).find((prompt) => prompt.sessionId === item.sessionId)?.ask,
  );
  // One string, so that the row renders only when its words change.
  const words = useTimed((now) => {
    const { tone, short, long, unsure } = stateWords(session, ask, now);
    return [tone, short, long, unsure ? 'unsure' : ''].join('\n');
  });
  if (!account) return null;
  const [tone = 'off', short, long, unsure] = words.split('\n');
  const realm = session ? session.realm : account.realm;
  const label = plain(account.label, 80);
  const who = plain([account.identity, realm?.name].filter(Boolean).join(' · '));
  return (
    <div
      role="row"
      id={rowId(item.key)}
      aria-level={2}
      aria-rowindex={index + 1}
      aria-selected={selected || marked}
      tabIndex={-1}
      className={`${style.row} ${selected ? style.selected : ''} ${active ? style.active : ''} ${marked ? style.marked : ''} ${account.practice ? style.practice : ''}`}
      style={{ transform: `translateY(${item.top}px)` }}
      onClick={(event) =>
        event.ctrlKey || event.metaKey || event.shiftKey ? onMark(item, event.shiftKey) : onChoose(item)
      }
      onKeyDown={undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(item);
      }}
    >
      <div role="gridcell" className={style.cell}>
        <Dot tone={tone as Tone} hollow={unsure === 'unsure'} label={long ?? ''} />
        <span className={style.who}>
          <span className={style.label}>{label}</span>
          <span className={style.detail} title={who}>
            {account.practice && (
              <>
                <FlaskConical className={style.practiceWord} size={12} aria-hidden />
                <VisuallyHidden>Practice</VisuallyHidden>
              </>
            )}
            <span className={style.identity}>{plain(account.identity, 80) || 'not signed in'}</span>
            {realm && (
              <span className={style.realm}>
                &nbsp;·&nbsp;
                <RealmMark realm={realm} />
              </span>
            )}
          </span>
        </span>
        <span className={`${style.state} ${style[`${tone}Ink`]}`}>{short}</span>
        <span className={style.rowActions}>
          {!session && (
            <button
              type="button"
              tabIndex={-1}
              className={style.rowAction}
              aria-label={`Sign in to ${label}`}
              title="Sign in"
              onClick={(event) => {
                event.stopPropagation();
                onChoose(item);
                void signIn(account.id);
              }}
            >
              <LogIn size={16} strokeWidth={1.75} aria-hidden />
            </button>
          )}
          <button
            type="button"
            tabIndex={-1}
            className={style.rowAction}
            aria-label={`Actions for ${label}`}
            title="Actions (Shift F10)"
            onClick={(event) => {
              event.stopPropagation();
              onMenu(item);
            }}
          >
            <Ellipsis size={16} strokeWidth={1.75} aria-hidden />
          </button>
        </span>
      </div>
    </div>
  );
});

type FailedProps = Pick<Props, 'item' | 'index' | 'onChoose'> & { message: string };

/** In place of a row that can't be drawn; it keeps its place and can be chosen. */
export function FailedRow({ item, index, message, onChoose }: FailedProps) {
  return (
    <div
      role="row"
      id={rowId(item.key)}
      aria-level={2}
      aria-rowindex={index + 1}
      tabIndex={-1}
      className={style.row}
      style={{ transform: `translateY(${item.top}px)` }}
      onClick={() => onChoose(item)}
      onKeyDown={undefined}
    >
      <div role="gridcell" className={style.cell}>
        <Dot tone="bad" />
        <span className={style.label}>{message}</span>
      </div>
    </div>
  );
}
