import type { Failure, Prompt } from '../state/types.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { PanelCard } from './panel-card.tsx';
import { PromptActions } from './prompt-actions.tsx';

interface Props {
  prompt: Prompt;
  failure: Failure;
  onAgain(): void;
}

/** In place of a prompt that can't be drawn: it can be cancelled, and the others answered. */
export function FailedPrompt({ prompt, failure, onAgain }: Props) {
  return (
    <PanelCard title="This prompt can’t be shown">
      <FailureNote failure={failure} onRetry={onAgain} announce={false} />
      <PromptActions promptId={prompt.id} />
    </PanelCard>
  );
}
