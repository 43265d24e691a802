import { LogIn, LogOut, Sunrise, X } from 'lucide-react';
import { endTogether } from '../receipts/end-together.ts';
import { markOnly, openDialog, setTag, useNavigation } from '../state/navigation.ts';
import { theApp, useApp, useAppList } from '../state/store.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import { count } from '../ui/words.ts';
import { liveSessions, memberOf, tally } from './members.ts';
import style from './shifts.module.css';
import { startMembers } from './start.ts';

/** Under the list while accounts are marked or one tag is shown: what can be done with all of them at once. */
export function SelectionBar() {
  const marked = useNavigation((state) => state.marked);
  const tag = useNavigation((state) => state.tag);
  const members = useAppList((app) =>
    Object.values(app.accounts).filter(({ id, tags }) =>
      marked.size > 0 ? marked.has(id) : tag !== null && tags.includes(tag),
    ),
  ).map(memberOf);
  const words = useApp((app) => {
    const { active, waiting, all } = tally(app, members);
    return `${String(all - active - waiting)} ${String(active + waiting)}`;
  });
  if (members.length === 0) return null;
  const [out = 0, open = 0] = words.split(' ').map(Number);
  const title = marked.size > 0 ? count(members.length, 'selected account') : plain(tag ?? '', 60);
  return (
    <section
      className={style.selection}
      aria-label={marked.size > 0 ? 'Selected accounts' : 'Accounts of this tag'}
    >
      <header className={style.selectionHead}>
        <span className={style.selectionWords}>
          {marked.size > 0
            ? `${String(members.length)} selected`
            : `Tag ${title}, ${count(members.length, 'account')}`}
        </span>
        <IconButton
          icon={X}
          size="small"
          label={marked.size > 0 ? 'Clear the selection' : 'Show all tags'}
          onPress={() => (marked.size > 0 ? markOnly([]) : setTag(null))}
        />
      </header>
      <div className={style.selectionActions}>
        <Button size="small" icon={LogIn} isDisabled={out === 0} onPress={() => startMembers(members)}>
          Sign in
        </Button>
        <Button
          size="small"
          icon={LogOut}
          variant="danger"
          isDisabled={open === 0}
          onPress={() =>
            endTogether(
              title,
              // Whatever realm they are in: the account is what was selected.
              liveSessions(
                theApp(),
                members.map(({ accountId }) => ({ accountId, realm: null })),
              ),
            )
          }
        >
          Sign out
        </Button>
        <IconButton
          size="small"
          variant="plain"
          icon={Sunrise}
          label="New shift of these"
          onPress={() =>
            openDialog({ what: 'edit-shift', shift: { name: marked.size > 0 ? '' : (tag ?? ''), members } })
          }
        />
      </div>
    </section>
  );
}
