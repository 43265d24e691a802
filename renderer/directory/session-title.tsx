import type { ReactNode } from 'react';
import type { Account, Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import style from '../ui/room.module.css';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** Stands over each page of the directory: the account and the realm that it acts in. */
export function SessionTitle({
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
    .map((part) => sanitizeText(part, 80));
  return (
    <header className={style.header}>
      <Avatar label={account.label} colour={account.colour} />
      <div className={style.titles}>
        <h1 className={style.title}>{sanitizeText(account.label, 80)}</h1>
        <p className={style.subtitle}>{where.join(' · ')}</p>
      </div>
      {actions}
    </header>
  );
}
