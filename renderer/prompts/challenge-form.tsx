import type { Prompt } from '../state/types.ts';
import { AgreementsForm } from './agreements-form.tsx';
import { ChoiceForm } from './choice-form.tsx';
import { CodeForm } from './code-form.tsx';
import { KeyboardForm } from './keyboard-form.tsx';
import { NewPasswordForm } from './new-password-form.tsx';
import { PageSheet } from './page-sheet.tsx';
import { PasswordForm } from './password-form.tsx';
import { ScanSheet } from './scan-sheet.tsx';
import type { PromptValues, usePromptQueue } from './use-prompt-queue.ts';

interface Props {
  prompt: Prompt;
  queue: ReturnType<typeof usePromptQueue>;
  onRestarted(sessionId: string): void;
}

/** The form of a prompt's kind. */
export function ChallengeForm({ prompt, queue, onRestarted }: Props) {
  const { ask } = prompt;
  const shared = {
    prompt,
    busy: prompt.state === 'checking',
    errors: (queue.failure ?? prompt.failure)?.fields ?? {},
    answer: (values: PromptValues) => queue.answer(prompt, values),
    attempt: (work: () => Promise<unknown>) => queue.attempt(prompt, work),
  };
  switch (ask.kind) {
    case 'code':
      return <CodeForm {...shared} ask={ask} />;
    case 'password':
      return <PasswordForm {...shared} ask={ask} />;
    case 'new-password':
      return <NewPasswordForm {...shared} ask={ask} />;
    case 'virtual-keyboard':
      return <KeyboardForm {...shared} ask={ask} />;
    case 'agreements':
      return <AgreementsForm {...shared} ask={ask} />;
    case 'choice':
      return <ChoiceForm {...shared} ask={ask} />;
    case 'page':
      return <PageSheet promptId={prompt.id} ask={ask} busy={shared.busy} />;
    case 'scan':
      return <ScanSheet {...shared} ask={ask} onRestarted={onRestarted} />;
  }
}
