import { ExternalLink } from 'lucide-react';
import type { Challenge } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { PromptActions } from './prompt-actions.tsx';
import style from './prompts.module.css';

interface Props {
  promptId: string;
  ask: Extract<Challenge, { kind: 'page' }>;
  busy: boolean;
}

/** What to do in the window of somebody else's that has opened; what is done there settles the prompt. */
export function PageSheet({ promptId, ask, busy }: Props) {
  const name = sanitizeText(ask.name, 80);
  return (
    <div className={style.form}>
      <p className={style.status} role="status">
        <ExternalLink size={16} strokeWidth={1.75} aria-hidden />
        {busy ? `Signed in with ${name}. Finishing.` : `Sign in with ${name} in the window that has opened.`}
      </p>
      <p className={style.came}>
        It begins at {sanitizeText(ask.host, 100)} and goes on to {name}. Its title says which host you are
        at: look at it before you type a password. Gatehouse does not see what you type there.
      </p>
      <p className={style.came}>Closing that window ends the sign-in.</p>
      <PromptActions promptId={promptId} />
    </div>
  );
}
