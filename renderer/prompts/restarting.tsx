import { LoaderCircle } from 'lucide-react';
import { useAccount, useSession } from '../state/store.ts';
import { Avatar } from '../ui/avatar.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { PanelCard } from './panel-card.tsx';
import style from './prompts.module.css';

/** Between "Start again" and the next prompt of the same account. */
export function Restarting({ sessionId }: { sessionId: string }) {
  const account = useAccount(useSession(sessionId)?.accountId);
  return (
    <PanelCard
      title={`Signing in to ${sanitizeText(account?.label ?? 'the account', 60)} again`}
      lead={account && <Avatar label={account.label} colour={account.colour} size={32} />}
    >
      <p className={style.status} role="status">
        <LoaderCircle className={style.spin} size={16} strokeWidth={1.75} aria-hidden />
        Waiting for the vendor
      </p>
    </PanelCard>
  );
}
