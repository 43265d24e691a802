import type { SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { type Failure, failure as failureShape } from '#contract/failure.ts';
import {
  type RealmRefusal,
  realmRefusal,
  type SessionState,
  type session,
  sessionState,
} from '#contract/shapes.ts';
import type { Row } from '../store/columns.ts';
import { bytesIn, jsonIn, numberIn, numberOrNull, textIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';

type EndedHow = z.infer<typeof session>['endedHow'];

/** What is sealed of a session when it begins or is opened, and can't be written while the vault is locked. */
interface Facts {
  /** '' while it is not known: the vault was not open since the start, or what is stored is damaged. */
  vendor: string;
  /** The address that the sign-in went to; its end goes there too, wherever the account leads by then. */
  baseUrl: string;
  realmId: string | null;
  realmName: string | null;
  way: string | null;
  method: string | null;
  person: string | null;
  actor: string;
}

/** What is sealed of why things are as they are; may change while the vault is locked. */
interface Reasons {
  checkFailure: Failure | null;
  failure: Failure | null;
  refusals: RealmRefusal[];
}

/** A session as it is on disk; its grant is in the vault under the session's id. Times are ms since 1970. */
export interface SessionRecord extends Facts, Reasons {
  id: string;
  /** Its id, as it stands in the User-Agent of its requests. */
  sessionTag: string;
  accountId: string;
  state: SessionState;
  startedAt: number;
  openedAt: number | null;
  /** When the token that is held now was given: at sign-in, or by the last refresh. */
  grantedAt: number | null;
  expiresAt: number | null;
  checkedAt: number | null;
  endedAt: number | null;
  endedHow: EndedHow;
  refreshAt: number | null;
  /** When a request left that may open something at the vendor; null once its answer is filed, or was surely not given. */
  unansweredAt: number | null;
}

/** An order to end a session at the vendor that is not yet confirmed. */
export interface EndingRecord {
  sessionId: string;
  orderedAt: number;
  attempts: number;
  nextTryAt: number | null;
  lastFailure: Failure | null;
  tokenValidUntil: number | null;
  /** ms since 1970; before it nothing is sent, so that the order can be undone. Not stored: after a restart it can't be. */
  undoUntil: number | null;
}

export interface SessionRecords {
  insert(record: SessionRecord): void;
  /** Writes what differs; facts that are not known stay as they are stored. */
  update(before: SessionRecord, after: SessionRecord): void;
  /** Oldest first; while the vault is locked without what is sealed. */
  all(): SessionRecord[];
  /** Throws while the session's ending is still owed: remove the ending first. */
  remove(id: string): void;
  /** Adds the order, or replaces the one that is there. */
  putEnding(record: EndingRecord): void;
  endings(): EndingRecord[];
  removeEnding(sessionId: string): void;
}

const plainColumns = {
  state: 'state',
  startedAt: 'started_at',
  openedAt: 'opened_at',
  grantedAt: 'granted_at',
  expiresAt: 'expires_at',
  checkedAt: 'checked_at',
  endedAt: 'ended_at',
  endedHow: 'ended_how',
  refreshAt: 'refresh_at',
  unansweredAt: 'unanswered_at',
} satisfies Partial<Record<keyof SessionRecord, string>>;

type PlainField = keyof typeof plainColumns;
const plainFields = Object.keys(plainColumns) as PlainField[];

const factNames = [
  'vendor',
  'baseUrl',
  'realmId',
  'realmName',
  'way',
  'method',
  'person',
  'actor',
] as const satisfies (keyof Facts)[];

const factsShape = z.object({
  vendor: z.string(),
  baseUrl: z.string(),
  realmId: z.string().nullable(),
  realmName: z.string().nullable(),
  way: z.string().nullable(),
  method: z.string().nullable(),
  person: z.string().nullable(),
  actor: z.string(),
});

const reasonNames = ['checkFailure', 'failure', 'refusals'] as const satisfies (keyof Reasons)[];

const reasonsShape = z.object({
  checkFailure: failureShape.nullable(),
  failure: failureShape.nullable(),
  // Earlier versions wrote none.
  refusals: z.array(realmRefusal).default([]),
});

const unknownFacts: Facts = {
  vendor: '',
  baseUrl: '',
  realmId: null,
  realmName: null,
  way: null,
  method: null,
  person: null,
  actor: 'window',
};

const damaged: Failure = {
  kind: 'vault-broken',
  message: 'What is stored of this session is damaged, or was changed outside Gatehouse.',
  advice: 'It is kept as it is. Look at the vendor whether the session is still open there.',
};

const farthest = 8.64e15;

/** A patch without numbers that are no moments (ms since 1970): they would be no time to anybody. */
export function bounded<P extends object>(patch: P): P {
  const wrong = Object.entries(patch).filter(
    ([, value]) => typeof value === 'number' && !(Math.abs(value) <= farthest),
  );
  if (wrong.length === 0) return patch;
  return { ...patch, ...Object.fromEntries(wrong.map(([name]) => [name, null])) };
}

const factsPlace = ({ id, accountId }: { id: string; accountId: string }) =>
  ['sessions.facts', id, accountId] as const;
const reasonsPlace = ({ id, accountId }: { id: string; accountId: string }) =>
  ['sessions.reasons', id, accountId] as const;

/** Sealed facts as they stand on disk. */
export function sealFacts(vault: Pick<Vault, 'sealRow'>, record: Facts & { id: string; accountId: string }) {
  const facts = Object.fromEntries(factNames.map((name) => [name, record[name]]));
  return vault.sealRow(factsPlace(record), JSON.stringify(facts));
}

/** Sealed reasons as they stand on disk; null when there are none. */
export function sealReasons(
  vault: Pick<Vault, 'depositRow'>,
  record: Reasons & { id: string; accountId: string },
): Uint8Array | null {
  const { checkFailure, failure, refusals } = record;
  if (!checkFailure && !failure && refusals.length === 0) return null;
  return vault.depositRow(reasonsPlace(record), JSON.stringify({ checkFailure, failure, refusals }));
}

/** The sealed reason of an ending; null when there is none. */
export function sealReason(
  vault: Pick<Vault, 'depositRow'>,
  { sessionId, lastFailure }: Pick<EndingRecord, 'sessionId' | 'lastFailure'>,
): Uint8Array | null {
  return lastFailure && vault.depositRow(['endings.reason', sessionId], JSON.stringify(lastFailure));
}

/** Typed access to the tables of sessions and endings. */
export function createSessionRecords(store: Store, vault: Vault): SessionRecords {
  const locked = () => !vault.isOpen();

  function insert(record: SessionRecord): void {
    const columns = plainFields.map((field) => plainColumns[field]);
    store.run(
      `INSERT INTO sessions (id, account_id, ${columns.join(', ')}, facts, reasons)
       VALUES (?, ?, ${columns.map(() => '?').join(', ')}, ?, ?)`,
      record.id,
      record.accountId,
      ...plainFields.map((field) => plainValue(record[field])),
      sealFacts(vault, record),
      sealReasons(vault, record),
    );
  }

  function update(before: SessionRecord, after: SessionRecord): void {
    const changed = plainFields.filter((field) => before[field] !== after[field]);
    const sets = changed.map((field) => `${plainColumns[field]} = ?`);
    const values: SQLInputValue[] = changed.map((field) => plainValue(after[field]));
    if (before.vendor !== '' && factNames.some((name) => before[name] !== after[name])) {
      sets.push('facts = ?');
      values.push(sealFacts(vault, after));
    }
    if (reasonNames.some((name) => before[name] !== after[name])) {
      sets.push('reasons = ?');
      values.push(sealReasons(vault, after));
    }
    if (sets.length > 0)
      store.run(`UPDATE sessions SET ${sets.join(', ')} WHERE id = ?`, ...values, after.id);
  }

  function open<T>(place: readonly [string, ...string[]], row: Row, column: string, shape: z.ZodType<T>) {
    if (locked() || row[column] === null) return null;
    const accepted = column === 'facts' ? undefined : 'deposits';
    const text = vault.openRow(place, bytesIn(row, column), accepted);
    return text === null ? null : jsonIn(text, shape);
  }

  function readSession(row: Row): SessionRecord {
    const id = textIn(row, 'id');
    const accountId = textIn(row, 'account_id');
    const facts = open(factsPlace({ id, accountId }), row, 'facts', factsShape);
    const reasons = open(reasonsPlace({ id, accountId }), row, 'reasons', reasonsShape);
    const lost = !locked() && (!facts || (!reasons && row.reasons !== null));
    return {
      id,
      sessionTag: id,
      accountId,
      state: sessionState.parse(row.state),
      startedAt: numberIn(row, 'started_at'),
      openedAt: numberOrNull(row, 'opened_at'),
      grantedAt: numberOrNull(row, 'granted_at'),
      expiresAt: numberOrNull(row, 'expires_at'),
      checkedAt: numberOrNull(row, 'checked_at'),
      endedAt: numberOrNull(row, 'ended_at'),
      endedHow: readEndedHow(row),
      refreshAt: numberOrNull(row, 'refresh_at'),
      unansweredAt: numberOrNull(row, 'unanswered_at'),
      checkFailure: reasons?.checkFailure ?? null,
      failure: lost ? damaged : (reasons?.failure ?? null),
      refusals: reasons?.refusals ?? [],
      ...(facts ?? unknownFacts),
    };
  }

  function readEnding(row: Row): EndingRecord {
    const sessionId = textIn(row, 'session_id');
    const reason = open(['endings.reason', sessionId], row, 'reason', failureShape);
    return {
      sessionId,
      orderedAt: numberIn(row, 'ordered_at'),
      attempts: numberIn(row, 'attempts'),
      nextTryAt: numberOrNull(row, 'next_try_at'),
      lastFailure: reason,
      undoUntil: null,
      tokenValidUntil: numberOrNull(row, 'token_valid_until'),
    };
  }

  return {
    insert,
    update,
    all: () => store.all('SELECT * FROM sessions ORDER BY started_at, id').map(readSession),
    remove: (id) => void store.run('DELETE FROM sessions WHERE id = ?', id),
    putEnding(record) {
      store.run(
        `INSERT OR REPLACE INTO endings (session_id, ordered_at, attempts, next_try_at, token_valid_until, reason)
         VALUES (?, ?, ?, ?, ?, ?)`,
        record.sessionId,
        plainValue(record.orderedAt),
        record.attempts,
        plainValue(record.nextTryAt),
        plainValue(record.tokenValidUntil),
        sealReason(vault, record),
      );
    },
    endings: () => store.all('SELECT * FROM endings ORDER BY ordered_at, session_id').map(readEnding),
    removeEnding: (id) => void store.run('DELETE FROM endings WHERE session_id = ?', id),
  };
}

/** The columns take whole milliseconds; a vendor may state halves of one. */
function plainValue(value: string | number | null): SQLInputValue {
  return typeof value === 'number' ? Math.round(value) : value;
}

function readEndedHow(row: Row): EndedHow {
  const how = row.ended_how;
  return how === 'here' || how === 'vendor' || how === 'expired' || how === 'possibly-alive' ? how : null;
}
