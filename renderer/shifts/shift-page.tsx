import { CircleStop, Ellipsis, Pencil, Play, Sunrise, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { endTogether } from '../receipts/end-together.ts';
import { openDialog } from '../state/navigation.ts';
import { theApp, useApp } from '../state/store.ts';
import type { Shift } from '../state/types.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Page, Section } from '../ui/page.tsx';
import { plain } from '../ui/plain.ts';
import { count } from '../ui/words.ts';
import { MemberTable } from './member-table.tsx';
import { liveSessions, tally } from './members.ts';
import { ShiftProgress } from './shift-progress.tsx';
import style from './shifts.module.css';
import { startMembers } from './start.ts';

/** One shift: how far it is open, what stands in the way, and the way to open and end all of it. */
export function ShiftPage({ shiftId }: { shiftId: string }) {
  const shift = useApp((app) => app.shifts[shiftId]);
  return shift ? <Shown shift={shift} /> : null;
}

function Shown({ shift }: { shift: Shift }) {
  const [starting, setStarting] = useState(false);
  const sessions = useApp((app) => app.sessions);
  const counts = tally({ sessions }, shift.members);
  const open = counts.active + counts.waiting;
  const name = plain(shift.name, 80);

  async function start() {
    setStarting(true);
    await startMembers(shift.members);
    setStarting(false);
  }

  return (
    <Page
      lead={
        <span className={style.lead}>
          <Sunrise size={22} strokeWidth={1.5} aria-hidden />
        </span>
      }
      title={name}
      subtitle={`Shift of ${count(shift.members.length, 'account')}, opened together and ended together`}
      actions={
        <>
          {counts.out + counts.failed > 0 && (
            <Button variant="main" icon={Play} isPending={starting} onPress={() => void start()}>
              {open > 0 ? 'Start the rest' : 'Start shift'}
            </Button>
          )}
          <Menu
            label={`More for ${name}`}
            entries={[
              {
                kind: 'action',
                id: 'edit',
                label: 'Rename, change accounts…',
                icon: Pencil,
                run: () => openDialog({ what: 'edit-shift', shift }),
              },
              {
                kind: 'action',
                id: 'remove',
                label: 'Remove shift…',
                icon: Trash2,
                danger: true,
                run: () => openDialog({ what: 'remove-shift', shiftId: shift.id }),
              },
            ]}
          >
            <IconButton icon={Ellipsis} label="More" variant="plain" />
          </Menu>
          {open > 0 && (
            <Button
              variant="danger"
              icon={CircleStop}
              onPress={() => endTogether(shift.name, liveSessions(theApp(), shift.members))}
            >
              End shift
            </Button>
          )}
        </>
      }
    >
      <ShiftProgress counts={counts} />
      <Section title="Accounts" count={shift.members.length}>
        <MemberTable members={shift.members} />
      </Section>
    </Page>
  );
}
