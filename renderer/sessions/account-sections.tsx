import { useEffect, useRef } from 'react';
import { useNow } from '../state/clock.ts';
import { useAppList, useSessionsOf } from '../state/store.ts';
import type { Account, LedgerRow, Vendor } from '../state/types.ts';
import { type Read, useKeptRead } from '../state/use-read.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { FactList, type ListedFact } from '../ui/fact-list.tsx';
import { formatDuration, formatFullTime, formatMoment, formatTime, formatTimeTitle } from '../ui/format.ts';
import { Facts, Section } from '../ui/page.tsx';
import { RealmName } from '../ui/realm-name.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type Column, Table } from '../ui/table.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { lastAsked, type PastSession, pastSessions } from './past-sessions.ts';
import { ReadSection } from './read-section.tsx';
import { canSwitchRealm, signIn } from './session-actions.ts';
import style from './sessions.module.css';

interface Props {
  account: Account;
  vendor: Vendor | undefined;
}

/** What is known of an account while nobody works in it: what is stored, where it was used, and its sign-ins. */
export function AccountSections({ account, vendor }: Props) {
  const history = useHistory(account.id);
  return (
    <>
      <About account={account} vendor={vendor} asked={lastAsked(history.value ?? [], account.id)} />
      {canSwitchRealm(vendor) && <RealmsUsed account={account} vendor={vendor} />}
      <ReadSection title="Sign-ins" read={history}>
        {(rows) => <SignIns past={pastSessions(rows, account.id)} />}
      </ReadSection>
    </>
  );
}

/** The state of an account without a session, and when somebody last signed in with it. */
export function SignedOut({ account }: { account: Account }) {
  const { value } = useHistory(account.id);
  const now = useNow(60_000);
  const last = value && pastSessions(value, account.id).find(({ method }) => method !== null);
  const began = last && `${formatTimeTitle(last.beganAt, now)}, ${sanitizeText(last.method ?? '', 60)}`;
  return (
    <Facts
      facts={[
        { label: 'State', value: 'Signed out' },
        { label: 'Last sign-in', value: value ? (began ?? 'None from here') : '–' },
      ]}
    />
  );
}

const mostRows = 200;

/** The ledger's rows that name the account, newest first; read again when one of its sessions has changed. */
function useHistory(accountId: string): Read<LedgerRow[]> {
  const history = useKeptRead('ledger.page', { text: accountId, limit: mostRows });
  const states = useSessionsOf(accountId)
    .map(({ id, state }) => `${id} ${state}`)
    .join();
  const shown = useRef(states);
  const { reload } = history;
  useEffect(() => {
    if (shown.current === states) return;
    shown.current = states;
    reload();
  }, [states, reload]);
  return history;
}

/** What a vendor asks for at a sign-in, by the kind of the prompt. */
const askedFor: Partial<Record<string, string>> = {
  code: 'A code at the sign-in',
  scan: 'A scan with the phone',
  password: 'A second password',
  'virtual-keyboard': 'A password on an on-screen keyboard',
  page: 'A sign-in on somebody else’s page',
};

function About({ account, vendor, asked }: Props & { asked: string | null }) {
  const shifts = useAppList((app) =>
    Object.values(app.shifts).flatMap(({ name, members }) =>
      members.some(({ accountId }) => accountId === account.id) ? [name] : [],
    ),
  );
  const stored = (vendor?.form ?? []).filter(({ name }) => account.storedSecrets.includes(name));
  const authenticator = stored.find(({ type }) => type === 'authenticator-secret');
  const realm = vendor?.words.realm ?? 'realm';
  const facts: ListedFact[] = [
    { label: 'Address', value: account.baseUrl },
    { label: 'Signs in as', value: account.identity },
    ...(account.realm
      ? [{ label: realm.charAt(0).toUpperCase() + realm.slice(1), value: account.realm.name }]
      : []),
    {
      label: 'Stored, encrypted',
      value: stored.length > 0 ? stored.map(({ label }) => label).join(', ') : 'Nothing secret',
    },
    {
      label: 'Second factor',
      value: authenticator
        ? 'Gatehouse makes the code itself'
        : ((asked && askedFor[asked]) ?? 'None was asked for yet'),
    },
    ...(account.tags.length > 0 ? [{ label: 'Tags', value: account.tags.join(', ') }] : []),
    ...(shifts.length > 0 ? [{ label: 'Shifts', value: shifts.join(', ') }] : []),
    { label: 'Added', value: formatMoment(account.createdAt) },
  ];
  return (
    <Section title="Account">
      <FactList label="Account" facts={facts} />
    </Section>
  );
}

function RealmsUsed({ account, vendor }: Props) {
  const used = useKeptRead('realms.used', { accountId: account.id });
  const now = useNow(60_000);
  if (!used.value || used.value.length === 0) return null;
  const realms = sanitizeText(vendor?.words.realms ?? 'realms', 40);
  const title = `${realms.charAt(0).toUpperCase()}${realms.slice(1)} used`;
  type Used = (typeof used.value)[number];
  const columns: Column<Used>[] = [
    {
      id: 'realm',
      title: 'Name',
      cell: (one) => (
        <span className={style.where}>
          <RealmName realm={one} />
          {one.pinned && <Badge>pinned</Badge>}
        </span>
      ),
    },
    {
      id: 'used',
      title: 'Last used',
      width: '140px',
      fit: true,
      cell: ({ usedAt }) => <span title={formatFullTime(usedAt)}>{formatTime(usedAt, now)}</span>,
    },
    {
      id: 'actions',
      title: '',
      width: '88px',
      fit: true,
      align: 'end',
      cell: ({ id, name }) => (
        <Button
          variant="link"
          size="small"
          aria-label={`Sign in to ${sanitizeText(name, 60)}`}
          onPress={() => void signIn(account.id, false, { id, name })}
        >
          Sign in
        </Button>
      ),
    },
  ];
  return (
    <Section title={title} count={used.value.length}>
      <Table label={title} columns={columns} rows={used.value} rowKey={({ id }) => id} />
    </Section>
  );
}

function SignIns({ past }: { past: readonly PastSession[] }) {
  const now = useNow(60_000);
  if (past.length === 0) return <p className={style.lacks}>Nobody has signed in with it here yet.</p>;
  const columns: Column<PastSession>[] = [
    {
      id: 'when',
      title: 'When',
      width: '150px',
      fit: true,
      cell: ({ beganAt }) => <span title={formatFullTime(beganAt)}>{formatTimeTitle(beganAt, now)}</span>,
    },
    {
      id: 'with',
      title: 'With',
      spare: true,
      cell: ({ method }) => <VendorText text={method} length={60} />,
    },
    { id: 'realm', title: 'In', minor: true, cell: ({ realm }) => <VendorText text={realm} length={60} /> },
    {
      id: 'lasted',
      title: 'For',
      width: '90px',
      fit: true,
      minor: true,
      cell: ({ method, beganAt, overAt }) =>
        method === null || overAt === null ? '–' : formatDuration(overAt - beganAt),
    },
    {
      id: 'how',
      title: 'How it ended',
      width: '40%',
      cell: ({ how, tone }) => (
        <span className={tone === 'bad' ? style.badInk : tone === 'wait' ? style.waitInk : undefined}>
          <VendorText text={how} length={120} />
        </span>
      ),
    },
  ];
  return <Table label="Sign-ins" columns={columns} rows={past} rowKey={({ id }) => id} />;
}
