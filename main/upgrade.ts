import { z } from 'zod';
import { colourOf } from '#contract/colours.ts';
import { failure as failureShape } from '#contract/failure.ts';
import { realm as realmShape, receipt, shift } from '#contract/shapes.ts';
import { type AccountRecord, sealedPages } from './accounts/account-rows.ts';
import { originIn } from './accounts/check-form.ts';
import { nobody } from './ledger/chain.ts';
import { noRows, writeHead } from './ledger/head.ts';
import { perPage, type StoredRow } from './ledger/ledger-rows.ts';
import { putPage } from './ledger/pages.ts';
import { sealFacts, sealReason, sealReasons } from './sessions/session-rows.ts';
import { dropPlainBackups } from './store/backups.ts';
import type { Row } from './store/columns.ts';
import { bytesIn, numberIn, numberOrNull, textIn, textOrNull } from './store/columns.ts';
import { dropPlainTables, sealed } from './store/migrations/004-sealed.ts';
import type { Store } from './store/store.ts';
import type { Binding, Vault } from './vault/vault.ts';
import { sealRealms, type UsedRealm } from './workflows/realms-used.ts';
import { createReceiptRecords } from './workflows/receipt-rows.ts';
import { sealShift } from './workflows/shifts.ts';

/**
 * Seals, when the vault is first opened after an upgrade, what an earlier Gatehouse stored in the clear, and drops it. Must be
 * added before the rooms that load. It runs in the transaction in which the vault becomes one of today, all or nothing.
 */
export function sealPlainTables(store: Store, vault: Vault): void {
  vault.whenOpen(() => {
    if (!store.get("SELECT 1 FROM sqlite_schema WHERE name = 'plain_accounts'")) return;
    store.transaction(() => {
      const accounts = new Map(
        store.all('SELECT * FROM plain_accounts ORDER BY position, id').map(accountOf),
      );
      sealSecrets(store, vault, accounts);
      sealSessions(store, vault, accounts);
      sealLists(store, vault);
      sealLedger(store, vault);
      for (const { page, sealed } of sealedPages(vault, [...accounts.values()])) {
        store.run('INSERT INTO account_pages (page, sealed) VALUES (?, ?)', page, sealed);
      }
      dropPlainTables(store);
    });
    store.emptyLogSoon();
  });
  // Only now is it on the disk: until then, and after a crash, the backup is all there is to go back to.
  vault.onChange(({ state }) => {
    if (state === 'unlocked') dropPlainBackups(store.path, sealed.version);
  });
}

const words = z.record(z.string(), z.string());

function parsedOr<T>(text: string | null, shape: z.ZodType<T>, otherwise: T): T {
  try {
    return text === null ? otherwise : shape.parse(JSON.parse(text));
  } catch {
    return otherwise;
  }
}

const realmIn = (row: Row) => {
  const id = textOrNull(row, 'realm_id');
  return id === null ? null : { id, name: textOrNull(row, 'realm_name') ?? id };
};

function accountOf(row: Row): [string, AccountRecord] {
  const id = textIn(row, 'id');
  const baseUrl = textIn(row, 'base_url');
  const account = {
    id,
    vendor: textIn(row, 'vendor'),
    label: textIn(row, 'label'),
    baseUrl,
    identity: textIn(row, 'identity'),
    values: parsedOr(textIn(row, 'values_json'), words, { baseUrl }),
    storedSecrets: [],
    realm: realmIn(row),
    tags: parsedOr(textIn(row, 'tags_json'), z.array(z.string()), []),
    colour: colourOf(textIn(row, 'colour')),
    practice: row.practice === 1,
    createdAt: numberIn(row, 'created_at'),
  };
  return [id, { account, removedAt: numberOrNull(row, 'removed_at') }];
}

function bindingOf(accounts: Map<string, AccountRecord>, accountId: string): Binding {
  const { vendor = '', baseUrl = '' } = accounts.get(accountId)?.account ?? {};
  return { accountId, vendor, origin: originIn(baseUrl) };
}

/** An account's fields lie together from now on; a session's stay apart. A damaged one is left out, as it can't be read. */
function sealSecrets(store: Store, vault: Vault, accounts: Map<string, AccountRecord>): void {
  const forms = new Map<string, Record<string, string>>();
  const owners = new Map(
    store
      .all('SELECT id, account_id FROM plain_sessions')
      .map((row) => [textIn(row, 'id'), textIn(row, 'account_id')]),
  );
  for (const row of store.all('SELECT record_id, field, nonce, ciphertext FROM plain_secrets')) {
    const id = textIn(row, 'record_id');
    const field = textIn(row, 'field');
    const sealed = Buffer.concat([bytesIn(row, 'nonce'), bytesIn(row, 'ciphertext')]);
    const value = vault.openOld(id, field, sealed);
    if (value === null) continue;
    const owner = owners.get(id);
    if (owner !== undefined) {
      if (field === 'grant' || field === 'pending') vault.seal(id, field, value, bindingOf(accounts, owner));
    } else forms.set(id, { ...forms.get(id), [field]: value });
  }
  for (const [id, secrets] of forms) {
    const record = accounts.get(id);
    if (!record) continue;
    vault.seal(id, 'form', JSON.stringify(secrets), bindingOf(accounts, id));
    const storedSecrets = Object.keys(secrets).sort();
    accounts.set(id, { ...record, account: { ...record.account, storedSecrets } });
  }
}

