import type { ReactNode } from 'react';
import type { Account, Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { plain } from '../ui/plain.ts';
import style from '../ui/room.module.css';

/** Over every page of the admin desk: the account and the realm that it acts in. */
export function SourceTitle({
  account,
  session,
  actions,
}: {
  account: Account;
  session: Session;
  actions?: ReactNode;
}) {
  const where = [session.realm?.name, session.person ?? account.identity]
    .filter((part): part is string => Boolean(part))
    .map((part) => plain(part, 80));
  return (
    <header className={style.header}>
      <Avatar label={account.label} colour={account.colour} />
      <div className={style.titles}>
        <h1 className={style.title}>{plain(account.label, 80)}</h1>
        <p className={style.subtitle}>{where.join(' · ')}</p>
      </div>
      {actions}
    </header>
  );
}
