import { Plus, Sunrise } from 'lucide-react';
import { goTo, openDialog, useNavigation } from '../state/navigation.ts';
import { useApp, useAppList } from '../state/store.ts';
import type { Shift } from '../state/types.ts';
import { IconButton } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { tally } from './members.ts';
import style from './shift-list.module.css';

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
  const { active, waiting, failed, all } = useShiftTally(shift);
  const name = sanitizeText(shift.name, 60);
  const words = `${String(active)} of ${String(all)}`;
  const more = [waiting > 0 && `${String(waiting)} waiting`, failed > 0 && `${String(failed)} failed`]
    .filter(Boolean)
    .join(', ');
  return (
    <button
      type="button"
      className={style.row}
      aria-current={current ? 'page' : undefined}
      title={`${name}: ${[`${words} active`, more].filter(Boolean).join(', ')}`}
      onClick={() => goTo({ at: 'shift', shiftId: shift.id })}
    >
      <Sunrise size={15} strokeWidth={1.75} aria-hidden className={style.icon} />
      <span className={style.name}>{name}</span>
      <span className={failed > 0 ? style.failed : waiting > 0 ? style.waiting : style.words}>
        {words}
        <span className="screen-reader-only"> active{more && `, ${more}`}</span>
      </span>
    </button>
  );
}

/** One string is compared, so that a row is drawn anew only when its numbers change. */
function useShiftTally({ members }: Shift) {
  const words = useApp((app) => {
    const { active, waiting, failed, all } = tally(app, members);
    return `${String(active)} ${String(waiting)} ${String(failed)} ${String(all)}`;
  });
  const [active = 0, waiting = 0, failed = 0, all = 0] = words.split(' ').map(Number);
  return { active, waiting, failed, all };
}
