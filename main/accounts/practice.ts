import { colours } from '#contract/colours.ts';
import type { Realm } from '#contract/shapes.ts';
import type { AccountBook } from './account-book.ts';

export interface PracticePeople {
  vendor: string;
  people: {
    label: string;
    typical: boolean;
    account: { values: Record<string, string>; realm?: Realm | null | undefined };
  }[];
}

/** The same person may be there in two realms. */
const key = (vendor: string, label: string, realm: Realm | null) =>
  JSON.stringify([vendor, label, realm?.id]);

/** Adds the practice servers' typical people as accounts, or gives those that are there the servers' new address. Answers how many there are. */
export function placePractice(accounts: AccountBook, servers: PracticePeople[]): number {
  const known = new Map(
    accounts
      .all()
      .filter((account) => account.practice)
      .map((account) => [key(account.vendor, account.label, account.realm), account]),
  );
  let placed = 0;
  for (const { vendor, people } of servers) {
    for (const person of people) {
      const { values, realm = null } = person.account;
      const there = known.get(key(vendor, person.label, realm));
      if (there) {
        accounts.change(there.id, {
          vendor,
          label: there.label,
          values: { ...there.values, ...values },
          realm: there.realm,
          tags: there.tags,
          colour: there.colour,
        });
        placed += 1;
      } else if (person.typical) {
        const colour = colours[placed % colours.length]!;
        accounts.add({ vendor, label: person.label, values, realm, tags: [], colour }, { practice: true });
        placed += 1;
      }
    }
  }
  return placed;
}
