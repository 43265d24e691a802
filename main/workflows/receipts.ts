import { isOpen } from '#contract/session-states.ts';
import type { Change, Receipt } from '#contract/shapes.ts';
import type { Clock } from '#lib/scheduler.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { SessionRecord, Sessions } from '../sessions/index.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { createReceiptRecords, usualWords } from './receipt-rows.ts';

/** What was ended together, and how each session's end was confirmed. On disk until the person closes it. */
export interface Receipts {
  all(): Receipt[];
  get(id: string): Receipt | undefined;
  /** Orders the end of these sessions in one write and opens a receipt for them; null when there is nothing to end. What is undone leaves it. */
  end(title: string, sessionIds: string[], actor: Actor, canUndo?: boolean): Receipt | null;
  /** Orders the end of every session that may be alive; null when there is none. */
  endEverywhere(actor: Actor, canUndo?: boolean): Receipt | null;
  close(id: string): void;
}

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
    if (!opened) for (const receipt of records.all()) remember(named(receipt));
    opened = true;
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
      publish({ entity: 'receipt-line', receiptId: id, value: settled });
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
      if (receipt?.lines.length === 0) close(id);
      else if (receipt) {
        records.put(receipt);
        publish({ entity: 'receipt', id, value: receipt });
      }
    }
    shortened.clear();
  }

  function close(id: string) {
    records.remove(id);
    forget(id);
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
      const { account, vendor, realm } = owed(record);
      return { ...line, account, vendor, realm };
    });
    records.put({ ...receipt, lines });
    return { ...receipt, lines };
  }

  function get(id: string): Receipt | undefined {
    const head = heads.get(id);
    return head && { ...head, lines: [...receipts.get(id)!.values()] };
  }

  function owed(record: SessionRecord): Line {
    return {
      sessionId: record.id,
      account: accounts.find(record.accountId)?.label ?? '',
      vendor: record.vendor,
      realm: record.realmName,
      how: 'ending',
      words: usualWords.ending,
      at: null,
    };
  }

  function end(title: string, sessionIds: string[], actor: Actor, canUndo = false): Receipt | null {
    const found = sessionIds.flatMap((id) => sessions.get(id) ?? []);
    if (found.length === 0) return null;
    const receipt = { id: options.newId(), title, orderedAt: clock.now(), lines: found.map(owed) };
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
    all: () => [...heads.keys()].flatMap((id) => get(id) ?? []),
    get,

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
