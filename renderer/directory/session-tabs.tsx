import type { ReactNode } from 'react';
import { goTo, showAccount, showPeople } from '../state/navigation.ts';
import { useVendor } from '../state/store.ts';
import type { Account, Session } from '../state/types.ts';
import style from './directory.module.css';

export type Tab = 'session' | 'people' | 'own-login';

interface Props {
  account: Account;
  session: Session;
  tab: Tab;
  end?: ReactNode;
}

/** The ways through one live session: the session itself, its people, its own login; each where the vendor has it. */
export function SessionTabs({ account, session, tab, end }: Props) {
  const vendor = useVendor(session.vendor);
  const can = (ability: 'people' | 'own-login') => vendor?.abilities.includes(ability) ?? false;
  if (session.state !== 'active' || (!can('people') && !can('own-login'))) return null;
  const route = { accountId: account.id, sessionId: session.id };
  const tabs: { id: Tab; label: string; go(): void }[] = [
    { id: 'session', label: 'Session', go: () => showAccount(account.id, session.id) },
  ];
  if (can('people'))
    tabs.push({ id: 'people', label: 'People', go: () => showPeople(account.id, session.id) });
  if (can('own-login'))
    tabs.push({ id: 'own-login', label: 'My login', go: () => goTo({ at: 'own-login', ...route }) });
  return (
    <nav className={style.tabs} aria-label="In this session">
      {tabs.map(({ id, label, go }) => (
        <button
          key={id}
          type="button"
          className={style.tab}
          aria-current={id === tab ? 'page' : undefined}
          onClick={go}
        >
          {label}
        </button>
      ))}
      {end && <span className={style.tabsEnd}>{end}</span>}
    </nav>
  );
}
