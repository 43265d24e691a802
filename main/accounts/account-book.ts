import type { AccountInput } from '../../preload/contract/channels.ts';
import { GatehouseError } from '../../preload/contract/failure.ts';
import type { Account } from '../../preload/contract/shapes.ts';
import type { Ledger, LedgerEvent } from '../ledger/ledger.ts';
import { createListeners } from '../store/listeners.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import type { Vendor } from '../vendors/vendor.ts';
import {
  type AccountRecord,
  markRemoved,
  purgeAccounts,
  readAccounts,
  spentAccounts,
  writeAccount,
} from './account-rows.ts';
import { type CheckedForm, checkForm, invalid } from './check-form.ts';
import { cleanLine } from './clean.ts';

export interface AccountBook {
  /** In the order they were added, without removed ones; from memory. */
  all(): Account[];
  get(id: string): Account | null;
  /** Like get, but finds a removed account too until it is purged, for endings that are still owed. */
  find(id: string): Account | null;
  /** Accounts of which a part could not be read: they are listed with the rest, and can be repaired by a change. */
  damaged(): { id: string; label: string; what: string }[];
  add(input: AccountInput, options?: { practice?: boolean }): Account;
  change(id: string, input: AccountInput): Account;
  /** Off the list at once; row and secrets stay until purge, for endings that are still owed. */
  remove(id: string): void;
  /** Erases removed accounts: their secrets once no session is open, the rest once none is left to show; answers how many are gone. */
  purge(): number;
  /** Stores what a form holds off the list, for the Test button; purge takes it away, after a crash too. */
  addForTrial(input: AccountInput, id?: string): Account;
  /** The form's values with the secrets, for vendors only. */
  valuesWithSecrets(id: string): Record<string, string>;
  /** Stores what a vendor wants kept (a remembered device); '' erases. */
  keep(id: string, values: Record<string, string>): void;
  /** The value is null when the account is gone; answers a disposer. */
  onChange(listener: (change: { id: string; value: Account | null }) => void): () => void;
}

interface Parts {
  store: Store;
  vault: Vault;
  ledger: Ledger;
  vendors: Vendor[];
  newId(): string;
  now(): number;
  /** Answers the address tidied, or throws `invalid`. */
  checkBaseUrl(text: string): string;
}

interface Entry extends Omit<AccountRecord, 'account'> {
  account: Account;
}

