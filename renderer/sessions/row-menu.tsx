import { useRef } from 'react';
import { useAccount, useSession, useVendor } from '../state/store.ts';
import { ContextMenu } from '../ui/menu.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { sessionMenuEntries } from './session-actions.ts';

interface Props {
  accountId: string | undefined;
  sessionId: string | null;
  /** The id of the row at which it opens. */
  rowId: string;
  onClose(): void;
}

/** Everything that can be done with a row's account and session, at its place. */
export function RowMenu({ accountId, sessionId, rowId, onClose }: Props) {
  const account = useAccount(accountId);
  const session = useSession(sessionId);
  const vendor = useVendor(account?.vendor);
  const at = useRef(document.getElementById(rowId));
  if (!account) return null;
  return (
    <ContextMenu
      at={at}
      label={`Actions for ${sanitizeText(account.label, 60)}`}
      entries={sessionMenuEntries(account, session, vendor)}
      onClose={onClose}
    />
  );
}
