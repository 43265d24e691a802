import type { SQLInputValue } from 'node:sqlite';
import type { z } from 'zod';
import { type Failure, failure as failureShape } from '../../preload/contract/failure.ts';
import { type SessionState, type session, sessionState } from '../../preload/contract/shapes.ts';
import { numberIn, numberOrNull, textIn, textOrNull } from './columns.ts';
import type { Row, Store } from './store.ts';

type EndedHow = z.infer<typeof session>['endedHow'];

/** A session as it is on disk; its grant is in the vault under the session's id. Times are ms since 1970. */
export interface SessionRecord {
  id: string;
  accountId: string;
  vendor: string;
  realmId: string | null;
  realmName: string | null;
  state: SessionState;
  way: string | null;
  method: string | null;
  person: string | null;
  startedAt: number;
  openedAt: number | null;
  /** When the token that is held now was given: at sign-in, or by the last refresh. */
  grantedAt: number | null;
  expiresAt: number | null;
  checkedAt: number | null;
  checkFailure: Failure | null;
  failure: Failure | null;
  endedAt: number | null;
  endedHow: EndedHow;
  refreshAt: number | null;
  mark: string;
  actor: string;
  /** When a request left that may open something at the vendor; null once its answer is filed, or was surely not given. */
  unansweredAt: number | null;
}

/** An order to end a session at the vendor that is not yet confirmed. */
export interface EndingRecord {
  sessionId: string;
  orderedAt: number;
  actor: string;
  attempts: number;
  nextTryAt: number | null;
  lastFailure: Failure | null;
  tokenValidUntil: number | null;
}

export interface SessionRecords {
  insert(record: SessionRecord): void;
  /** Answers false when there is no such session. */
  update(id: string, patch: Partial<Omit<SessionRecord, 'id'>>): boolean;
  get(id: string): SessionRecord | null;
  /** Oldest first. */
  all(): SessionRecord[];
  /** Throws while the session's ending is still owed: remove the ending first. */
  remove(id: string): void;
  /** Adds the order, or replaces the one that is there. */
  putEnding(record: EndingRecord): void;
  endings(): EndingRecord[];
  updateEnding(sessionId: string, patch: Partial<Omit<EndingRecord, 'sessionId'>>): boolean;
  removeEnding(sessionId: string): void;
}

const sessionColumns: Record<keyof SessionRecord, string> = {
  id: 'id',
  accountId: 'account_id',
  vendor: 'vendor',
  realmId: 'realm_id',
  realmName: 'realm_name',
  state: 'state',
  way: 'way',
  method: 'method',
  person: 'person',
  startedAt: 'started_at',
  openedAt: 'opened_at',
  grantedAt: 'granted_at',
  expiresAt: 'expires_at',
  checkedAt: 'checked_at',
  checkFailure: 'check_failure_json',
  failure: 'failure_json',
  endedAt: 'ended_at',
  endedHow: 'ended_how',
  refreshAt: 'refresh_at',
  mark: 'mark',
  actor: 'actor',
  unansweredAt: 'unanswered_at',
};

const endingColumns: Record<keyof EndingRecord, string> = {
  sessionId: 'session_id',
  orderedAt: 'ordered_at',
  actor: 'actor',
  attempts: 'attempts',
  nextTryAt: 'next_try_at',
  lastFailure: 'last_failure_json',
  tokenValidUntil: 'token_valid_until',
};

/** Typed access to the tables of sessions and endings. */
export function createSessionRecords(store: Store): SessionRecords {
  return {
    insert: (record) => write(store, 'INSERT', 'sessions', sessionColumns, record),
    update: (id, patch) => change(store, 'sessions', sessionColumns, patch, 'id', id),
    get(id) {
      const row = store.get('SELECT * FROM sessions WHERE id = ?', id);
      return row ? readSession(row) : null;
    },
    all: () => store.all('SELECT * FROM sessions ORDER BY started_at, id').map(readSession),
    remove: (id) => void store.run('DELETE FROM sessions WHERE id = ?', id),
    putEnding: (record) => write(store, 'INSERT OR REPLACE', 'endings', endingColumns, record),
    endings: () => store.all('SELECT * FROM endings ORDER BY ordered_at, session_id').map(readEnding),
    updateEnding: (id, patch) => change(store, 'endings', endingColumns, patch, 'session_id', id),
    removeEnding: (id) => void store.run('DELETE FROM endings WHERE session_id = ?', id),
  };
}

