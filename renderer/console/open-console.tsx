import { ExternalLink } from 'lucide-react';
import { useState } from 'react';
import { act } from '../state/call.ts';
import type { Session, Vendor } from '../state/types.ts';
import { Button } from '../ui/button.tsx';

/** Opens the vendor's own console, signed in as this session, in a window of its own. */
export function OpenConsole({ session, vendor }: { session: Session; vendor: Vendor | undefined }) {
  const [busy, setBusy] = useState(false);
  if (!vendor?.abilities.includes('hand-over')) return null;
  return (
    <Button
      icon={ExternalLink}
      isPending={busy}
      onPress={() => {
        setBusy(true);
        void act('handover.open', { sessionId: session.id }).finally(() => setBusy(false));
      }}
    >
      Open console
    </Button>
  );
}
