import { act } from '../state/call.ts';
import { showReceipt } from '../state/navigation.ts';
import { showToast } from '../state/toasts.ts';

/** Ends these sessions and opens their receipt. `title` names the lot: a shift, a tag, "3 accounts". */
export async function endTogether(title: string, sessionIds: string[]): Promise<void> {
  const answer = await act('sessions.endTogether', { title: title.slice(0, 160), sessionIds });
  if (!answer) return;
  if (answer.receiptId) showReceipt(answer.receiptId);
  else showToast({ tone: 'plain', text: 'No session of these was open.' });
}
