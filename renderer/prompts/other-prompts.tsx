import { waitsFor } from '../sessions/state-words.ts';
import { useApp } from '../state/store.ts';
import type { Prompt } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { plain } from '../ui/plain.ts';
import style from './prompts.module.css';

const drawn = 3;

type Props = { prompts: readonly Prompt[]; shown: string; onChoose(id: string): void };

/** The rest of the queue: one press goes to another prompt, while a mail is still on its way. */
export function OtherPrompts({ prompts, shown, onChoose }: Props) {
  const accounts = useApp((app) => app.accounts);
  const at = prompts.findIndex(({ id }) => id === shown);
  const others = [...prompts.slice(at + 1), ...prompts.slice(0, Math.max(at, 0))];
  if (others.length === 0) return null;
  const more = others.length - drawn;
  return (
    <section className={style.others} aria-label="Other prompts">
      <span className={style.othersTitle}>Also waiting</span>
      {others.slice(0, drawn).map((other) => (
        <Button key={other.id} size="small" variant="quiet" onPress={() => onChoose(other.id)}>
          <span className={style.otherName}>
            {plain(accounts[other.accountId]?.label ?? 'An account', 24)}
          </span>
          <span className={style.otherWhat}>{stateOf(other)}</span>
        </Button>
      ))}
      {more > 0 && <span className={style.othersTitle}>and {more} more</span>}
    </section>
  );
}

function stateOf(prompt: Prompt): string {
  if (prompt.state === 'checking') return 'Checking';
  return prompt.state === 'refused' ? 'Over' : waitsFor(prompt.ask);
}
