import { useMemo, useState } from 'react';
import { refusalText } from '../sessions/refusal-text.ts';
import { useNow } from '../state/clock.ts';
import { useApp } from '../state/store.ts';
import type { Account, Realm } from '../state/types.ts';
import { Checkbox } from '../ui/choice.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { formatCount } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { SearchField } from '../ui/search-field.tsx';
import { type Member, memberOf } from './members.ts';
import style from './shifts.module.css';

interface Props {
  members: Member[];
  onChange(members: Member[]): void;
  error: string | undefined;
}

/** More than this are found by typing. */
const mostShown = 150;

/** Every account, a tick each, with the realm that it is opened in; chosen ones first. */
export function MemberPicker({ members, onChange, error }: Props) {
  const accounts = useApp((app) => app.accounts);
  const [typed, setTyped] = useState('');
  const [first] = useState(() => new Set(members.map(({ accountId }) => accountId)));

  const list = useMemo(() => {
    const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    return Object.values(accounts)
      .filter((account) => {
        const text = [account.label, account.identity, account.realm?.name ?? '', ...account.tags]
          .join(' ')
          .toLowerCase();
        return words.every((word) => text.includes(word));
      })
      .toSorted(
        (a, b) => Number(first.has(b.id)) - Number(first.has(a.id)) || a.label.localeCompare(b.label, 'en'),
      );
  }, [accounts, typed, first]);

  function change(account: Account, chosen: boolean) {
    const others = members.filter(({ accountId }) => accountId !== account.id);
    onChange(chosen ? [...others, memberOf(account)] : others);
  }

  return (
    <fieldset className={style.pick}>
      <legend className={style.legend}>Accounts, {formatCount(members.length, 'chosen', 'chosen')}</legend>
      <SearchField label="Find by name, realm or tag" value={typed} onChange={setTyped} />
      <div className={style.accounts}>
        {list.length === 0 && <p className={style.empty}>No account has these words.</p>}
        {list.slice(0, mostShown).map((account) => {
          const chosen = members.filter(({ accountId }) => accountId === account.id);
          return (
            <div key={account.id} className={style.account}>
              <Checkbox
                isSelected={chosen.length > 0}
                onChange={(on) => change(account, on)}
                help={<span className={style.accountDetail}>{sanitizeText(account.identity, 60)}</span>}
              >
                {sanitizeText(account.label, 60)}
              </Checkbox>
              {chosen[0] && (
                <span className={style.realm}>
                  <RealmChoice
                    account={account}
                    member={chosen[0]}
                    onChange={(realm) =>
                      onChange(members.map((one) => (one === chosen[0] ? { ...one, realm } : one)))
                    }
                  />
                </span>
              )}
            </div>
          );
        })}
        {list.length > mostShown && (
          <p className={style.empty}>
            {formatCount(list.length - mostShown, 'account')} more: type to find them.
          </p>
        )}
      </div>
      {error && (
        <p className={style.problem} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}

/** The realms that are known here: the account's own, those of its sessions, and the member's. */
function RealmChoice({
  account,
  member,
  onChange,
}: {
  account: Account;
  member: Member;
  onChange(realm: Realm | null): void;
}) {
  const sessions = useApp((app) => app.sessions);
  const now = useNow(60_000);
  const own = Object.values(sessions).filter(({ accountId }) => accountId === account.id);
  const known = new Map<string, Realm>();
  for (const realm of [account.realm, member.realm, ...own.map(({ realm: where }) => where)])
    if (realm) known.set(realm.id, realm);
  const refused = new Map(own.flatMap(({ refusals }) => refusals.map((one) => [one.realmId, one])));
  if (known.size === 0) return null;
  const options = [...known.values()].map(({ id, name }) => {
    const refusal = refused.get(id);
    const detail = refusal ? { detail: refusalText(refusal, now, 120) } : {};
    return { value: id, label: sanitizeText(name, 40), ...detail };
  });
  return (
    <CompactSelect
      label={`Realm of ${sanitizeText(account.label, 60)}`}
      bare
      value={member.realm?.id ?? ''}
      onChange={(id) => onChange(known.get(id) ?? null)}
      options={[...options, { value: '', label: 'Any realm' }]}
    />
  );
}
