import { act } from '../state/call.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** Where a session of a vendor's list was opened, for a sentence. */
export const placeOf = ({ where, browser }: { where: string | null; browser: string | null }): string =>
  [where, browser].flatMap((part) => (part ? [sanitizeText(part, 60)] : [])).join(', ') || 'an unknown place';

/** Orders the end of a session that was opened elsewhere; it can be undone for a few seconds (shell/undo-bar.tsx). */
export async function endRemote(sessionId: string, remoteId: string, where: string): Promise<void> {
  await act('sessions.orderEndRemote', { sessionId, remoteId, where });
}
