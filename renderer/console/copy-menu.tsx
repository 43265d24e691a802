import { Copy } from 'lucide-react';
import { useState } from 'react';
import { act } from '../state/call.ts';
import { openDialog } from '../state/navigation.ts';
import type { Copyable, Session, Vendor } from '../state/types.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** What may be copied from a session; asked of main when the menu opens, copied by main after a question. */
export function CopyMenu({ session, vendor }: { session: Session; vendor: Vendor | undefined }) {
  const [items, setItems] = useState<readonly Copyable[] | null>(null);
  if (!vendor?.abilities.includes('copy')) return null;

  function opened(open: boolean) {
    if (open)
      void act('handover.copyable', { sessionId: session.id }).then((answer) => setItems(answer ?? []));
  }

  return (
    <Menu
      label="Copy from this session"
      onOpenChange={opened}
      entries={
        items === null
          ? [{ kind: 'note', label: 'Looking what may be copied…' }]
          : items.length === 0
            ? [{ kind: 'note', label: 'Nothing may be copied from this session.' }]
            : items.map((copyable) => ({
                kind: 'action' as const,
                id: copyable.id,
                label: `${sanitizeText(copyable.label, 60)}…`,
                icon: Copy,
                run: () => openDialog({ what: 'copy', sessionId: session.id, copyable }),
              }))
      }
    >
      <IconButton icon={Copy} label="Copy a token…" variant="plain" />
    </Menu>
  );
}
