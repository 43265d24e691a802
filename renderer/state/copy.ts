import { act } from './call.ts';
import { showToast } from './toasts.ts';

/** Copies by way of main, which clears the clipboard again, and says so; `what` begins the sentence: "Recovery code". */
export async function copyForAWhile(what: string, text: string): Promise<void> {
  const answer = await act('clipboard.copy', { text });
  if (!answer) return;
  showToast({
    tone: 'ok',
    text: `${what} copied. The clipboard is cleared in ${answer.clearsAfterSeconds} s.`,
  });
}
