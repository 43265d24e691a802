import { AccountForm } from '../accounts/account-form.tsx';
import { LedgerPage } from '../ledger/ledger-page.tsx';
import { OwnLoginPage } from '../own-login/own-login-page.tsx';
import { PeoplePlace } from '../people/people-place.tsx';
import { WhyPage } from '../recovery/why-page.tsx';
import { AccountPage } from '../sessions/account-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { ShiftPage } from '../shifts/shift-page.tsx';
import { useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { NoAccounts } from './empty-desk.tsx';
import style from './middle.module.css';

/** What is selected. */
export function Middle() {
  const place = useNavigation((state) => state.place);
  const empty = useApp((app) => Object.keys(app.accounts).length === 0);
  const gone = useApp(
    (app) =>
      ('accountId' in place && !app.accounts[place.accountId]) ||
      (place.at === 'shift' && !app.shifts[place.shiftId]),
  );
  if (place.at === 'settings') return <SettingsPage />;
  if (place.at === 'ledger') return <LedgerPage />;
  if (place.at === 'add-account') return <AccountForm key="new" accountId={null} />;
  if (empty) return <NoAccounts />;
  if (place.at === 'nothing' || gone)
    return (
      <div className={style.centre}>
        <EmptyState level={1} title="Choose an account to see its sessions">
          <span className={style.hint}>
            <kbd>Ctrl K</kbd> finds accounts, realms, people and actions.
          </span>
        </EmptyState>
      </div>
    );
  if (place.at === 'why') return <WhyPage email={place.email} />;
  if (place.at === 'shift') return <ShiftPage key={place.shiftId} shiftId={place.shiftId} />;
  if (place.at === 'people') return <PeoplePlace {...place} />;
  if (place.at === 'own-login') return <OwnLoginPage {...place} />;
  if (place.at === 'edit-account') return <AccountForm key={place.accountId} accountId={place.accountId} />;
  return <AccountPage key={place.accountId} accountId={place.accountId} sessionId={place.sessionId} />;
}
