import { call } from '../state/call.ts';
import { useAccount, useSession } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import type { Copyable } from '../state/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';

interface Props {
  sessionId: string;
  copyable: Copyable;
  onClose(): void;
}

/** Asks before a secret goes on the clipboard, where every program can read it. */
export function CopyDialog({ sessionId, copyable, onClose }: Props) {
  const account = useAccount(useSession(sessionId)?.accountId);
  const label = sanitizeText(copyable.label, 60);
  return (
    <Confirm
      title={`Copy ${label}`}
      action="Copy"
      danger={false}
      onClose={onClose}
      onConfirm={async () => {
        const { clearsAfterSeconds } = await call('handover.copy', { sessionId, what: copyable.id });
        showToast({
          tone: 'ok',
          text: `${label} copied. The clipboard is cleared in ${String(clearsAfterSeconds)} s.`,
        });
      }}
    >
      <p>{sanitizeText(copyable.explain, 400)}</p>
      <p>
        Whoever has it acts as {sanitizeText(account?.identity ?? 'this session', 80)}. It is written in the
        ledger that it was copied.
      </p>
    </Confirm>
  );
}
