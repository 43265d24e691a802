import { useRef } from 'react';
import { sessionMenuEntries } from '../sessions/session-actions.ts';
import { useAccount, useSession, useVendor } from '../state/store.ts';
import { ContextMenu } from '../ui/menu.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { rowId } from './account-row.tsx';
import type { RowItem } from './list-items.ts';

/** The menu of a row, at its place in the list. */
export function RowMenu({ item, onClose }: { item: RowItem; onClose(): void }) {
  const account = useAccount(item.accountId);
  const session = useSession(item.sessionId);
  const vendor = useVendor(account?.vendor);
  const at = useRef(document.getElementById(rowId(item.key)));
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
