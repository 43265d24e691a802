import { act } from '../state/call.ts';
import { showReceipt } from '../state/navigation.ts';
import { showToast } from '../state/toasts.ts';

/** Ends these sessions and opens their receipt; it can be undone for a few seconds. `title` names the lot: a shift, a tag, "3 accounts". */
export async function endTogether(title: string, sessionIds: string[]): Promise<void> {
  show(await act('sessions.endTogether', { title: title.slice(0, 160), sessionIds, canUndo: true }));
}

/** Ends every session and opens the receipt; it can be undone for a few seconds. */
export async function signOutEverywhere(): Promise<void> {
  show(await act('sessions.signOutEverywhere'));
}

function show(answer: { receiptId: string | null } | undefined): void {
  if (!answer) return;
  if (answer.receiptId) showReceipt(answer.receiptId);
  else showToast({ tone: 'plain', text: 'None of these sessions was open.' });
}
