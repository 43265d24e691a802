import type { ReactNode } from 'react';
import { useAccount, useSession, useVendor } from '../state/store.ts';
import { Avatar } from '../ui/avatar.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './why.module.css';

interface Props {
  sessionId: string;
  /** What it has to say, for screen readers: "stops them". */
  says: string;
  /** Beside the name: what can be done. */
  end?: ReactNode;
  children?: ReactNode;
}

/** What one live session says, under the account and the realm that it acts in. */
export function WhyCard({ sessionId, says, end, children }: Props) {
  const session = useSession(sessionId);
  const account = useAccount(session?.accountId);
  const vendor = useVendor(session?.vendor);
  if (!session || !account) return null;
  const where = [vendor?.name, session.realm?.name].filter((part): part is string => Boolean(part));
  return (
    <section
      className={style.card}
      aria-label={`${[account.label, ...where].map((part) => sanitizeText(part, 60)).join(', ')}: ${says}`}
    >
      <header className={style.head}>
        <Avatar label={account.label} colour={account.colour} size={32} />
        <div className={style.who}>
          <h3 className={style.name} dir="auto">
            {sanitizeText(account.label, 60)}
          </h3>
          <p className={style.where}>{where.map((part) => sanitizeText(part, 60)).join(' · ')}</p>
        </div>
        {end}
      </header>
      {children}
    </section>
  );
}
