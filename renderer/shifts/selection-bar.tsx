import { LogIn, LogOut, Sunrise, X } from 'lucide-react';
import { useMemo } from 'react';
import { endTogether } from '../receipts/end-together.ts';
import type { ById } from '../state/app-state.ts';
import { markOnly, openDialog, setTag, useNavigation } from '../state/navigation.ts';
import { getApp, useApp } from '../state/store.ts';
import type { Account } from '../state/types.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { formatCount } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { liveSessions, memberOf, tally } from './members.ts';
import style from './shifts.module.css';
import { startMembers } from './start-members.ts';

function chosen(accounts: ById<Account>, marked: ReadonlySet<string>, tag: string | null): Account[] {
  if (marked.size > 0) return [...marked].flatMap((id) => accounts[id] ?? []);
  return tag === null ? [] : Object.values(accounts).filter(({ tags }) => tags.includes(tag));
}

/** Under the list while accounts are marked or one tag is shown: what can be done with all of them at once. */
export function SelectionBar() {
  const marked = useNavigation((state) => state.marked);
  const tag = useNavigation((state) => state.tag);
  const accounts = useApp((app) => app.accounts);
  const members = useMemo(() => chosen(accounts, marked, tag).map(memberOf), [accounts, marked, tag]);
  // The sessions are read at each change only while there is something to count.
  const sessions = useApp((app) => (members.length > 0 ? app.sessions : null));
  const { active, waiting, all } = useMemo(
    () => tally({ sessions: sessions ?? {} }, members),
    [sessions, members],
  );
  if (members.length === 0) return null;
  const open = active + waiting;
  const out = all - open;
  const title =
    marked.size > 0 ? formatCount(members.length, 'selected account') : sanitizeText(tag ?? '', 60);
  return (
    <section
      className={style.selection}
      aria-label={marked.size > 0 ? 'Selected accounts' : 'Accounts of this tag'}
    >
      <header className={style.selectionHead}>
        <span className={style.selectionWords}>
          {marked.size > 0
            ? `${String(members.length)} selected`
            : `Tag ${title}, ${formatCount(members.length, 'account')}`}
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
                getApp(),
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