function sealSessions(store: Store, vault: Vault, accounts: Map<string, AccountRecord>): void {
  const failureIn = (row: Row, column: string) =>
    parsedOr(textOrNull(row, column), failureShape.nullable(), null);
  for (const row of store.all('SELECT * FROM plain_sessions')) {
    const id = textIn(row, 'id');
    const accountId = textIn(row, 'account_id');
    const facts = {
      id,
      accountId,
      vendor: textIn(row, 'vendor'),
      baseUrl: accounts.get(accountId)?.account.baseUrl ?? '',
      realmId: textOrNull(row, 'realm_id'),
      realmName: textOrNull(row, 'realm_name'),
      way: textOrNull(row, 'way'),
      method: textOrNull(row, 'method'),
      person: textOrNull(row, 'person'),
      actor: textIn(row, 'actor'),
    };
    const reasons = {
      id,
      accountId,
      failure: failureIn(row, 'failure_json'),
      checkFailure: failureIn(row, 'check_failure_json'),
      refusals: [],
    };
    const sealed = [sealFacts(vault, facts), sealReasons(vault, reasons)];
    store.run('UPDATE sessions SET facts = ?, reasons = ? WHERE id = ?', ...sealed, id);
  }
  for (const row of store.all('SELECT session_id, last_failure_json FROM plain_endings')) {
    const sessionId = textIn(row, 'session_id');
    const lastFailure = failureIn(row, 'last_failure_json');
    const reason = sealReason(vault, { sessionId, lastFailure });
    store.run('UPDATE endings SET reason = ? WHERE session_id = ?', reason, sessionId);
  }
}

const usedRow = z.object({
  realm_id: z.string(),
  realm_name: z.string(),
  used_at: z.number(),
  pinned: z.number(),
});

function sealLists(store: Store, vault: Vault): void {
  for (const row of store.all('SELECT id, name, members_json, created_at FROM plain_shifts')) {
    const members = parsedOr(textIn(row, 'members_json'), shift.shape.members, []);
    const id = textIn(row, 'id');
    store.run(
      'INSERT INTO shifts (id, sealed, created_at) VALUES (?, ?, ?)',
      id,
      sealShift(vault, { id, name: textIn(row, 'name'), members }),
      numberIn(row, 'created_at'),
    );
  }

  const used = new Map<string, UsedRealm[]>();
  for (const row of store.all('SELECT * FROM plain_realms_used ORDER BY pinned DESC, used_at DESC')) {
    const found = usedRow.safeParse(row).data;
    const realm = realmShape.safeParse({ id: found?.realm_id, name: found?.realm_name }).data;
    if (!found || !realm) continue;
    const accountId = textIn(row, 'account_id');
    const list = used.get(accountId) ?? [];
    used.set(accountId, [...list, { ...realm, usedAt: found.used_at, pinned: found.pinned === 1 }]);
  }
  for (const [accountId, realms] of used) {
    const sealed = sealRealms(vault, accountId, realms.slice(0, 50));
    store.run('INSERT INTO realms_used (account_id, sealed) VALUES (?, ?)', accountId, sealed);
  }

  const records = createReceiptRecords(store, vault);
  for (const row of store.all('SELECT id, title, ordered_at FROM plain_receipts')) {
    const id = textIn(row, 'id');
    const lines = store
      .all('SELECT line_json FROM plain_receipt_lines WHERE receipt_id = ?', id)
      .flatMap(
        (line) => parsedOr(textIn(line, 'line_json'), receipt.shape.lines.element.nullable(), null) ?? [],
      );
    records.put({ id, title: textIn(row, 'title'), orderedAt: numberIn(row, 'ordered_at'), lines });
    for (const line of lines) if (line.how !== 'ending') records.settle(id, line);
  }
}

/** The hashes are taken over as they are: a chain that was broken before is broken still, and verify names the row. */
function sealLedger(store: Store, vault: Vault): void {
  let last: StoredRow | undefined;
  for (let seq = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = store
      .all('SELECT * FROM plain_ledger WHERE seq > ? ORDER BY seq LIMIT ?', seq, perPage)
      .map(ledgerRow);
    for (const run of runsOf(rows)) putPage(store, vault, run);
    last = rows.at(-1) ?? last;
    if (rows.length < perPage) break;
    seq = last!.seq;
  }
  const anchor = store.get("SELECT value FROM meta WHERE key = 'ledger-head'");
  store.run("DELETE FROM meta WHERE key = 'ledger-head'");
  if (!last && !anchor) {
    writeHead(store, vault, noRows());
    return;
  }
  const [count = '', hash = ''] = anchor ? textIn(anchor, 'value').split(' ') : [];
  const fault = anchor ? null : { seq: last?.seq ?? 1, why: 'The mark of the last row is gone.' };
  const end = anchor ? { rows: Number(count), hash } : { rows: last!.seq, hash: last!.hash };
  writeHead(store, vault, { ...noRows(), ...end, fault });
}

function ledgerRow(row: Row): StoredRow {
  return {
    seq: numberIn(row, 'seq'),
    at: numberIn(row, 'at'),
    actor: textIn(row, 'actor'),
    event: textIn(row, 'event'),
    accountId: textOrNull(row, 'account_id'),
    accountLabel: textOrNull(row, 'account_label'),
    vendor: textOrNull(row, 'vendor'),
    sessionId: textOrNull(row, 'session_id'),
    realmName: textOrNull(row, 'realm_name'),
    detail: textOrNull(row, 'detail'),
    ...nobody,
    previousHash: textIn(row, 'previous_hash'),
    hash: textIn(row, 'hash'),
    unproved: false,
  };
}

/** Rows whose numbers follow each other, as a page has them; where one is missing, another page begins. */
function runsOf(rows: StoredRow[]): StoredRow[][] {
  const runs: StoredRow[][] = [];
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && run.at(-1)!.seq + 1 === row.seq) run.push(row);
    else runs.push([row]);
  }
  return runs;
}
