// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual table are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the table has the focus and names its row by aria-activedescendant
import {
  ArrowLeftRight,
  Check,
  ChevronDown,
  ChevronRight,
  ExternalLink,
  FlaskConical,
  LogOut,
  type LucideIcon,
} from 'lucide-react';
import { memo } from 'react';
import { VisuallyHidden } from 'react-aria-components';
import { isOpen } from '#contract/session-states.ts';
import { sessionStatus } from '../sessions/session-status.ts';
import { useTimed } from '../state/clock.ts';
import { useAccount, useApp, useSession, useVendor } from '../state/store.ts';
import type { Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Dot, type Tone } from '../ui/badge.tsx';
import { formatShortDuration, formatTime } from '../ui/format.ts';
import { RealmName } from '../ui/realm-name.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { LifeBar } from './life-bar.tsx';
import style from './live.module.css';
import {
  canOpenConsole,
  canSwitch,
  openConsole,
  showSession,
  signOutOf,
  switchRealm,
} from './live-actions.ts';
import { type GroupItem, type LiveItem, labelOf, type RowItem } from './live-rows.ts';

interface GroupProps {
  item: GroupItem;
  index: number;
  active: boolean;
  onChoose(item: LiveItem): void;
}

export const liveRowId = (key: string): string => `live-${key.replace(/[^\w-]/g, '_')}`;

/** The head of a group: what its sessions have in common, and how many there are. */
export function LiveGroup({ item, index, active, onChoose }: GroupProps) {
  const Arrow = item.folded ? ChevronRight : ChevronDown;
  return (
    <div
      role="row"
      id={liveRowId(item.key)}
      aria-level={1}
      aria-rowindex={index + 2}
      aria-expanded={!item.folded}
      tabIndex={-1}
      className={`${style.group} ${active ? style.active : ''}`}
      style={{ transform: `translateY(${item.top}px)` }}
      onClick={() => onChoose(item)}
      onKeyDown={undefined}
    >
      <div role="gridcell" className={style.groupCell}>
        <Arrow size={14} strokeWidth={2} aria-hidden />
        <bdi className={style.groupTitle}>{sanitizeText(item.title, 60)}</bdi>
        <span className={style.groupCount}>{item.count}</span>
      </div>
    </div>
  );
}

interface Props {
  item: RowItem;
  index: number;
  active: boolean;
  marked: boolean;
  onChoose(item: LiveItem): void;
  onMark(item: LiveItem, range: boolean): void;
  onMenu(item: LiveItem): void;
}

