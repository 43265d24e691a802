import type {
  Account,
  Change,
  Desk,
  Prompt,
  Receipt,
  Session,
  Settings,
  Shift,
  Snapshot,
  VaultState,
  Vendor,
} from './types.ts';

export type ById<T> = Readonly<Record<string, T>>;

/** What the window knows: main's projection, entities by id. Nothing in it is ever changed in place. */
export type DeskState = {
  vendors: readonly Vendor[];
  accounts: ById<Account>;
  sessions: ById<Session>;
  prompts: ById<Prompt>;
  shifts: ById<Shift>;
  receipts: ById<Receipt>;
  /** Directory exports under way, by session: rows written, and of how many where that is known. */
  exports: ById<{ rows: number; total: number | null }>;
  vault: VaultState;
  settings: Settings;
  desk: Desk;
};

const byId = <T extends { id: string }>(list: readonly T[]): ById<T> =>
  Object.fromEntries(list.map((entity) => [entity.id, entity]));

/** The desk as a snapshot has it. */
export function fromSnapshot(snapshot: Snapshot): DeskState {
  return {
    ...snapshot,
    accounts: byId(snapshot.accounts),
    sessions: byId(snapshot.sessions),
    prompts: byId(snapshot.prompts),
    shifts: byId(snapshot.shifts),
    receipts: byId(snapshot.receipts),
    exports: {},
  };
}

/** The desk after a list of changes, in their order; an entity that no change names stays the same object. */
export function applyChanges(state: DeskState, changes: readonly Change[]): DeskState {
  const next = { ...state };
  const copied = new Set<string>();
  function own<T>(
    key: 'accounts' | 'sessions' | 'prompts' | 'shifts' | 'receipts' | 'exports',
    map: ById<T>,
  ): Record<string, T> {
    if (copied.has(key)) return map as Record<string, T>;
    copied.add(key);
    return { ...map };
  }
  for (const change of changes) {
    switch (change.entity) {
      case 'account':
        next.accounts = put(own('accounts', next.accounts), change.id, change.value);
        break;
      case 'session':
        next.sessions = put(own('sessions', next.sessions), change.id, change.value);
        break;
      case 'prompt':
        next.prompts = put(own('prompts', next.prompts), change.id, change.value);
        break;
      case 'shift':
        next.shifts = put(own('shifts', next.shifts), change.id, change.value);
        break;
      case 'receipt':
        next.receipts = put(own('receipts', next.receipts), change.id, change.value);
        break;
      case 'receipt-line': {
        const { receiptId, value } = change;
        const receipt = next.receipts[receiptId];
        if (!receipt) break;
        const lines = receipt.lines.map((line) => (line.sessionId === value.sessionId ? value : line));
        next.receipts = put(own('receipts', next.receipts), receiptId, { ...receipt, lines });
        break;
      }
      case 'export':
        next.exports = put(own('exports', next.exports), change.id, change.value);
        break;
      case 'vault':
        next.vault = change.value;
        break;
      case 'settings':
        next.settings = change.value;
        break;
      case 'desk':
        next.desk = change.value;
        break;
      case 'everything':
        break;
    }
  }
  return next;
}

function put<T>(map: Record<string, T>, id: string, value: T | null): Record<string, T> {
  if (value === null) delete map[id];
  else map[id] = value;
  return map;
}
