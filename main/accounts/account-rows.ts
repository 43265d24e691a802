import { z } from 'zod';
import type { Account } from '../../preload/contract/shapes.ts';
import { numberIn, numberOrNull, textIn, textOrNull } from '../store/columns.ts';
import type { Row, Store } from '../store/store.ts';

/** An account as it is on disk; its secrets are in the vault under the account's id. */
export interface AccountRecord {
  account: Omit<Account, 'storedSecrets'>;
  removedAt: number | null;
  /** What of the row could not be read; the row is kept and shown with the rest. */
  damaged: string | null;
}

const values = z.record(z.string(), z.string());
const tags = z.array(z.string());

export function readAccounts(store: Store): AccountRecord[] {
  return store.all('SELECT * FROM accounts ORDER BY position, id').map(read);
}

function read(row: Row): AccountRecord {
  const damaged: string[] = [];
  const parse = <T>(column: string, schema: z.ZodType<T>, fallback: T): T => {
    try {
      return schema.parse(JSON.parse(textIn(row, column)));
    } catch {
      damaged.push(column);
      return fallback;
    }
  };
  const baseUrl = textIn(row, 'base_url');
  const realmId = textOrNull(row, 'realm_id');
  return {
    account: {
      id: textIn(row, 'id'),
      vendor: textIn(row, 'vendor'),
      label: textIn(row, 'label'),
      baseUrl,
      identity: textIn(row, 'identity'),
      values: parse('values_json', values, { baseUrl }),
      realm: realmId === null ? null : { id: realmId, name: textOrNull(row, 'realm_name') ?? realmId },
      tags: parse('tags_json', tags, []),
      colour: textIn(row, 'colour'),
      practice: numberIn(row, 'practice') === 1,
      createdAt: numberIn(row, 'created_at'),
    },
    removedAt: numberOrNull(row, 'removed_at'),
    damaged: damaged.length === 0 ? null : damaged.join(', '),
  };
}

/** Adds the account at the end of the list, or replaces what is stored of it. */
export function writeAccount(store: Store, account: AccountRecord['account'], now: number): void {
  const row = {
    id: account.id,
    vendor: account.vendor,
    label: account.label,
    base_url: account.baseUrl,
    identity: account.identity,
    values_json: JSON.stringify(account.values),
    realm_id: account.realm?.id ?? null,
    realm_name: account.realm?.name ?? null,
    tags_json: JSON.stringify(account.tags),
    colour: account.colour,
    practice: account.practice ? 1 : 0,
    created_at: account.createdAt,
    updated_at: now,
  };
  const names = Object.keys(row);
  const changes = names.filter((name) => name !== 'id').map((name) => `${name} = excluded.${name}`);
  store.run(
    `INSERT INTO accounts (position, ${names.join(', ')})
     VALUES ((SELECT coalesce(max(position), 0) + 1 FROM accounts), ${names.map(() => '?').join(', ')})
     ON CONFLICT (id) DO UPDATE SET ${changes.join(', ')}`,
    ...Object.values(row),
  );
}

export function markRemoved(store: Store, id: string, now: number): void {
  store.run('UPDATE accounts SET removed_at = ?, updated_at = ? WHERE id = ?', now, now, id);
}

/** Removed accounts whose sessions are all over, so that nothing needs their secrets any more. */
export function spentAccounts(store: Store): string[] {
  return store
    .all(
      `SELECT id FROM accounts WHERE removed_at IS NOT NULL AND id NOT IN
       (SELECT account_id FROM sessions WHERE state NOT IN ('failed', 'ended', 'expired'))`,
    )
    .map((row) => textIn(row, 'id'));
}

/** Deletes removed accounts of which no session is left; answers their ids. */
export function purgeAccounts(store: Store): string[] {
  return store
    .all(
      `DELETE FROM accounts WHERE removed_at IS NOT NULL
       AND id NOT IN (SELECT account_id FROM sessions) RETURNING id`,
    )
    .map((row) => textIn(row, 'id'));
}
