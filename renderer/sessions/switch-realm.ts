import { act } from '../state/call.ts';
import { showAccount } from '../state/navigation.ts';
import type { Realm, Session } from '../state/types.ts';

/** Opens a session in another realm beside this one and shows it. */
export async function openBeside(session: Session, realm: Realm): Promise<void> {
  const answer = await act('sessions.switchRealm', { sessionId: session.id, realm, how: 'beside' });
  if (answer) showAccount(session.accountId, answer.sessionId);
}
