import { LoaderCircle } from 'lucide-react';
import { showPrompts } from '../state/navigation.ts';
import { useAccount, useSession } from '../state/store.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './prompts.module.css';

/** Between "Start again" and the next prompt of the same account. */
export function Restarting({ sessionId }: { sessionId: string }) {
  const account = useAccount(useSession(sessionId)?.accountId);
  const close = () => showPrompts(false);
  return (
    <Dialog
      title={`Signing in to ${sanitizeText(account?.label ?? 'the account', 60)} again`}
      lead={account && <Avatar label={account.label} colour={account.colour} />}
      size="small"
      keep
      noClose
      onClose={close}
    >
      <p className={style.status} role="status">
        <LoaderCircle className={style.spin} size={16} strokeWidth={1.75} aria-hidden />
        Waiting for the vendor
      </p>
      <DialogActions>
        <Button onPress={close} autoFocus>
          Hide
        </Button>
      </DialogActions>
    </Dialog>
  );
}
