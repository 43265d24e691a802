import { z } from 'zod';
import { type Realm, realm as realmShape } from '#contract/shapes.ts';
import { realmOf, type Sessions } from '../sessions/index.ts';
import { bytesIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';

export interface UsedRealm extends Realm {
  pinned: boolean;
  /** ms since 1970: when it was last used, or pinned. */
  usedAt: number;
}

const used = z.array(realmShape.extend({ pinned: z.boolean(), usedAt: z.number() }));

/** As many as a list can show; pinned ones stay. */
const kept = 50;

const place = (accountId: string) => ['realms_used.sealed', accountId] as const;

/** An account's used realms as they stand on disk. */
export const sealRealms = (vault: Pick<Vault, 'sealRow'>, accountId: string, realms: UsedRealm[]) =>
  vault.sealRow(place(accountId), JSON.stringify(realms));

interface RealmsUsedOptions {
  store: Store;
  vault: Vault;
  sessions: Pick<Sessions, 'on'>;
  now(): number;
}

/** Realms that an account's sessions acted in, newest first, and the ones a person pinned. Needs an open vault. */
export function createRealmsUsed({ store, vault, sessions, now }: RealmsUsedOptions) {
  sessions.on.activated((record) => {
    const realm = realmOf(record);
    if (realm) put(record.accountId, realm, { usedAt: now() });
  });

  function of(accountId: string): UsedRealm[] {
    const row = store.get('SELECT sealed FROM realms_used WHERE account_id = ?', accountId);
    const text = row ? vault.openRow(place(accountId), bytesIn(row, 'sealed')) : null;
    return text === null ? [] : (used.safeParse(JSON.parse(text)).data ?? []);
  }

  function put(accountId: string, realm: Realm, patch: Partial<UsedRealm>) {
    const realms = of(accountId);
    const before = realms.find(({ id }) => id === realm.id);
    const next = { pinned: false, usedAt: now(), ...before, ...realm, ...patch };
    const all = [next, ...realms.filter((one) => one !== before)]
      .sort((one, two) => Number(two.pinned) - Number(one.pinned) || two.usedAt - one.usedAt)
      .slice(0, kept);
    store.run(
      `INSERT INTO realms_used (account_id, sealed) VALUES (?, ?)
       ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed`,
      accountId,
      sealRealms(vault, accountId, all),
    );
  }

  return {
    of,
    pin: (accountId: string, realm: Realm, pinned: boolean): void => put(accountId, realm, { pinned }),
  };
}
