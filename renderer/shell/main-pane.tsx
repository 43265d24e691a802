import { LivePage } from '../live/live-page.tsx';
import { useNavigation } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { NoAccounts } from './no-accounts.tsx';
import { useLater } from './use-later.ts';

/** What is selected. */
export function MainPane() {
  const route = useNavigation((state) => state.route);
  const empty = useApp((app) => Object.keys(app.accounts).length === 0);
  const gone = useApp(
    (app) =>
      ('accountId' in route && !app.accounts[route.accountId]) ||
      (route.at === 'shift' && !app.shifts[route.shiftId]),
  );
  const later = useLater();
  const anyway = route.at === 'settings' || route.at === 'ledger' || route.at === 'add-account';
  if (empty && !anyway) return <NoAccounts />;
  if (route.at === 'live' || gone) return <LivePage />;
  if (!later) return null;
  const {
    AccountForm,
    AccountPage,
    DirectoryRoute,
    LedgerPage,
    NoDirectory,
    OwnLoginPage,
    SettingsPage,
    ShiftPage,
    WhyPage,
  } = later;
  if (route.at === 'settings') return <SettingsPage />;
  if (route.at === 'ledger') return <LedgerPage key={route.person} person={route.person} />;
  if (route.at === 'add-account')
    return <AccountForm key={`new ${route.from}`} accountId={null} from={route.from ?? null} />;
  if (route.at === 'why') return <WhyPage email={route.email} />;
  if (route.at === 'shift') return <ShiftPage key={route.shiftId} shiftId={route.shiftId} />;
  if (route.at === 'directory') return <NoDirectory />;
  if (route.at === 'people') return <DirectoryRoute {...route} />;
  if (route.at === 'own-login') return <OwnLoginPage {...route} />;
  if (route.at === 'edit-account') return <AccountForm key={route.accountId} accountId={route.accountId} />;
  return <AccountPage key={route.accountId} accountId={route.accountId} sessionId={route.sessionId} />;
}
