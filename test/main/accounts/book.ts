import type { AccountInput } from '#contract/channels.ts';
import type { FormField } from '#contract/shapes.ts';
import { checkBaseUrl } from '#http/base-url.ts';
import { createAccountBook } from '../../../main/accounts/account-book.ts';
import { createAccountRows } from '../../../main/accounts/account-rows.ts';
import { createLedger } from '../../../main/ledger/ledger.ts';
import type { Vendor } from '../../../main/vendors/vendor.ts';
import { temporaryStore } from '../store/temporary.ts';
import { unlockedVault } from '../vault/keyrings.ts';

const never = (): never => {
  throw new Error('No test of the account book signs in.');
};

const field = (name: string, type: FormField['type'], more: Partial<FormField> = {}): FormField => ({
  name,
  label: name,
  type,
  required: false,
  secret: false,
  ...more,
});

/** A vendor with every kind of field; the account book must not care which vendor it is. */
export const vendor: Vendor = {
  id: 'panel',
  view: {
    name: 'Panel',
    purpose: 'hosting',
    words: { realm: 'realm', realms: 'realms', place: 'at the panel' },
    ways: [],
    form: [
      field('baseUrl', 'url', { required: true }),
      field('way', 'select', {
        required: true,
        initial: 'password',
        options: [
          { value: 'password', label: 'Password' },
          { value: 'token', label: 'Token' },
        ],
      }),
      field('email', 'email', { required: true, when: { field: 'way', is: ['password'] } }),
      field('password', 'password', {
        required: true,
        secret: true,
        when: { field: 'way', is: ['password'] },
      }),
      field('authenticator', 'authenticator-secret', { secret: true }),
      field('token', 'password', { required: true, secret: true, when: { field: 'way', is: ['token'] } }),
      field('note', 'multiline'),
    ],
  },
  identityOf: (values) => values.email ?? 'API token',
  begin: never,
  answer: never,
  check: never,
  end: never,
};

export const input: AccountInput = {
  vendor: 'panel',
  label: 'Ada',
  values: {
    baseUrl: 'https://panel.example/api',
    way: 'password',
    email: 'ada@example.com',
    password: 'canary-pw',
  },
  realm: null,
  tags: ['north'],
  colour: 'teal',
};

export async function newBook(vendors: Vendor[] = [vendor]) {
  const store = temporaryStore();
  const vault = await unlockedVault(store);
  const ledger = createLedger({ store, vault, now: () => 5 });
  let made = 0;
  const parts = {
    store,
    vault,
    ledger,
    vendors,
    newId: () => `a${++made}`,
    now: () => 7,
    checkBaseUrl,
  };
  const open = () => createAccountBook({ ...parts, rows: createAccountRows(store, vault) });
  const book = open();
  /** `reopened`: the book as it is after a restart. */
  return { ...parts, book, reopened: open };
}
