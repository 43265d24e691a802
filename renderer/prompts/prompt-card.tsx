import { FlaskConical } from 'lucide-react';
import { act } from '../state/call.ts';
import { useAccount, useVendor } from '../state/store.ts';
import type { Prompt } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ChallengeForm } from './challenge-form.tsx';
import { Deadline } from './deadline.tsx';
import { PanelCard } from './panel-card.tsx';
import { promptSource, promptTitle } from './prompt-text.ts';
import style from './prompts.module.css';
import { Refused } from './refused.tsx';
import type { usePromptQueue } from './use-prompt-queue.ts';

interface Props {
  prompt: Prompt;
  queue: ReturnType<typeof usePromptQueue>;
  /** Told the new session's id after "Start again". */
  onRestarted(sessionId: string): void;
}

/** One prompt: who asks, where the sign-in goes, the form of its kind. */
export function PromptCard({ prompt, queue, onRestarted }: Props) {
  const account = useAccount(prompt.accountId);
  const vendor = useVendor(prompt.vendor);
  const { ask } = prompt;
  const label = account?.label ?? 'An account';
  const over = prompt.state === 'refused';
  const failure = queue.failure ?? prompt.failure;
  const isScan = ask.kind === 'scan';
  return (
    <PanelCard
      title={over ? `${label}: the sign-in is over` : promptTitle(label, vendor?.name, ask)}
      lead={<Avatar label={label} colour={account?.colour ?? 'slate'} size={32} />}
      subtitle={promptSource(prompt, account, vendor)}
    >
      {account?.practice && (
        <p className={style.practice}>
          <Badge tone="practice" icon={FlaskConical}>
            Practice
          </Badge>
          <Button
            variant="link"
            size="small"
            onPress={() =>
              act('practice.open', isScan ? { page: 'phone', vendor: prompt.vendor } : { page: 'inbox' })
            }
          >
            {isScan ? 'Open the practice phone' : 'Open the practice inbox'}
          </Button>
        </p>
      )}
      {over ? (
        <Refused key={prompt.id} prompt={prompt} queue={queue} onRestarted={onRestarted} />
      ) : (
        <>
          {failure && <FailureNote failure={failure} />}
          <ChallengeForm key={prompt.id} prompt={prompt} queue={queue} onRestarted={onRestarted} />
          <Deadline deadline={prompt.deadline} />
        </>
      )}
    </PanelCard>
  );
}
