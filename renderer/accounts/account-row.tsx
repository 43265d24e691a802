// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual list are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the list has the focus and names its row by aria-activedescendant
import { ChevronDown, ChevronRight, Ellipsis, FlaskConical, LogIn } from 'lucide-react';
import { type DragEvent, type MouseEvent, memo, type ReactNode } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import { signIn } from '../sessions/session-actions.ts';
import { sessionStatus } from '../sessions/session-status.ts';
import { useTimed } from '../state/clock.ts';
import { useAccount, useApp, useAppList, useSession, useVendor } from '../state/store.ts';
import type { Account, Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dot, type Tone } from '../ui/badge.tsx';
import { MiddleText } from '../ui/middle-text.tsx';
import { RealmName } from '../ui/realm-name.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { VendorBadge } from '../ui/vendor-badge.tsx';
import style from './account-list.module.css';
import type { ListItem, RowItem } from './list-items.ts';

interface Props {
  item: RowItem;
  index: number;
  selected: boolean;
  active: boolean;
  /** One of several that something will be done with. */
  marked: boolean;
  /** The group does not say whose it is. */
  withVendor: boolean;
  onChoose(item: ListItem): void;
  onFold(item: RowItem): void;
  onMenu(item: ListItem): void;
  onMark(item: ListItem, range: boolean): void;
  onDragStart(item: RowItem, event: DragEvent): void;
}

export const rowId = (key: string): string => `row-${key.replace(/[^\w-]/g, '_')}`;

/** One account, or one of its sessions beneath it. */
export const AccountRow = memo(function AccountRow(props: Props) {
  const account = useAccount(props.item.accountId);
  if (!account) return null;
  if (props.item.nested) return <NestedRow {...props} account={account} />;
  return props.item.sessionIds.length > 0 ? (
    <SeveralRow {...props} account={account} />
  ) : (
    <SingleRow {...props} account={account} />
  );
});

interface Words {
  tone: Tone;
  short: string;
  long: string;
  isUnsure: boolean;
}

/** A session's state in words, told as one string so that a row renders only when they change. */
function useWords(sessionId: string | null, session: Session | undefined): Words {
  const ask = useApp(
    (app) => Object.values(app.prompts).find((prompt) => prompt.sessionId === sessionId)?.ask,
  );
  const words = useTimed((now) => {
    const { tone, short, long, unsure } = sessionStatus(session, ask, now);
    return [tone, short, long, unsure ? 'unsure' : ''].join('\n');
  });
  const [tone = 'off', short = '', long = '', unsure] = words.split('\n');
  return { tone: tone as Tone, short, long, isUnsure: unsure === 'unsure' };
}

const urgency: readonly Tone[] = ['bad', 'wait', 'ok', 'off'];

/** What is to be said of an account's several sessions at once: how many are open, in the colour of the one that needs looking at first. */
function useWordsOfAll(sessionIds: readonly string[]): Words {
  const sessions = useAppList((app) => sessionIds.map((id) => app.sessions[id]));
  const tone = useTimed((now) => {
    const tones = new Set(sessions.map((session) => sessionStatus(session, undefined, now).tone));
    return urgency.find((one) => tones.has(one)) ?? 'off';
  });
  const open = sessions.filter((session) => session?.state === 'active').length;
  const short = open === sessions.length ? `${open} open` : `${open} of ${sessions.length} open`;
  return { tone, short, long: `${sessions.length} sessions`, isUnsure: false };
}

type OfAccount = Props & { account: Account };

function SingleRow(props: OfAccount) {
  const { item, account } = props;
  const session = useSession(item.sessionId);
  const words = useWords(item.sessionId, session);
  return <TopRow {...props} words={words} realm={session ? session.realm : account.realm} isOut={!session} />;
}

function SeveralRow(props: OfAccount) {
  const words = useWordsOfAll(props.item.sessionIds);
  return <TopRow {...props} words={words} realm={null} isOut={false} />;
}

interface TopProps extends OfAccount {
  words: Words;
  realm: Account['realm'];
  /** It has no session. */
  isOut: boolean;
}

