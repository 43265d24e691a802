import { GatehouseError } from '#contract/failure.ts';
import { type Change, type Realm, type Shift, shift as shape } from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { Sessions } from '../sessions/index.ts';
import { bytesIn, textIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';

/** Saved sets of accounts that are opened together. */
export interface Shifts {
  all(): Shift[];
  get(id: string): Shift;
  /** Adds a shift, or replaces the one of this id. Throws `invalid` on an empty one. */
  save(shift: Omit<Shift, 'id'> & { id?: string | undefined }): Shift;
  remove(id: string): void;
  /** Signs in every member that has no session yet; returns how many were started and why others could not be. */
  start(members: Member[], actor: Actor): { started: number; refused: { accountId: string; why: string }[] };
}

interface Member {
  accountId: string;
  realm: Realm | null;
}

interface ShiftsOptions {
  store: Store;
  vault: Vault;
  accounts: AccountBook;
  sessions: Pick<Sessions, 'signInAll'>;
  publish(change: Change): void;
  newId(): string;
  now(): number;
}

const place = (id: string) => ['shifts.sealed', id] as const;

/** A shift as it stands on disk. */
export const sealShift = (vault: Pick<Vault, 'sealRow'>, { id, name, members }: Shift) =>
  vault.sealRow(place(id), JSON.stringify({ name, members }));

export function createShifts(options: ShiftsOptions): Shifts {
  const { store, vault, accounts, sessions, publish } = options;
  const shifts = new Map<string, Shift>();
  vault.whenOpen(() => {
    if (shifts.size > 0) return;
    for (const row of store.all('SELECT id, sealed FROM shifts ORDER BY created_at')) {
      const id = textIn(row, 'id');
      // One that can't be read is left out, and stays as it is stored.
      const text = vault.openRow(place(id), bytesIn(row, 'sealed'));
      const found = text === null ? null : shape.safeParse({ id, ...JSON.parse(text) });
      if (found?.success) shifts.set(id, found.data);
    }
  });

  function get(id: string): Shift {
    const shift = shifts.get(id);
    if (shift) return shift;
    throw new GatehouseError({ kind: 'not-found', message: 'There is no such shift any more.' });
  }

  return {
    all: () => [...shifts.values()],
    get,

    save({ id = options.newId(), name, members }) {
      const clean = {
        id,
        name: name.trim(),
        members: members.filter((member) => accounts.get(member.accountId)),
      };
      if (clean.name === '' || clean.members.length === 0) {
        throw new GatehouseError({
          kind: 'invalid',
          message: 'A shift needs a name and at least one account.',
          fields:
            clean.name === ''
              ? { name: 'Give the shift a name.' }
              : { members: 'Choose at least one account.' },
        });
      }
      store.run(
        `INSERT INTO shifts (id, sealed, created_at) VALUES (?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`,
        id,
        sealShift(vault, clean),
        options.now(),
      );
      shifts.set(id, clean);
      publish({ entity: 'shift', id, value: clean });
      return clean;
    },

    remove(id) {
      store.run('DELETE FROM shifts WHERE id = ?', id);
      shifts.delete(id);
      publish({ entity: 'shift', id, value: null });
    },

    start: sessions.signInAll,
  };
}
