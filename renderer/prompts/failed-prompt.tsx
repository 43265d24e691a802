import { showPrompts } from '../state/navigation.ts';
import type { Failure, Prompt } from '../state/types.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { OtherPrompts } from './other-prompts.tsx';
import { PromptActions } from './prompt-actions.tsx';
import type { usePromptQueue } from './use-prompt-queue.ts';

interface Props {
  prompt: Prompt;
  queue: ReturnType<typeof usePromptQueue>;
  failure: Failure;
  onAgain(): void;
}

/** In place of a prompt that can't be drawn: it can be cancelled, and the others answered. */
export function FailedPrompt({ prompt, queue, failure, onAgain }: Props) {
  return (
    <Dialog title="This prompt can’t be shown" size="small" keep noClose onClose={() => showPrompts(false)}>
      <FailureNote failure={failure} onRetry={onAgain} announce={false} />
      <PromptActions promptId={prompt.id} />
      <OtherPrompts prompts={queue.prompts} shown={prompt.id} onChoose={queue.choose} />
    </Dialog>
  );
}
