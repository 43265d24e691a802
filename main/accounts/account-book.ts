import { z } from 'zod';
import type { AccountInput } from '#contract/channels.ts';
import { GatehouseError } from '#contract/failure.ts';
import type { Account } from '#contract/shapes.ts';
import { createEmitter } from '#lib/emitter.ts';
import { sanitizeLine } from '#lib/sanitize-line.ts';
import type { Ledger, LedgerEvent } from '../ledger/ledger.ts';
import type { Store } from '../store/store.ts';
import type { Binding, Vault } from '../vault/vault.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { type AccountRecord, type AccountRows, sessionsOf } from './account-rows.ts';
import { type CheckedForm, checkForm, invalid, originIn } from './check-form.ts';

export interface AccountBook {
  /** In the order they were added, without removed ones; from memory, and none before the vault was first opened. */
  all(): Account[];
  get(id: string): Account | null;
  /** Like get, but finds a removed account too until it is purged, for endings that are still owed. */
  find(id: string): Account | null;
  /** How many pages of the stored list can't be read: they are kept as they are, and their accounts are not listed. */
  unreadablePages(): number;
  add(input: AccountInput, options?: { practice?: boolean }): Account;
  change(id: string, input: AccountInput): Account;
  /** Off the list at once; row and secrets stay until purge, for endings that are still owed. */
  remove(id: string): void;
  /**
   * Erases removed accounts (or one of them): their secrets once no session is open, the rest once none is left to show, and the
   * vault is open; answers how many are gone.
   */
  purge(id?: string): number;
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
  rows: AccountRows;
  store: Store;
  vault: Vault;
  ledger: Ledger;
  vendors: Vendor[];
  newId(): string;
  now(): number;
  /** Answers the address tidied, or throws `invalid`. */
  checkBaseUrl(text: string): string;
}

/** The one field of the vault under which an account's secrets lie together. */
const form = 'form';

