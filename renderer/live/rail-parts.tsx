import type { ReactNode } from 'react';
import { showAccount } from '../state/navigation.ts';
import { useAccount } from '../state/store.ts';
import type { Session } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './live.module.css';
import { labelOf } from './live-rows.ts';

/** Of a list in the rail only so many are shown; the rest is a press away. */
export const most = 5;

interface SectionProps {
  title: string;
  count?: number;
  /** Beside the title, in secondary ink. */
  detail?: ReactNode;
  children: ReactNode;
}

export function RailSection({ title, count, detail, children }: SectionProps) {
  return (
    <section aria-label={title} className={style.railSection}>
      <h2 className={style.railTitle}>
        {title} {count !== undefined && <span className={style.railCount}>{count}</span>}
        {detail && <span className={style.railCount}>{detail}</span>}
      </h2>
      {children}
    </section>
  );
}

/** Goes to the session's page; of an account that is not on the list, only its name. */
export function SessionLink({ session }: { session: Session }) {
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
