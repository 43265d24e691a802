import { ChevronDown, ChevronRight, CircleStop, Play, Plus, Sunrise } from 'lucide-react';
import { useState } from 'react';
import { endTogether } from '../receipts/end-together.ts';
import { sessionStatus } from '../sessions/session-status.ts';
import { useTimed } from '../state/clock.ts';
import { goTo, openDialog, showAccount, useNavigation } from '../state/navigation.ts';
import { getApp, useAccount, useApp, useAppList } from '../state/store.ts';
import type { Shift } from '../state/types.ts';
import { Dot, type Tone } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { liveSessions, type Member, memberKey, sessionOf, tally } from './members.ts';
import style from './shift-list.module.css';
import { startMembers } from './start-members.ts';

/** Accounts that are shown under a shift; its page has all of them. */
const mostShown = 50;

/** Over the accounts: the shifts, each with how much of it is open. */
export function ShiftList() {
  const shifts = useAppList((app) => Object.values(app.shifts));
  const route = useNavigation((state) => state.route);
  if (shifts.length === 0) return null;
  return (
    <nav className={style.shifts} aria-label="Shifts">
      <header className={style.head}>
        <span className={style.title}>Shifts</span>
        <span className={style.add}>
          <IconButton
            icon={Plus}
            size="small"
            label="New shift"
            onPress={() => openDialog({ what: 'edit-shift', shift: { name: '', members: [] } })}
          />
        </span>
        <span className={style.count}>{shifts.length}</span>
      </header>
      <ul className={style.list}>
        {shifts.map((shift) => (
          <li key={shift.id}>
            <ShiftRow shift={shift} current={route.at === 'shift' && route.shiftId === shift.id} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function ShiftRow({ shift, current }: { shift: Shift; current: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const { active, waiting, failed, out, all } = useShiftTally(shift);
  const name = sanitizeText(shift.name, 60);
  const isOff = out === all;
  const words = isOff ? 'off' : `${String(active)} of ${String(all)}`;
  const more = [waiting > 0 && `${String(waiting)} waiting`, failed > 0 && `${String(failed)} failed`]
    .filter(Boolean)
    .join(', ');
  const Arrow = isOpen ? ChevronDown : ChevronRight;
  return (
    <>
      <div className={style.line}>
        <button
          type="button"
          className={style.fold}
          aria-expanded={isOpen}
          aria-label={`Accounts of ${name}`}
          onClick={() => setOpen(!isOpen)}
        >
          <Sunrise size={15} strokeWidth={1.75} aria-hidden className={style.icon} />
          <Arrow size={14} strokeWidth={2} aria-hidden className={style.arrow} />
        </button>
        <button
          type="button"
          className={style.row}
          aria-current={current ? 'page' : undefined}
          title={`${name}: ${[isOff ? words : `${words} active`, more].filter(Boolean).join(', ')}`}
          onClick={() => goTo({ at: 'shift', shiftId: shift.id })}
        >
          <bdi className={style.name}>{name}</bdi>
          <span className={failed > 0 ? style.failed : waiting > 0 ? style.waiting : style.words}>
            {words}
            <span className="screen-reader-only">
              {isOff ? '' : ' active'}
              {more && `, ${more}`}
            </span>
          </span>
        </button>
        <span className={style.run}>
          {out + failed > 0 ? (
            <IconButton
              icon={Play}
              size="small"
              label={isOff ? `Start ${name}` : `Start the rest of ${name}`}
              onPress={() => void startMembers(shift.members)}
            />
          ) : (
            <IconButton
              icon={CircleStop}
              size="small"
              label={`End ${name}`}
              onPress={() => void endTogether(shift.name, liveSessions(getApp(), shift.members))}
            />
          )}
        </span>
      </div>
      {isOpen && (
        <ul className={style.members} aria-label={`Accounts of ${name}`}>
          {shift.members.slice(0, mostShown).map((member) => (
            <MemberRow key={memberKey(member)} member={member} />
          ))}
        </ul>
      )}
    </>
  );
}

/** One account of a shift: whether it is open, in the realm that the shift wants. */
function MemberRow({ member }: { member: Member }) {
  const account = useAccount(member.accountId);
  const session = useApp((app) => sessionOf(Object.values(app.sessions), member));
  const status = useTimed((now) => {
    const { tone, short, long } = sessionStatus(session, undefined, now);
    return [tone, short, long].join('\n');
  });
  if (!account) return null;
  const [tone = 'off', short = '', long = ''] = status.split('\n');
  const label = sanitizeText(account.label, 60);
  const realm = session?.realm ?? member.realm;
  return (
    <li>
      <button
        type="button"
        className={style.member}
        title={realm ? `${label}\n${sanitizeText(realm.name, 60)}` : label}
        onClick={() => showAccount(account.id, session?.id ?? null)}
      >
        <Dot tone={tone as Tone} label={long} />
        <bdi className={style.memberName}>{label}</bdi>
        <span className={style.words}>{short}</span>
      </button>
    </li>
  );
}

/** One string is compared, so that a row is drawn anew only when its numbers change. */
function useShiftTally({ members }: Shift) {
  const words = useApp((app) => {
    const { active, waiting, failed, out, all } = tally(app, members);
    return [active, waiting, failed, out, all].join(' ');
  });
  const [active = 0, waiting = 0, failed = 0, out = 0, all = 0] = words.split(' ').map(Number);
  return { active, waiting, failed, out, all };
}
