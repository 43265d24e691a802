import { CircleAlert, Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { promptTitle } from '../prompts/prompt-text.ts';
import { timeLeftTone } from '../sessions/session-status.ts';
import { isUnconfirmed } from '../sessions/unconfirmed.ts';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { showAccount, showPrompt } from '../state/navigation.ts';
import { useAccount, useApp, useAppList, usePrompts, useVendor } from '../state/store.ts';
import type { Prompt, Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { RowButton } from '../ui/button.tsx';
import { formatShortDuration } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './live.module.css';
import { labelOf, liveSessions } from './live-rows.ts';

/** Of a list only so many are shown here; the rest is a chip away. */
const most = 5;

/** At the side of a wide window: what needs the person, what ends next, what is at risk. */
export function Rail() {
  return (
    <aside className={style.rail} aria-label="What needs you">
      <NeedsYou />
      <EndsNext />
      <AtRisk />
    </aside>
  );
}

function RailSection({ title, count, children }: { title: string; count?: number; children: ReactNode }) {
  return (
    <section aria-label={title} className={style.railSection}>
      <h2 className={style.railTitle}>
        {title} {count !== undefined && <span className={style.railCount}>{count}</span>}
      </h2>
      {children}
    </section>
  );
}

function NeedsYou() {
  const prompts = usePrompts();
  if (prompts.length === 0)
    return (
      <RailSection title="Needs you">
        <p className={style.railNone}>Nothing waits for an answer.</p>
      </RailSection>
    );
  return (
    <RailSection title="Needs you" count={prompts.length}>
      <ul className={style.railCard}>
        {prompts.slice(0, most).map((prompt) => (
          <Waiting key={prompt.id} prompt={prompt} />
        ))}
      </ul>
      {prompts.length > most && <p className={style.railNone}>and {prompts.length - most} more</p>}
    </RailSection>
  );
}

function Waiting({ prompt }: { prompt: Prompt }) {
  const account = useAccount(prompt.accountId);
  const vendor = useVendor(prompt.vendor);
  const label = account?.label ?? 'An account';
  const left = useTimed((now) =>
    prompt.state === 'refused' ? null : formatShortDuration(prompt.deadline - now),
  );
  return (
    <li className={style.railRow}>
      <Avatar label={label} colour={account?.colour ?? 'slate'} size={24} />
      <span className={style.railWords}>
        <span>{promptTitle(label, vendor?.name, prompt.ask)}</span>
        <span className={style.railDetail}>{left === null ? 'was refused' : `${left} to answer`}</span>
      </span>
      <RowButton label={`Answer ${sanitizeText(label, 60)}`} onPress={() => showPrompt(prompt.id)}>
        {prompt.ask.kind === 'scan' ? 'Show code' : 'Answer'}
      </RowButton>
    </li>
  );
}

function EndsNext() {
  const sessions = useAppList((app) =>
    Object.values(app.sessions)
      .filter(({ state, expiresAt }) => state === 'active' && expiresAt !== null)
      .toSorted((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0))
      .slice(0, most),
  );
  return (
    <RailSection title="Ends next">
      {sessions.length === 0 ? (
        <p className={style.railNone}>No open session has a stated end.</p>
      ) : (
        <ul className={style.railCard}>
          {sessions.map((session) => (
            <Ending key={session.id} session={session} />
          ))}
        </ul>
      )}
    </RailSection>
  );
}

function Ending({ session }: { session: Session }) {
  const account = useAccount(session.accountId);
  const words = useTimed((now) => {
    const left = (session.expiresAt ?? now) - now;
    return `${timeLeftTone(left)} ${formatShortDuration(Math.max(0, left))}`;
  });
  const [tone, ...left] = words.split(' ');
  return (
    <li className={style.railRow}>
      <SessionLink session={session} />
      {account && <span className={style[`${tone}Ink`]}>{left.join(' ')}</span>}
    </li>
  );
}

function AtRisk() {
  const { shown, count } = useAtRisk();
  if (count === 0) return null;
  return (
    <RailSection title="At risk" count={count}>
      <ul className={style.railCard}>
        {shown.map((session) => (
          <Risk key={session.id} session={session} />
        ))}
      </ul>
      {count > most && <p className={style.railNone}>and {count - most} more</p>}
    </RailSection>
  );
}

/** What may go on without anybody's eye on it: not confirmed as ended, run out, failed, or not checked lately. */
function useAtRisk(): { shown: readonly Session[]; count: number } {
  const sessions = useApp((app) => app.sessions);
  const risky = liveSessions(sessions).filter(
    (session) =>
      isUnconfirmed(session) ||
      session.state === 'failed' ||
      session.state === 'expired' ||
      (session.state === 'active' && session.checkFailure !== null),
  );
  return { shown: risky.slice(0, most), count: risky.length };
}

function Risk({ session }: { session: Session }) {
  const owed = isUnconfirmed(session);
  const Icon = owed ? Hourglass : CircleAlert;
  return (
    <li className={style.railRow}>
      <span className={owed ? style.waitInk : style.badInk}>
        <Icon size={16} strokeWidth={1.75} aria-hidden />
      </span>
      <span className={style.railWords}>
        <SessionLink session={session} />
        <span className={style.railDetail}>{riskOf(session)}</span>
      </span>
      {session.state === 'ending' && (
        <RowButton
          label="Try ending it now"
          onPress={() => void act('sessions.tryEndingNow', { sessionId: session.id })}
        >
          Try now
        </RowButton>
      )}
    </li>
  );
}

function riskOf(session: Session): string {
  if (session.endedHow === 'possibly-alive') return 'may still be alive at the vendor';
  if (isUnconfirmed(session)) return 'is not confirmed as ended';
  if (session.state === 'failed') return 'could not be signed in';
  if (session.state === 'expired') return 'has ended elsewhere or run out';
  return 'could not be checked';
}

function SessionLink({ session }: { session: Session }) {
  const account = useAccount(session.accountId);
  const label = sanitizeText(labelOf(session, account), 60);
  if (!account) return <bdi className={style.railName}>{label}</bdi>;
  return (
    <button
      type="button"
      className={style.railLink}
      title={session.realm ? `${label} · ${sanitizeText(session.realm.name, 60)}` : label}
      onClick={() => showAccount(account.id, session.id)}
    >
      <bdi>{label}</bdi>
    </button>
  );
}
