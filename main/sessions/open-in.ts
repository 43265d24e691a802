import { isOpen } from '#contract/session-states.ts';
import type { Realm } from '#contract/shapes.ts';
import type { SessionReads } from './registry.ts';

/** The account's session that is open in a realm, an active one before one on its way; for no realm in particular, in any. Null when there is none. */
export function openIn(
  sessions: Pick<SessionReads, 'of'>,
  accountId: string,
  realm: Realm | null,
): string | null {
  const open = sessions
    .of(accountId)
    .filter(({ realmId, state }) => isOpen(state) && (realm === null || realmId === realm.id));
  return (open.find(({ state }) => state === 'active') ?? open[0])?.id ?? null;
}
