import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { act, call } from '../state/call.ts';
import type { Prompt } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { DialogActions } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import type { usePromptQueue } from './use-prompt-queue.ts';

const noReason = { kind: 'refused-prompt', message: 'The vendor ended this sign-in.' } as const;

interface Props {
  prompt: Prompt;
  queue: ReturnType<typeof usePromptQueue>;
  onRestarted(sessionId: string): void;
}

/** A prompt that is over: why, and one press to begin again. */
export function Refused({ prompt, queue, onRestarted }: Props) {
  const [busy, setBusy] = useState(false);
  async function startAgain() {
    setBusy(true);
    await queue.attempt(prompt, async () => {
      const { sessionId } = await call('prompts.startAgain', { promptId: prompt.id });
      onRestarted(sessionId);
    });
    setBusy(false);
  }
  const until = prompt.failure?.until;
  return (
    <>
      <FailureNote failure={queue.failure ?? prompt.failure ?? noReason} />
      <DialogActions
        end={
          <Button variant="quiet" onPress={() => act('prompts.cancel', { promptId: prompt.id })}>
            Dismiss
          </Button>
        }
      >
        <Button
          variant="main"
          icon={RotateCw}
          data-first
          isPending={busy}
          isDisabled={until !== undefined && until > Date.now()}
          onPress={() => void startAgain()}
        >
          Start again
        </Button>
      </DialogActions>
    </>
  );
}
