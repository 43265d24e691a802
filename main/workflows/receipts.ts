import { GatehouseError } from '#contract/failure.ts';
import { isOpen } from '#contract/session-states.ts';
import type { Change, Receipt, ReceiptHead } from '#contract/shapes.ts';
import type { Clock } from '#lib/scheduler.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { SessionRecord, Sessions } from '../sessions/index.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { createReceiptRecords, usualWords } from './receipt-rows.ts';

/** What was ended together, and how each session's end was confirmed. The newest ones stay when the person is done with them. */
export interface Receipts {
  /** Those that nobody is done with. */
  all(): Receipt[];
  /** Every one that is kept, newest first. */
  list(): ReceiptHead[];
  get(id: string): Receipt | undefined;
  /** Orders the end of these sessions in one write and opens a receipt for them; null when there is nothing to end. What is undone leaves it. */
  end(title: string, sessionIds: string[], actor: Actor, canUndo?: boolean): Receipt | null;
  /** Orders the end of every session that may be alive; null when there is none. */
  endEverywhere(actor: Actor, canUndo?: boolean): Receipt | null;
  /** Tells the window of one that the person was done with. */
  show(id: string): void;
  /** The person is done with it; the window forgets it. */
  close(id: string): void;
}

/** How many stay that the person is done with. */
const mostDone = 500;

interface ReceiptsOptions {
  store: Store;
  vault: Vault;
  accounts: AccountBook;
  sessions: Pick<Sessions, 'all' | 'get' | 'endMany' | 'on'>;
  clock: Clock;
  publish(change: Change): void;
  newId(): string;
}

type Line = Receipt['lines'][number];

export function createReceipts(options: ReceiptsOptions): Receipts {
  const { store, vault, accounts, sessions, clock, publish } = options;
  const records = createReceiptRecords(store, vault);
  const receipts = new Map<string, Map<string, Line>>();
  const heads = new Map<string, Omit<Receipt, 'lines'>>();
  /** Ids of receipts that an undo has taken lines from. */
  const shortened = new Set<string>();
  let opened = false;
  vault.whenOpen(() => {
    if (opened) return;
    for (const receipt of records.all()) remember(named(receipt));
    opened = true;
    dropOldest();
  });

  sessions.on.settled(({ record, words }) => {
    if (record.endedHow === null) return takeOut(record.id);
    for (const [id, lines] of receipts) {
      const line = lines.get(record.id);
      if (line?.how !== 'ending') continue;
      const how = record.endedHow;
      const settled = { ...line, how, words: words ?? usualWords[how], at: record.endedAt };
      records.settle(id, settled);
      lines.set(record.id, settled);
      if (isInWindow(id)) publish({ entity: 'receipt-line', receiptId: id, value: settled });
    }
  });

  /** Its order was undone, so that nothing of it is to be confirmed; a receipt without lines is none. */
  function takeOut(sessionId: string) {
    for (const [id, lines] of receipts) {
      if (lines.get(sessionId)?.how !== 'ending') continue;
      lines.delete(sessionId);
      shortened.add(id);
      store.atCommit(keepShortened);
    }
  }

  /** Once for a thousand sessions. */
  function keepShortened() {
    for (const id of shortened) {
      const receipt = get(id);
      if (receipt?.lines.length === 0) remove(id);
      else if (receipt) {
        records.put(receipt);
        publish({ entity: 'receipt', id, value: receipt });
      }
    }
    shortened.clear();
  }

  function remove(id: string) {
    records.remove(id);
    forget(id);
  }

  /** Ids of receipts that the person was done with and looks at again. */
  const shownAgain = new Set<string>();
  const isInWindow = (id: string) => heads.get(id)?.doneAt === null || shownAgain.has(id);

  function close(id: string) {
    const receipt = get(id);
    if (receipt?.doneAt === null) {
      const done = { ...receipt, doneAt: clock.now() };
      records.put(done);
      remember(done);
      dropOldest();
    }
    shownAgain.delete(id);
    publish({ entity: 'receipt', id, value: null });
  }

  function dropOldest() {
    const done = [...heads.values()].filter(({ doneAt }) => doneAt !== null);
    const tooMany = done.toSorted((a, b) => b.orderedAt - a.orderedAt).slice(mostDone);
    for (const { id } of tooMany) remove(id);
  }

  function remember({ lines, ...head }: Receipt) {
    heads.set(head.id, head);
    receipts.set(head.id, new Map(lines.map((line) => [line.sessionId, line])));
  }

  function forget(id: string) {
    heads.delete(id);
    receipts.delete(id);
    publish({ entity: 'receipt', id, value: null });
  }

  /** What was ordered before the vault was open did not know the accounts' names. */
  function named(receipt: Receipt): Receipt {
    if (receipt.lines.every((line) => line.vendor !== '')) return receipt;
    const lines = receipt.lines.map((line) => {
      const record = line.vendor === '' ? sessions.get(line.sessionId) : undefined;
      if (!record) return line;
      const { account, vendor, realm, person, openedAt } = owed(record);
      return { ...line, account, vendor, realm, person, openedAt };
    });
    records.put({ ...receipt, lines });
    return { ...receipt, lines };
  }

  function get(id: string): Receipt | undefined {
    const head = heads.get(id);
    return head && { ...head, lines: [...receipts.get(id)!.values()] };
  }

  function owed(record: SessionRecord): Line {
    const account = accounts.find(record.accountId);
    return {
      sessionId: record.id,
      account: account?.label ?? '',
      vendor: record.vendor,
      realm: record.realmName,
      person: record.person ?? account?.identity ?? null,
      openedAt: record.openedAt,
      how: 'ending',
      words: usualWords.ending,
      at: null,
    };
  }

  function end(title: string, sessionIds: string[], actor: Actor, canUndo = false): Receipt | null {
    const found = sessionIds.flatMap((id) => sessions.get(id) ?? []);
    if (found.length === 0) return null;
    const receipt = {
      id: options.newId(),
      title,
      orderedAt: clock.now(),
      doneAt: null,
      lines: found.map(owed),
    };
    // One transaction: a thousand orders are one write to the disk.
    try {
      store.transaction(() => {
        records.put(receipt);
        remember(receipt);
        // Before its thousand sessions, so that the window shows it at once.
        publish({ entity: 'receipt', id: receipt.id, value: receipt });
        sessions.endMany(
          found.map(({ id }) => id),
          { actor, canUndo },
        );
      });
    } catch (error) {
      // It is not on the disk: lines for it could not be written, nor what is settled together with them.
      forget(receipt.id);
      throw error;
    }
    return receipt;
  }

  return {
    all: () => [...heads.values()].flatMap(({ id, doneAt }) => (doneAt === null ? (get(id) ?? []) : [])),
    list: () =>
      [...heads.values()]
        .map((head) => {
          const lines = [...receipts.get(head.id)!.values()];
          const settled = lines.filter(({ how }) => how !== 'ending').length;
          return { ...head, sessions: lines.length, settled };
        })
        .toSorted((a, b) => b.orderedAt - a.orderedAt),
    get,
    show(id) {
      const receipt = get(id);
      if (!receipt)
        throw new GatehouseError({ kind: 'not-found', message: 'This receipt is not kept any more.' });
      shownAgain.add(id);
      publish({ entity: 'receipt', id, value: receipt });
    },

    end,
    endEverywhere(actor, canUndo) {
      const open = sessions.all().filter(({ state }) => isOpen(state));
      return end(
        'Everywhere',
        open.map(({ id }) => id),
        actor,
        canUndo,
      );
    },

    close,
  };
}