/** The stored accounts; throws `invalid` (with fields), not-found, vault-locked, vault-broken and store-broken. */
export function createAccountBook(parts: Parts): AccountBook {
  const { store, vault, ledger, vendors, newId, now, checkBaseUrl } = parts;
  const changes = createListeners<{ id: string; value: Account | null }>();
  const entries = new Map<string, Entry>();
  for (const { account, removedAt, damaged } of readAccounts(store)) {
    const storedSecrets = vault.fields(account.id);
    entries.set(account.id, { account: { ...account, storedSecrets }, removedAt, damaged });
  }

  function entryOf(id: string): Entry {
    const entry = entries.get(id);
    if (entry) return entry;
    throw new GatehouseError({ kind: 'not-found', message: 'There is no such account any more.' });
  }

  function listed(id: string): Entry {
    const entry = entryOf(id);
    if (entry.removedAt === null) return entry;
    throw new GatehouseError({
      kind: 'not-found',
      message: `The account “${entry.account.label}” was removed.`,
    });
  }

  function vendorOf(id: string): Vendor {
    const vendor = vendors.find((one) => one.id === id);
    if (vendor) return vendor;
    throw invalid({ vendor: `This Gatehouse does not know the vendor “${cleanLine(id)}”.` });
  }

  function check(input: AccountInput, before: Account | null): { vendor: Vendor; form: CheckedForm } {
    if (before && before.vendor !== input.vendor) {
      throw invalid({ vendor: 'An account stays with its vendor. Add a new account for another one.' });
    }
    const vendor = vendorOf(input.vendor);
    return { vendor, form: checkForm(vendor, input.values, before, checkBaseUrl) };
  }

  function storeSecrets(id: string, typed: Record<string, string>, erased: string[]): void {
    for (const [field, value] of Object.entries(typed)) vault.seal(id, field, value);
    for (const field of erased) vault.erase(id, field);
  }

  function note(event: LedgerEvent, account: Account): void {
    const { id, label, vendor } = account;
    ledger.write({
      actor: 'window',
      event,
      account: { id, label, vendor },
      ...(account.realm ? { realmName: account.realm.name } : {}),
    });
  }

  /** Everything on disk or nothing; memory and listeners follow only then. */
  function save(
    account: Account,
    secrets: { typed: Record<string, string>; erased: string[] },
    event: LedgerEvent | null,
  ): Account {
    const { storedSecrets: _, ...record } = account;
    const saved = store.transaction(() => {
      writeAccount(store, record, now());
      storeSecrets(account.id, secrets.typed, secrets.erased);
      const stored = { ...account, storedSecrets: vault.fields(account.id) };
      if (event) note(event, stored);
      return stored;
    });
    entries.set(saved.id, { account: saved, removedAt: null, damaged: null });
    changes.tell({ id: saved.id, value: saved });
    return saved;
  }

  function secretsOf(id: string, fields: string[]): Record<string, string> {
    return Object.fromEntries(fields.map((field) => [field, vault.open(id, field) ?? '']));
  }

  return {
    all: () =>
      [...entries.values()].filter((entry) => entry.removedAt === null).map((entry) => entry.account),
    get(id) {
      const entry = entries.get(id);
      return entry && entry.removedAt === null ? entry.account : null;
    },
    find: (id) => entries.get(id)?.account ?? null,
    damaged: () =>
      [...entries.values()].flatMap(({ account, damaged }) =>
        damaged ? [{ id: account.id, label: account.label, what: damaged }] : [],
      ),
    add(input, { practice = false } = {}) {
      const { vendor, form } = check(input, null);
      const account = {
        ...described(vendor, input, form),
        id: newId(),
        storedSecrets: [],
        practice,
        createdAt: now(),
      };
      return save(account, form, 'account-added');
    },
    change(id, input) {
      const { account } = listed(id);
      const { vendor, form } = check(input, account);
      return save({ ...account, ...described(vendor, input, form) }, form, 'account-changed');
    },
    remove(id) {
      const { account, damaged } = listed(id);
      const moment = now();
      store.transaction(() => {
        markRemoved(store, id, moment);
        note('account-removed', account);
      });
      entries.set(id, { account, removedAt: moment, damaged });
      changes.tell({ id, value: null });
    },
    purge() {
      const gone = store.transaction(() => {
        for (const id of spentAccounts(store)) vault.erase(id);
        return purgeAccounts(store);
      });
      for (const id of gone) entries.delete(id);
      return gone.length;
    },
    valuesWithSecrets(id) {
      const { account, damaged } = entryOf(id);
      if (damaged) throw unreadable(account.label);
      return { ...account.values, ...secretsOf(id, account.storedSecrets) };
    },
    addForTrial(input, id) {
      const before = id === undefined ? null : listed(id).account;
      const { vendor, form } = check(input, before);
      const kept = before ? secretsOf(before.id, form.kept) : {};
      const account = { ...described(vendor, input, form), id: newId(), practice: false, createdAt: now() };
      const moment = now();
      store.transaction(() => {
        writeAccount(store, account, moment);
        markRemoved(store, account.id, moment);
        storeSecrets(account.id, { ...kept, ...form.typed }, []);
      });
      const stored = { ...account, storedSecrets: vault.fields(account.id) };
      entries.set(account.id, { account: stored, removedAt: moment, damaged: null });
      return stored;
    },
    keep(id, values) {
      const { account, removedAt, damaged } = entryOf(id);
      // A sign-in may end after its account was removed; nothing may be stored for it then.
      if (removedAt !== null) return;
      if (damaged) throw unreadable(account.label);
      const form = vendorOf(account.vendor).view.form;
      const plain = { ...account.values };
      const typed: Record<string, string> = {};
      const erased: string[] = [];
      for (const [name, value] of Object.entries(values)) {
        if (form.some((field) => field.name === name && !field.secret)) plain[name] = value;
        else if (value === '') erased.push(name);
        else typed[name] = value;
      }
      save({ ...account, values: plain }, { typed, erased }, null);
    },
    onChange: changes.add,
  };
}

/** What a person sees of an account, from what the form gave; no secret is looked at. */
function described(vendor: Vendor, input: AccountInput, form: CheckedForm) {
  const identity = cleanLine(vendor.identityOf(form.values));
  const realm = input.realm && { id: cleanLine(input.realm.id), name: cleanLine(input.realm.name) };
  return {
    vendor: vendor.id,
    label: cleanLine(input.label) || identity || vendor.view.name,
    baseUrl: form.baseUrl,
    identity,
    values: form.values,
    realm,
    tags: [...new Set(input.tags.map(cleanLine).filter((tag) => tag !== ''))],
    colour: cleanLine(input.colour),
  };
}

function unreadable(label: string): GatehouseError {
  return new GatehouseError({
    kind: 'store-broken',
    message: `What is stored of the account “${label}” is damaged and can’t be read whole.`,
    advice: 'It is kept. Open the account, fill in what is missing and save it.',
  });
}
