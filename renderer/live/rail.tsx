import { promptTitle } from '../prompts/prompt-text.ts';
import { useTimed } from '../state/clock.ts';
import { showPrompt, showPrompts } from '../state/navigation.ts';
import { useAccount, usePrompts } from '../state/store.ts';
import type { Prompt } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, RowButton } from '../ui/button.tsx';
import { formatShortDuration } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { AtRisk } from './at-risk.tsx';
import { EndsNext } from './ends-next.tsx';
import style from './live.module.css';
import { OpenToday } from './open-today.tsx';
import { most, RailSection } from './rail-parts.tsx';

/** At the side of a wide window: what needs the person, what ends next, what is at risk, how many were open today. */
export function Rail() {
  return (
    <aside className={style.rail} aria-label="What needs you">
      <NeedsYou />
      <EndsNext />
      <AtRisk />
      <OpenToday />
    </aside>
  );
}

function NeedsYou() {
  const prompts = usePrompts().toSorted((a, b) => a.deadline - b.deadline);
  if (prompts.length === 0)
    return (
      <RailSection title="Needs you">
        <p className={style.railNone}>Nothing waits for an answer.</p>
      </RailSection>
    );
  return (
    <RailSection title="Needs you" count={prompts.length}>
      <ul className={style.railCard}>
        {prompts.slice(0, most).map((prompt) => (
          <Waiting key={prompt.id} prompt={prompt} />
        ))}
      </ul>
      {prompts.length > most && (
        <Button size="small" variant="link" onPress={() => showPrompts()}>
          Show {prompts.length - most} more
        </Button>
      )}
    </RailSection>
  );
}

function Waiting({ prompt }: { prompt: Prompt }) {
  const account = useAccount(prompt.accountId);
  const label = account?.label ?? 'An account';
  const left = useTimed((now) =>
    prompt.state === 'refused' ? null : formatShortDuration(prompt.deadline - now),
  );
  return (
    <li className={style.railRow}>
      <Avatar label={label} colour={account?.colour ?? 'slate'} size={24} />
      <span className={style.railWords}>
        <span>{promptTitle(label, prompt.ask)}</span>
        <span className={style.railDetail}>{left === null ? 'was refused' : `${left} to answer`}</span>
      </span>
      <RowButton label={`Answer ${sanitizeText(label, 60)}`} onPress={() => showPrompt(prompt.id)}>
        {prompt.ask.kind === 'scan' ? 'Show code' : 'Answer'}
      </RowButton>
    </li>
  );
}