type Value = string | number | Failure | null;

function write<R extends object>(
  store: Store,
  verb: 'INSERT' | 'INSERT OR REPLACE',
  table: string,
  columns: Record<keyof R, string>,
  record: R,
): void {
  const [names, values] = columnValues(columns, record);
  store.run(
    `${verb} INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    ...values,
  );
}

function change<R extends object>(
  store: Store,
  table: string,
  columns: Record<keyof R, string>,
  patch: Partial<R>,
  key: string,
  id: string,
): boolean {
  const [names, values] = columnValues(columns, patch);
  if (names.length === 0) return store.get(`SELECT 1 FROM ${table} WHERE ${key} = ?`, id) !== undefined;
  const sets = names.map((name) => `${name} = ?`).join(', ');
  return store.run(`UPDATE ${table} SET ${sets} WHERE ${key} = ?`, ...values, id) > 0;
}

/** Only fields that the record has; undefined means "leave as it is". */
function columnValues(columns: Record<string, string>, record: object): [string[], SQLInputValue[]] {
  const names: string[] = [];
  const values: SQLInputValue[] = [];
  const fields: [string, Value | undefined][] = Object.entries(record);
  for (const [field, value] of fields) {
    const column = columns[field];
    if (column === undefined || value === undefined) continue;
    names.push(column);
    if (typeof value === 'object' && value !== null) values.push(JSON.stringify(value));
    // The columns take whole milliseconds; a vendor may state halves of one.
    else values.push(typeof value === 'number' ? Math.round(value) : value);
  }
  return [names, values];
}

function readSession(row: Row): SessionRecord {
  return {
    id: textIn(row, 'id'),
    accountId: textIn(row, 'account_id'),
    vendor: textIn(row, 'vendor'),
    realmId: textOrNull(row, 'realm_id'),
    realmName: textOrNull(row, 'realm_name'),
    state: sessionState.parse(row.state),
    way: textOrNull(row, 'way'),
    method: textOrNull(row, 'method'),
    person: textOrNull(row, 'person'),
    startedAt: numberIn(row, 'started_at'),
    openedAt: numberOrNull(row, 'opened_at'),
    grantedAt: numberOrNull(row, 'granted_at'),
    expiresAt: numberOrNull(row, 'expires_at'),
    checkedAt: numberOrNull(row, 'checked_at'),
    checkFailure: readFailure(row, 'check_failure_json'),
    failure: readFailure(row, 'failure_json'),
    endedAt: numberOrNull(row, 'ended_at'),
    endedHow: readEndedHow(row),
    refreshAt: numberOrNull(row, 'refresh_at'),
    mark: textIn(row, 'mark'),
    actor: textIn(row, 'actor'),
    unansweredAt: numberOrNull(row, 'unanswered_at'),
  };
}

function readEnding(row: Row): EndingRecord {
  return {
    sessionId: textIn(row, 'session_id'),
    orderedAt: numberIn(row, 'ordered_at'),
    actor: textIn(row, 'actor'),
    attempts: numberIn(row, 'attempts'),
    nextTryAt: numberOrNull(row, 'next_try_at'),
    lastFailure: readFailure(row, 'last_failure_json'),
    tokenValidUntil: numberOrNull(row, 'token_valid_until'),
  };
}

function readEndedHow(row: Row): EndedHow {
  const how = row.ended_how;
  return how === 'here' || how === 'vendor' || how === 'expired' || how === 'possibly-alive' ? how : null;
}

/** A reason that can't be read must not hide the session that it belongs to. */
function readFailure(row: Row, column: string): Failure | null {
  const text = textOrNull(row, column);
  if (text === null) return null;
  try {
    return failureShape.parse(JSON.parse(text));
  } catch {
    return { kind: 'store-broken', message: 'The reason stored with this session can no longer be read.' };
  }
}
