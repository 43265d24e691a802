import { stateWords } from '../sessions/state-words.ts';
import { useTimed } from '../state/clock.ts';
import { showAccount, showPrompts } from '../state/navigation.ts';
import { useAccount, useApp, useVendor } from '../state/store.ts';
import type { Session } from '../state/types.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import { RealmMark } from '../ui/realm-mark.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { type Member, memberKey, sessionOf, stateOf } from './members.ts';
import style from './shifts.module.css';
import { startMembers, useRefusals } from './start.ts';

const columns: Column<Member>[] = [
  { id: 'account', title: 'Account', width: '27%', cell: (member) => <Who member={member} /> },
  {
    id: 'realm',
    title: 'Realm',
    width: '17%',
    minor: true,
    cell: (member) => <Where member={member} />,
  },
  { id: 'state', title: 'State', width: '170px', cell: (member) => <State member={member} /> },
  { id: 'why', title: 'Reason', cell: (member) => <Reason member={member} /> },
  { id: 'action', title: '', width: '98px', align: 'end', cell: (member) => <Action member={member} /> },
];

/** A row a member: its state, why it failed, and what can be done about it. */
export function MemberTable({ members }: { members: readonly Member[] }) {
  return <Table label="Accounts of this shift" columns={columns} rows={members} rowKey={memberKey} />;
}

const useMemberSession = (member: Member): Session | undefined =>
  useApp((app) => sessionOf(Object.values(app.sessions), member));

function Who({ member }: { member: Member }) {
  const account = useAccount(member.accountId);
  const vendor = useVendor(account?.vendor);
  const session = useMemberSession(member);
  if (!account) return <span className={style.secondary}>Removed account</span>;
  return (
    <button
      type="button"
      className={style.name}
      title={vendor ? `${account.label} · ${vendor.name}` : account.label}
      onClick={() => showAccount(account.id, session?.id ?? null)}
    >
      {plain(account.label, 60)}
    </button>
  );
}

/** Where its session is; while it has none, where it will be opened. */
function Where({ member }: { member: Member }) {
  const session = useMemberSession(member);
  const realm = session?.realm ?? member.realm;
  return realm ? <RealmMark realm={realm} /> : '–';
}

function State({ member }: { member: Member }) {
  const session = useMemberSession(member);
  const ask = useApp(
    (app) => Object.values(app.prompts).find(({ sessionId }) => sessionId === session?.id)?.ask,
  );
  const words = useTimed((now) => {
    const { tone, long } = stateWords(session, ask, now);
    return `${tone}\n${long}`;
  });
  const [tone, long] = words.split('\n');
  return <Badge tone={tone as Tone}>{long}</Badge>;
}

function Reason({ member }: { member: Member }) {
  const session = useMemberSession(member);
  const refused = useRefusals((all) => all[member.accountId]);
  const failure = session?.state === 'failed' || session?.state === 'expired' ? session.failure : null;
  const words = failure?.message ?? (stateOf(session) === 'out' ? refused : undefined);
  if (!words) return null;
  const whole = [words, failure?.advice]
    .filter((part): part is string => Boolean(part))
    .map((part) => plain(part, 300));
  return <span title={whole.join(' ')}>{whole[0]}</span>;
}

function Action({ member }: { member: Member }) {
  const account = useAccount(member.accountId);
  const session = useMemberSession(member);
  const label = plain(account?.label ?? '', 60);
  const state = stateOf(session);
  if (!account) return null;
  if (session?.state === 'waiting')
    return (
      <Button variant="link" size="small" aria-label={`Answer ${label}`} onPress={() => showPrompts()}>
        Answer
      </Button>
    );
  if (state === 'active' || state === 'waiting')
    return (
      <Button
        variant="link"
        size="small"
        aria-label={`Show ${label}`}
        onPress={() => showAccount(account.id, session?.id ?? null)}
      >
        Show
      </Button>
    );
  const words = state === 'failed' ? 'Retry' : 'Sign in';
  return (
    <Button
      variant="link"
      size="small"
      aria-label={`${words}: ${label}`}
      onPress={() => startMembers([member])}
    >
      {words}
    </Button>
  );
}