/** The stored accounts; throws `invalid` (with fields), not-found, vault-locked, vault-broken and store-broken. */
export function createAccountBook(parts: Parts): AccountBook {
  const { rows, store, vault, ledger, vendors, newId, now, checkBaseUrl } = parts;
  const changes = createEmitter<{ id: string; value: Account | null }>();
  let opened = false;
  vault.whenOpen(() => {
    if (!opened) rows.load();
    opened = true;
  });

  function entryOf(id: string): AccountRecord {
    const entry = rows.get(id);
    if (entry) return entry;
    throw new GatehouseError({ kind: 'not-found', message: 'There is no such account any more.' });
  }

  function listed(id: string): AccountRecord {
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
    throw invalid({ vendor: `This Gatehouse does not know the vendor “${sanitizeLine(id)}”.` });
  }

  function check(input: AccountInput, before: Account | null): { vendor: Vendor; form: CheckedForm } {
    if (before && before.vendor !== input.vendor) {
      throw invalid({ vendor: 'An account stays with its vendor. Add a new account for another one.' });
    }
    const vendor = vendorOf(input.vendor);
    return { vendor, form: checkForm(vendor, input.values, before, checkBaseUrl) };
  }

  /** The account's secrets as they are stored; `wanted` names those that are asked for, should they be damaged. */
  function secretsOf(account: Account, wanted: string[]): Record<string, string> {
    if (wanted.length === 0) return {};
    try {
      const text = vault.open(account.id, form, bindingOf(account));
      const all = text === null ? {} : secretMap.parse(JSON.parse(text));
      return Object.fromEntries(
        wanted.flatMap((name) => (Object.hasOwn(all, name) ? [[name, all[name]!]] : [])),
      );
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      const { [form]: sentence, ...others } = error.failure.fields ?? {};
      if (sentence === undefined) throw error;
      const fields = { ...others, ...Object.fromEntries(wanted.map((name) => [name, sentence])) };
      throw new GatehouseError({ ...error.failure, fields }, { cause: error });
    }
  }

  function sealSecrets(account: Account, secrets: Record<string, string>): void {
    if (Object.keys(secrets).length === 0) vault.erase(account.id, form);
    else vault.seal(account.id, form, JSON.stringify(secrets), bindingOf(account));
  }

  function note(event: LedgerEvent, account: Account): void {
    ledger.write({ actor: 'window', event, account, realmName: account.realm?.name });
  }

  /** Everything on disk or nothing; memory and listeners follow only then. `before`: what is stored of it now. */
  function save(
    account: Account,
    before: Account | null,
    { typed, erased }: { typed: Record<string, string>; erased: string[] },
    event: LedgerEvent | null,
  ): Account {
    const replaced = new Set([...erased, ...Object.keys(typed)]);
    const kept = before?.storedSecrets.filter((name) => !replaced.has(name)) ?? [];
    const secrets = { ...(before ? secretsOf(before, kept) : {}), ...typed };
    const saved = { ...account, storedSecrets: Object.keys(secrets).sort() };
    const inMemory = store.transaction(() => {
      const written = rows.write({ account: saved, removedAt: null });
      const changed = replaced.size > 0 || (before !== null && originOf(before) !== originOf(saved));
      if (changed) sealSecrets(saved, secrets);
      if (event) note(event, saved);
      return written;
    });
    inMemory();
    changes.tell({ id: saved.id, value: saved });
    return saved;
  }

  return {
    all: () => [...rows.all()].filter((entry) => entry.removedAt === null).map((entry) => entry.account),
    get(id) {
      const entry = rows.get(id);
      return entry && entry.removedAt === null ? entry.account : null;
    },
    find: (id) => rows.get(id)?.account ?? null,
    unreadablePages: () => rows.unreadable().length,
    add(input, { practice = false } = {}) {
      const { vendor, form: checked } = check(input, null);
      const account = {
        ...described(vendor, input, checked),
        id: newId(),
        storedSecrets: [],
        practice,
        createdAt: now(),
      };
      return save(account, null, checked, 'account-added');
    },
    change(id, input) {
      const { account } = listed(id);
      const { vendor, form: checked } = check(input, account);
      const next = { ...account, ...described(vendor, input, checked) };
      return save(next, account, checked, 'account-changed');
    },
    remove(id) {
      const { account } = listed(id);
      const inMemory = store.transaction(() => {
        note('account-removed', account);
        return rows.write({ account, removedAt: now() });
      });
      inMemory();
      changes.tell({ id, value: null });
    },
    purge(id) {
      const asked = id === undefined ? [...rows.all()] : [rows.get(id) ?? []].flat();
      const removed = asked.filter(({ removedAt }) => removedAt !== null);
      const gone = store.transaction(() => {
        const left = removed.map(({ account }) => [account.id, sessionsOf(store, account.id)] as const);
        for (const [one, sessions] of left) if (sessions !== 'open') vault.erase(one);
        // What is sealed together can be taken apart only while the vault is open.
        if (!vault.isOpen()) return [];
        const without = left.flatMap(([one, sessions]) => (sessions === 'none' ? [one] : []));
        rows.remove(without);
        for (const one of without) store.run('DELETE FROM realms_used WHERE account_id = ?', one);
        return without;
      });
      return gone.length;
    },
    valuesWithSecrets(id) {
      const { account } = entryOf(id);
      return { ...account.values, ...secretsOf(account, account.storedSecrets) };
    },
    addForTrial(input, id) {
      const before = id === undefined ? null : listed(id).account;
      const { vendor, form: checked } = check(input, before);
      const secrets = { ...(before ? secretsOf(before, checked.kept) : {}), ...checked.typed };
      const account = {
        ...described(vendor, input, checked),
        id: newId(),
        practice: false,
        createdAt: now(),
        storedSecrets: Object.keys(secrets).sort(),
      };
      const inMemory = store.transaction(() => {
        sealSecrets(account, secrets);
        return rows.write({ account, removedAt: now() });
      });
      inMemory();
      return account;
    },
    keep(id, values) {
      const { account, removedAt } = entryOf(id);
      // A sign-in may end after its account was removed; nothing may be stored for it then.
      if (removedAt !== null) return;
      const fields = vendorOf(account.vendor).view.form;
      const plain = { ...account.values };
      const typed: Record<string, string> = {};
      const erased: string[] = [];
      for (const [name, value] of Object.entries(values)) {
        if (fields.some((field) => field.name === name && !field.secret)) plain[name] = value;
        else if (value === '') erased.push(name);
        else typed[name] = value;
      }
      save({ ...account, values: plain }, account, { typed, erased }, null);
    },
    onChange: changes.add,
  };
}

/** What a person sees of an account, from what the form gave; no secret is looked at. */
function described(vendor: Vendor, input: AccountInput, form: CheckedForm) {
  const identity = sanitizeLine(vendor.identityOf(form.values));
  const realm = input.realm && { id: sanitizeLine(input.realm.id), name: sanitizeLine(input.realm.name) };
  return {
    vendor: vendor.id,
    label: sanitizeLine(input.label) || identity || vendor.view.name,
    baseUrl: form.baseUrl,
    identity,
    values: form.values,
    realm,
    tags: [...new Set(input.tags.map(sanitizeLine).filter((tag) => tag !== ''))],
    colour: input.colour,
  };
}

const secretMap = z.record(z.string(), z.string());

const originOf = ({ baseUrl }: Account) => originIn(baseUrl);

const bindingOf = (account: Account): Binding => ({
  accountId: account.id,
  vendor: account.vendor,
  origin: originOf(account),
});
