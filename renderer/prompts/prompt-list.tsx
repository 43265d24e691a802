import { useEffect } from 'react';
import { waitsFor } from '../sessions/session-status.ts';
import { useAccount, useVendor } from '../state/store.ts';
import type { Prompt } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { useVisibleRows } from '../ui/use-visible-rows.ts';
import { DeadlineRing } from './deadline-ring.tsx';
import style from './prompts.module.css';

/** px of a row; the style sheet has the same. */
const rowHeight = 46;

interface Props {
  prompts: readonly Prompt[];
  shown: string | undefined;
  onChoose(id: string): void;
}

/** The whole queue, the one whose time runs out first on top; only the rows in sight are drawn. */
export function PromptList({ prompts, shown, onChoose }: Props) {
  const { scroller, onScroll, reveal, first, end } = useVisibleRows<HTMLUListElement>({
    count: prompts.length,
    topOf: (index) => index * rowHeight,
    spare: 4,
  });
  const at = prompts.findIndex(({ id }) => id === shown);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another choice scrolls
  useEffect(() => {
    if (at >= 0) reveal(at);
  }, [shown]);
  return (
    <section className={style.queue} aria-label="All prompts">
      <ul ref={scroller} className={style.list} onScroll={onScroll}>
        <li aria-hidden style={{ height: prompts.length * rowHeight }} />
        {prompts.slice(first, end).map((prompt, index) => (
          <li
            key={prompt.id}
            aria-setsize={prompts.length}
            aria-posinset={first + index + 1}
            className={style.listItem}
            style={{ top: (first + index) * rowHeight }}
          >
            <Row prompt={prompt} current={prompt.id === shown} onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Row({
  prompt,
  current,
  onChoose,
}: {
  prompt: Prompt;
  current: boolean;
  onChoose(id: string): void;
}) {
  const account = useAccount(prompt.accountId);
  const vendor = useVendor(prompt.vendor);
  const label = account?.label ?? 'An account';
  return (
    <button
      type="button"
      className={style.listRow}
      aria-current={current || undefined}
      tabIndex={current ? 0 : -1}
      onClick={() => onChoose(prompt.id)}
    >
      <Avatar label={label} colour={account?.colour ?? 'slate'} size={24} />
      <span className={style.listWords}>
        <span className={style.listName} dir="auto">
          {sanitizeText(label, 60)}
        </span>
        <span className={style.listDetail}>
          {sanitizeText(vendor?.name ?? prompt.vendor, 30)} · {stateOf(prompt)}
        </span>
      </span>
      <DeadlineRing prompt={prompt} />
    </button>
  );
}

function stateOf(prompt: Prompt): string {
  if (prompt.state === 'checking') return 'checking';
  return prompt.state === 'refused' ? 'over' : waitsFor(prompt.ask);
}