/** An account: avatar with the state's dot, label, and the time left or the state in a word. */
function TopRow({ words, realm, isOut, ...props }: TopProps) {
  const { item, account, withVendor, onChoose, onFold, onMenu } = props;
  const vendor = useVendor(withVendor ? account.vendor : null);
  const label = sanitizeText(account.label, 80);
  const identity = sanitizeText(account.identity, 80);
  const who = sanitizeText([identity, realm?.name].filter(Boolean).join(' · '));
  const Arrow = item.folded ? ChevronRight : ChevronDown;
  return (
    <Row {...props} level={2} title={who ? `${label}\n${who}` : label}>
      <span className={style.face}>
        <Avatar label={label} colour={account.colour} size={24} />
        <span className={style.faceDot}>
          <Dot tone={words.tone} hollow={words.isUnsure} label={words.long} />
        </span>
        {vendor && (
          <span className={style.vendor}>
            <VendorBadge name={vendor.name} />
          </span>
        )}
      </span>
      <span className={style.label}>
        <MiddleText text={label} />
      </span>
      {account.practice && (
        <>
          <FlaskConical className={style.practiceWord} size={12} aria-hidden />
          <VisuallyHidden>Practice</VisuallyHidden>
        </>
      )}
      <bdi className={style.identity}>{identity}</bdi>
      {realm && <VisuallyHidden>{sanitizeText(realm.name, 60)}</VisuallyHidden>}
      <span className={`${style.state} ${style[`${words.tone}Ink`]}`}>{words.short}</span>
      <RowActions item={item} label={label} isOut={isOut} onChoose={onChoose} onMenu={onMenu} />
      {item.sessionIds.length > 0 && (
        <button
          type="button"
          tabIndex={-1}
          className={style.fold}
          aria-label={`${item.folded ? 'Show' : 'Hide'} the sessions of ${label}`}
          onClick={(event) => {
            event.stopPropagation();
            onFold(item);
          }}
        >
          <Arrow size={14} strokeWidth={2} aria-hidden />
        </button>
      )}
    </Row>
  );
}

/** One of an account's several sessions: its realm, and the time left or the state in a word. */
function NestedRow(props: OfAccount) {
  const { item, account, onChoose, onMenu } = props;
  const session = useSession(item.sessionId);
  const words = useWords(item.sessionId, session);
  const label = sanitizeText(account.label, 80);
  const realm = session?.realm ?? null;
  const what = realm ? realm.name : (session?.person ?? session?.method ?? 'Session');
  return (
    <Row {...props} level={3} title={`${sanitizeText(what, 80)}\n${label}`}>
      <VisuallyHidden>{label}</VisuallyHidden>
      <span className={style.nestedName}>
        {realm ? <RealmName realm={realm} /> : <bdi>{sanitizeText(what, 60)}</bdi>}
      </span>
      <span className={`${style.state} ${style[`${words.tone}Ink`]}`}>
        <VisuallyHidden>{words.long}</VisuallyHidden>
        {words.short}
      </span>
      <RowActions item={item} label={label} isOut={false} onChoose={onChoose} onMenu={onMenu} />
    </Row>
  );
}

/** What every row is: its place, what a click and a drag on it do, how it is told apart. */
function Row(props: OfAccount & { level: 2 | 3; title: string; children: ReactNode }) {
  const { item, index, selected, active, marked, account, level, title, children } = props;
  const { onChoose, onMark, onMenu, onDragStart } = props;
  const looks = [
    style.row,
    level === 3 && style.nested,
    selected && style.selected,
    active && style.active,
    marked && style.marked,
    account.practice && style.practice,
  ];
  function click(event: MouseEvent) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) onMark(item, event.shiftKey);
    else onChoose(item);
  }
  return (
    <div
      role="row"
      id={rowId(item.key)}
      aria-level={level}
      aria-rowindex={index + 1}
      aria-selected={selected || marked}
      aria-expanded={item.sessionIds.length > 0 ? !item.folded : undefined}
      tabIndex={-1}
      title={title}
      draggable={level === 2}
      className={looks.filter(Boolean).join(' ')}
      style={{ transform: `translateY(${item.top}px)` }}
      onClick={click}
      onKeyDown={undefined}
      onDragStart={(event) => onDragStart(item, event)}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(item);
      }}
    >
      <div role="gridcell" className={style.cell}>
        {children}
      </div>
    </div>
  );
}

interface ActionsProps extends Pick<Props, 'item' | 'onChoose' | 'onMenu'> {
  label: string;
  isOut: boolean;
}

/** The buttons that appear on a row under the pointer; by keyboard Enter and Shift+F10 do the same. */
function RowActions({ item, label, isOut, onChoose, onMenu }: ActionsProps) {
  return (
    <span className={style.rowActions}>
      {isOut && (
        <button
          type="button"
          tabIndex={-1}
          className={style.rowAction}
          aria-label={`Sign in to ${label}`}
          title="Sign in"
          onClick={(event) => {
            event.stopPropagation();
            onChoose(item);
            void signIn(item.accountId);
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
  );
}

type FailedProps = Pick<Props, 'item' | 'index' | 'onChoose'> & { message: string };

/** In place of a row that can't be drawn; it keeps its place and can be chosen. */
export function FailedRow({ item, index, message, onChoose }: FailedProps) {
  return (
    <div
      role="row"
      id={rowId(item.key)}
      aria-level={item.nested ? 3 : 2}
      aria-rowindex={index + 1}
      tabIndex={-1}
      className={`${style.row} ${item.nested ? style.nested : ''}`}
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
