import type {
  Account,
  AppInfo,
  Change,
  Prompt,
  Receipt,
  Session,
  Settings,
  Shift,
  Sidebar,
  Snapshot,
  VaultState,
  Vendor,
} from './types.ts';

export type ById<T> = Readonly<Record<string, T>>;

/** What the window knows: main's projection, entities by id. Nothing in it is ever changed in place. */
export interface AppState {
  vendors: readonly Vendor[];
  accounts: ById<Account>;
  sessions: ById<Session>;
  prompts: ById<Prompt>;
  shifts: ById<Shift>;
  receipts: ById<Receipt>;
  /** Directory exports under way, by session: rows written, and of how many where that is known. */
  exports: ById<{ rows: number; total: number | null }>;
  /** Pictures on their way, by session: bytes sent, and of how many. */
  uploads: ById<{ sent: number; total: number }>;
  sidebar: Sidebar;
  vault: VaultState;
  settings: Settings;
  appInfo: AppInfo;
}

const byId = <T extends { id: string }>(list: readonly T[]): ById<T> =>
  Object.fromEntries(list.map((entity) => [entity.id, entity]));

/** The app state as a snapshot has it. */
export function fromSnapshot(snapshot: Snapshot): AppState {
  return {
    ...snapshot,
    accounts: byId(snapshot.accounts),
    sessions: byId(snapshot.sessions),
    prompts: byId(snapshot.prompts),
    shifts: byId(snapshot.shifts),
    receipts: byId(snapshot.receipts),
    exports: {},
    uploads: {},
  };
}

/** The map that each kind of entity is kept in. */
const maps = {
  account: 'accounts',
  session: 'sessions',
  prompt: 'prompts',
  shift: 'shifts',
  receipt: 'receipts',
  export: 'exports',
  upload: 'uploads',
} as const;

/** The app state after a list of changes, in their order; an entity that no change names stays the same object. */
export function applyChanges(state: AppState, changes: readonly Change[]): AppState {
  const next = { ...state };
  const copied = new Set<string>();

  /** The map in `next`, copied before its first change. */
  function own(entity: keyof typeof maps): Record<string, unknown> {
    const name = maps[entity];
    if (!copied.has(name)) Object.assign(next, { [name]: { ...next[name] } });
    copied.add(name);
    return next[name];
  }

  for (const change of changes) {
    switch (change.entity) {
      case 'vault':
        next.vault = change.value;
        break;
      case 'sidebar':
        next.sidebar = change.value;
        break;
      case 'settings':
        next.settings = change.value;
        break;
      case 'appInfo':
        next.appInfo = change.value;
        break;
      case 'everything':
        break;
      case 'receipt-line':
        break;
      default:
        if (change.value === null) delete own(change.entity)[change.id];
        else own(change.entity)[change.id] = change.value;
    }
  }
  for (const [id, lines] of newLines(changes)) {
    const receipt = next.receipts[id];
    if (!receipt) continue;
    const all = receipt.lines.map((line) => lines.get(line.sessionId) ?? line);
    own('receipt')[id] = { ...receipt, lines: all };
  }
  return next;
}

type Line = Receipt['lines'][number];

/** The changed lines of each receipt, by session: a receipt of a thousand is put together once for all of them. */
function newLines(changes: readonly Change[]): Map<string, Map<string, Line>> {
  const receipts = new Map<string, Map<string, Line>>();
  for (const change of changes) {
    if (change.entity !== 'receipt-line') continue;
    const lines = receipts.get(change.receiptId) ?? new Map<string, Line>();
    receipts.set(change.receiptId, lines.set(change.value.sessionId, change.value));
  }
  return receipts;
}
