import { create } from 'zustand';
import { act } from '../state/call.ts';
import { theApp } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import { plain } from '../ui/plain.ts';
import type { Member } from './members.ts';

/** Why an account could not even be started, by account id; until it is started again. */
export const useRefusals = create<Record<string, string>>(() => ({}));

/** Opens every one of these that has no session; what could not be started is said and stays on the shift's page. */
export async function startMembers(members: Member[]): Promise<void> {
  const cleared = Object.fromEntries(
    Object.entries(useRefusals.getState()).filter(([id]) =>
      members.every(({ accountId }) => accountId !== id),
    ),
  );
  useRefusals.setState(cleared, true);
  const answer = await act('shifts.start', { members });
  if (!answer) return;
  const { started, refused } = answer;
  useRefusals.setState(Object.fromEntries(refused.map(({ accountId, why }) => [accountId, why])));
  const [first] = refused;
  if (first) {
    const label = plain(theApp().accounts[first.accountId]?.label ?? 'An account', 60);
    const others = refused.length > 1 ? ` and ${String(refused.length - 1)} more` : '';
    showToast({
      tone: 'bad',
      failure: { kind: 'internal', message: `${label}${others} could not be started: ${first.why}` },
    });
  } else if (started === 0) showToast({ tone: 'plain', text: 'All of these have a session already.' });
}
