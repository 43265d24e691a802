import { colourOf } from '#contract/colours.ts';
import type { Account } from '#contract/shapes.ts';
import { bytesIn, numberIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';

/** An account as it is on disk; its secrets are in the vault under the account's id. */
export interface AccountRecord {
  account: Account;
  /** ms since 1970; null while it is on the list. */
  removedAt: number | null;
}

/** Accounts that are sealed together: opening one thing costs as much as opening thirty-two. */
const perPage = 32;

const place = (page: number) => ['account_pages.sealed', page] as const;

/** Records as pages that are ready to be stored, numbered from 1. */
export function* sealedPages(
  vault: Pick<Vault, 'sealRow'>,
  records: AccountRecord[],
): Generator<{ page: number; sealed: Uint8Array }> {
  for (let at = 0, page = 1; at < records.length; at += perPage, page += 1) {
    const sealed = vault.sealRow(place(page), JSON.stringify(records.slice(at, at + perPage)));
    yield { page, sealed };
  }
}

export type AccountRows = ReturnType<typeof createAccountRows>;

/** The stored accounts, in memory and on disk, in the order in which they were added. Writing needs an open vault. */
export function createAccountRows(store: Store, vault: Vault) {
  const records = new Map<string, AccountRecord>();
  const pageOf = new Map<string, number>();
  const idsOn = new Map<number, Set<string>>();
  /** Pages that can't be read: they stay as they are stored. */
  let unreadable: number[] = [];
  /** The newest page that can be read; what is added goes on it or after it. */
  let last = 0;

  function load() {
    unreadable = [];
    last = 0;
    for (const row of store.all('SELECT page, sealed FROM account_pages ORDER BY page')) {
      const page = numberIn(row, 'page');
      const text = vault.openRow(place(page), bytesIn(row, 'sealed'));
      idsOn.set(page, new Set());
      if (text === null) unreadable.push(page);
      // The seal proves that `write` made this text, so its shape is not checked again: that was half of the work.
      else for (const record of JSON.parse(text) as AccountRecord[]) keep(withKnownColour(record), page);
    }
  }

  function keep(record: AccountRecord, page: number) {
    records.set(record.account.id, record);
    pageOf.set(record.account.id, page);
    idsOn.get(page)!.add(record.account.id);
    last = Math.max(last, page);
  }

  function pageWithRoom(): number {
    const ids = idsOn.get(last);
    if (ids && ids.size > 0 && ids.size < perPage) return last;
    // A page that can't be read may have any number, and is kept.
    do last += 1;
    while (idsOn.has(last));
    idsOn.set(last, new Set());
    return last;
  }

  function write(page: number, ids: Iterable<string>, changed?: AccountRecord) {
    const list = [...ids].map((id) => (id === changed?.account.id ? changed : records.get(id)!));
    if (list.length === 0) store.run('DELETE FROM account_pages WHERE page = ?', page);
    else {
      store.run(
        `INSERT INTO account_pages (page, sealed) VALUES (?, ?)
         ON CONFLICT (page) DO UPDATE SET sealed = excluded.sealed`,
        page,
        vault.sealRow(place(page), JSON.stringify(list)),
      );
    }
  }

  return {
    load,
    all: () => records.values(),
    get: (id: string) => records.get(id),
    unreadable: () => unreadable,

    /** Writes the account at the end, or replaces what is stored of it; answers what puts it in memory once that is on disk. */
    write(record: AccountRecord): () => void {
      const { id } = record.account;
      const page = pageOf.get(id) ?? pageWithRoom();
      write(page, new Set([...idsOn.get(page)!, id]), record);
      return () => keep(record, page);
    },

    /** Each page that they are on is sealed anew once. */
    remove(ids: string[]): void {
      const left = new Map<number, Set<string>>();
      for (const id of ids) {
        const page = pageOf.get(id);
        if (page === undefined) continue;
        if (!left.has(page)) left.set(page, new Set(idsOn.get(page)));
        left.get(page)!.delete(id);
      }
      for (const [page, on] of left) {
        write(page, on);
        idsOn.set(page, on);
      }
      for (const id of ids) {
        records.delete(id);
        pageOf.delete(id);
      }
    },
  };
}

/** An earlier version took any word for a colour. */
function withKnownColour(record: AccountRecord): AccountRecord {
  const colour = colourOf(record.account.colour);
  return colour === record.account.colour ? record : { ...record, account: { ...record.account, colour } };
}

/** Whether an account has sessions, and whether one of them is not over. */
export function sessionsOf(store: Store, accountId: string): 'none' | 'over' | 'open' {
  const row = store.get(
    `SELECT count(*) AS all_of_them, sum(state NOT IN ('failed', 'ended', 'expired')) AS open
     FROM sessions WHERE account_id = ?`,
    accountId,
  );
  return row?.all_of_them === 0 ? 'none' : row?.open === 0 ? 'over' : 'open';
}
