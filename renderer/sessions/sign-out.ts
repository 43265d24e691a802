import { act } from '../state/call.ts';

/** Orders the end of a session; of an active one it can be undone for a few seconds (shell/undo-bar.tsx). */
export async function signOut(sessionId: string): Promise<void> {
  await act('sessions.signOut', { sessionId, canUndo: true });
}
