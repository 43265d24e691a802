import type { Realm } from '../../preload/contract/shapes.ts';
import type { Store } from '../store/store.ts';

export interface UsedRealm extends Realm {
  pinned: boolean;
  /** ms since 1970. */
  usedAt: number;
}

/** Realms that an account's sessions acted in, newest first, and the ones a person pinned. */
export function createRealmsUsed(store: Store, now: () => number) {
  return {
    of: (accountId: string): UsedRealm[] =>
      store
        .all(
          `SELECT realm_id, realm_name, used_at, pinned FROM realms_used WHERE account_id = ?
           ORDER BY pinned DESC, used_at DESC LIMIT 50`,
          accountId,
        )
        .map((row) => ({
          id: String(row.realm_id),
          name: String(row.realm_name),
          usedAt: Number(row.used_at),
          pinned: row.pinned === 1,
        })),

    used(accountId: string, realm: Realm): void {
      store.run(
        `INSERT INTO realms_used (account_id, realm_id, realm_name, used_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (account_id, realm_id) DO UPDATE SET used_at = excluded.used_at, realm_name = excluded.realm_name`,
        accountId,
        realm.id,
        realm.name,
        now(),
      );
    },

    pin(accountId: string, realm: Realm, pinned: boolean): void {
      store.run(
        `INSERT INTO realms_used (account_id, realm_id, realm_name, used_at, pinned) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (account_id, realm_id) DO UPDATE SET pinned = excluded.pinned`,
        accountId,
        realm.id,
        realm.name,
        now(),
        pinned ? 1 : 0,
      );
    },
  };
}