/** One session: whose, where, since when, until when, and when it was last seen alive. */
export const LiveRow = memo(function LiveRow({
  item,
  index,
  active,
  marked,
  onChoose,
  onMark,
  onMenu,
}: Props) {
  const session = useSession(item.sessionId);
  const account = useAccount(session?.accountId);
  const ask = useApp(
    (app) => Object.values(app.prompts).find(({ sessionId }) => sessionId === item.sessionId)?.ask,
  );
  // One string, so that the row renders only when its words change.
  const words = useTimed((now) => {
    const { tone, short, long, unsure } = sessionStatus(session, ask, now);
    return [
      tone,
      short,
      long,
      unsure ? 'unsure' : '',
      session ? sinceWords(session, now) : '',
      seenWords(session, now),
    ].join('\n');
  });
  if (!session) return null;
  const [tone = 'off', short = '', long = '', unsure, since, seen] = words.split('\n');
  const label = sanitizeText(labelOf(session, account), 80);
  const who = sanitizeText(session.person ?? account?.identity ?? '', 80);
  const timed = session.state === 'active' && session.expiresAt !== null;
  return (
    <div
      role="row"
      id={liveRowId(item.key)}
      aria-level={2}
      aria-rowindex={index + 2}
      aria-selected={marked}
      tabIndex={-1}
      className={`${style.row} ${active ? style.active : ''} ${marked ? style.marked : ''} ${account?.practice ? style.practice : ''}`}
      style={{ transform: `translateY(${item.top}px)` }}
      onClick={(event) =>
        event.ctrlKey || event.metaKey || event.shiftKey ? onMark(item, event.shiftKey) : onChoose(item)
      }
      onDoubleClick={() => showSession(session)}
      onKeyDown={undefined}
      onContextMenu={(event) => {
        event.preventDefault();
        onMenu(item);
      }}
    >
      <div role="gridcell" className={style.tickCell}>
        <button
          type="button"
          tabIndex={-1}
          className={`${style.tick} ${marked ? style.ticked : ''}`}
          aria-label={`Select ${label}`}
          aria-pressed={marked}
          onClick={(event) => {
            event.stopPropagation();
            onMark(item, event.shiftKey);
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {marked && <Check size={13} strokeWidth={2.5} aria-hidden />}
        </button>
      </div>
      <div role="gridcell" className={style.account}>
        <span className={style.face}>
          <Avatar label={label} colour={account?.colour ?? 'slate'} size={32} />
          <span className={style.faceDot}>
            <Dot tone={tone as Tone} hollow={unsure === 'unsure'} label={long} />
          </span>
        </span>
        <span className={style.names}>
          <bdi className={style.label} title={label}>
            {label}
          </bdi>
          <span className={style.who} title={who}>
            {account?.practice && (
              <>
                <FlaskConical className={style.practiceWord} size={12} aria-hidden />
                <VisuallyHidden>Practice</VisuallyHidden>
              </>
            )}
            <bdi>{who || 'not known yet'}</bdi>
          </span>
        </span>
      </div>
      <div role="gridcell" className={style.realmCell}>
        {session.realm ? <RealmName realm={session.realm} /> : <span className={style.quiet}>–</span>}
      </div>
      <div role="gridcell">{since}</div>
      <div role="gridcell" className={style[`${tone}Ink`]} title={long}>
        {session.state === 'active' ? timed ? short : <span className={style.quiet}>–</span> : short}
      </div>
      <div role="gridcell" className={style.lifeCell}>
        {session.state === 'active' && <LifeBar session={session} />}
        {session.failure && session.state !== 'active' && (
          <span className={style.quiet} title={sanitizeText(session.failure.message, 300)}>
            {sanitizeText(session.failure.message, 120)}
          </span>
        )}
      </div>
      <div role="gridcell" className={style.seen}>
        {seen}
      </div>
      <div role="gridcell" className={style.actionsCell}>
        <RowActions session={session} label={label} />
      </div>
    </div>
  );
});

/** What is done to a session with one click; by keyboard Alt Enter, Ctrl E and Delete do the same. */
function RowActions({ session, label }: { session: Session; label: string }) {
  const vendor = useVendor(session.vendor);
  return (
    <span className={style.rowActions}>
      {canOpenConsole(session, vendor) && (
        <RowAction
          icon={ExternalLink}
          label={`Open the console of ${label}`}
          title="Open console (Alt Enter)"
          run={() => openConsole(session)}
        />
      )}
      {canSwitch(session, vendor) && (
        <RowAction
          icon={ArrowLeftRight}
          label={`Switch the ${vendor?.words.realm ?? 'realm'} of ${label}`}
          title={`Switch ${vendor?.words.realm ?? 'realm'} (Ctrl E)`}
          run={() => switchRealm(session)}
        />
      )}
      {isOpen(session.state) && (
        <RowAction
          icon={LogOut}
          danger
          label={session.state === 'active' ? `Sign out of ${label}` : `Cancel the sign-in to ${label}`}
          title={session.state === 'active' ? 'Sign out (Delete)' : 'Cancel sign-in (Delete)'}
          run={() => signOutOf([session.id])}
        />
      )}
    </span>
  );
}

interface ActionProps {
  icon: LucideIcon;
  label: string;
  title: string;
  danger?: boolean;
  run(): void;
}

function RowAction({ icon: Icon, label, title, danger = false, run }: ActionProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`${style.rowAction} ${danger ? style.danger : ''}`}
      aria-label={label}
      title={title}
      onClick={(event) => {
        event.stopPropagation();
        run();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <Icon size={16} strokeWidth={1.75} aria-hidden />
    </button>
  );
}

const sinceWords = ({ openedAt, startedAt }: Session, now: number): string =>
  formatTime(openedAt ?? startedAt, now);

/** When the vendor last said that it is alive; of an ending, when it is tried again. */
function seenWords(session: Session | undefined, now: number): string {
  if (session?.state !== 'active') return '';
  if (session.checkFailure) return 'not checked';
  if (session.checkedAt === null) return '';
  const ago = now - session.checkedAt;
  return ago < 60_000 ? 'now' : `${formatShortDuration(ago)} ago`;
}

type FailedProps = Pick<Props, 'item' | 'index'> & { message: string };

/** In place of a session that can't be drawn; it keeps its place. */
export function FailedLiveRow({ item, index, message }: FailedProps) {
  return (
    <div
      role="row"
      id={liveRowId(item.key)}
      aria-level={2}
      aria-rowindex={index + 2}
      className={style.group}
      style={{ transform: `translateY(${item.top}px)` }}
    >
      <div role="gridcell" className={style.groupCell}>
        <Dot tone="bad" />
        {message}
      </div>
    </div>
  );
}
