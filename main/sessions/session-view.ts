import type { Realm, Session } from '#contract/shapes.ts';
import type { EndingRecord, SessionRecord } from './session-rows.ts';

/** A session as the window sees it; `formerAccount` names an account that is no longer on the list. */
export function sessionView(
  record: SessionRecord,
  ending: EndingRecord | undefined,
  formerAccount: string | null,
): Session {
  return {
    id: record.id,
    accountId: record.accountId,
    formerAccount,
    vendor: record.vendor,
    realm: realmOf(record),
    state: record.state,
    method: record.method,
    person: record.person,
    startedAt: record.startedAt,
    openedAt: record.openedAt,
    expiresAt: record.expiresAt,
    checkedAt: record.checkedAt,
    checkFailure: record.checkFailure,
    failure: record.failure,
    refusals: record.refusals,
    ending: ending
      ? {
          orderedAt: ending.orderedAt,
          attempts: ending.attempts,
          nextTryAt: ending.nextTryAt,
          lastFailure: ending.lastFailure,
          tokenValidUntil: ending.tokenValidUntil,
          ...(ending.undoUntil === null ? {} : { undoUntil: ending.undoUntil }),
        }
      : null,
    endedAt: record.endedAt,
    endedHow: record.endedHow,
  };
}

/** The realm of a record; null when it has none. */
export function realmOf(record: SessionRecord): Realm | null {
  return record.realmId === null ? null : { id: record.realmId, name: record.realmName ?? record.realmId };
}
