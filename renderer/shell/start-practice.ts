import { act } from '../state/call.ts';
import { goTo, showAccount } from '../state/navigation.ts';
import { getApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import { formatCount } from '../ui/format.ts';

/** Who is best to begin with: a PIN by e-mail, several realms, several sessions. */
const beginWith = 'Amir Haddad';

/** Starts the practice servers, says how many accounts came with them, and with whom to begin. */
export async function startPractice(): Promise<void> {
  const answer = await act('practice.start');
  if (!answer) return;
  const first = Object.values(getApp().accounts).find(
    ({ practice, label }) => practice && label === beginWith,
  );
  goTo({ at: 'live' });
  showToast({
    tone: 'ok',
    text: `${formatCount(answer.accounts, 'practice account')} ${answer.accounts === 1 ? 'is' : 'are'} added. Begin with ${beginWith}.`,
    ...(first ? { action: { label: `Show ${beginWith}`, run: () => showAccount(first.id) } } : {}),
  });
}
