import { act } from '../state/call.ts';
import { openDialog, showAccount } from '../state/navigation.ts';
import type { Output, Realm, Session } from '../state/types.ts';

/** Shows what a switch of `from` came to; a session that was open there already asks whether another is wanted as well. */
export function showOpened(from: Session, { sessionId, openAlready }: Output<'sessions.switchRealm'>): void {
  showAccount(from.accountId, sessionId);
  if (openAlready) openDialog({ what: 'open-already', sessionId, from: from.id });
}

/** Opens a session in another realm beside this one and shows it; `again`: also where one is open. */
export async function openBeside(from: Session, realm: Realm, again = false): Promise<void> {
  const answer = await act('sessions.switchRealm', {
    sessionId: from.id,
    realm,
    how: 'beside',
    ...(again ? { again } : {}),
  });
  if (answer) showOpened(from, answer);
}
