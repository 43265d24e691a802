import { isOpen } from '#contract/session-states.ts';
import { call } from '../state/call.ts';
import { goTo, useNavigation } from '../state/navigation.ts';
import { useAccount, useSessionsOf } from '../state/store.ts';
import { Confirm } from '../ui/confirm.tsx';
import { formatCount } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** Asks before an account goes, and says what happens to its sessions and secrets. */
export function RemoveAccount({ accountId, onClose }: { accountId: string; onClose(): void }) {
  const account = useAccount(accountId);
  const sessions = useSessionsOf(accountId);
  const open = sessions.filter(({ state }) => isOpen(state)).length;
  const label = sanitizeText(account?.label ?? 'this account', 60);
  return (
    <Confirm
      title={`Remove ${label}`}
      action="Remove account"
      onClose={onClose}
      onConfirm={async () => {
        await call('accounts.remove', { id: accountId });
        const { route } = useNavigation.getState();
        if ('accountId' in route && route.accountId === accountId) goTo({ at: 'live' });
      }}
    >
      <p>
        {open > 0
          ? `Its ${formatCount(open, 'open session is', 'open sessions are')} ended first. An ending that the vendor does not confirm at once is tried again and stays in sight under “not confirmed”.`
          : 'No session of it is open.'}
      </p>
      <p>
        Its stored password and other secrets are erased from the vault as soon as no ending needs them. This
        can’t be undone.
      </p>
    </Confirm>
  );
}
