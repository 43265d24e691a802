import type { Challenge, Prompt } from '../state/types.ts';
import { AgreementsForm } from './agreements-form.tsx';
import { ChoiceForm } from './choice-form.tsx';
import { CodeForm } from './code-form.tsx';
import { KeyboardForm } from './keyboard-form.tsx';
import { NewPasswordForm } from './new-password-form.tsx';
import { PasswordForm } from './password-form.tsx';
import { ScanSheet } from './scan-sheet.tsx';
import type { useQueue, Values } from './use-queue.ts';

/** What every form of a prompt gets. */
export type FormProps<Kind extends Challenge['kind']> = {
  prompt: Prompt;
  ask: Extract<Challenge, { kind: Kind }>;
  /** The answer is at the vendor. */
  busy: boolean;
  /** Sentences by name of the value, from the last failure. */
  errors: Readonly<Record<string, string>>;
  answer(values: Values): void;
  attempt(work: () => Promise<unknown>): Promise<boolean>;
};

type Props = { prompt: Prompt; queue: ReturnType<typeof useQueue>; onRestarted(sessionId: string): void };

/** The form of a prompt's kind. */
export function AskForm({ prompt, queue, onRestarted }: Props) {
  const { ask } = prompt;
  const shared = {
    prompt,
    busy: prompt.state === 'checking',
    errors: (queue.failure ?? prompt.failure)?.fields ?? {},
    answer: (values: Values) => queue.answer(prompt, values),
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
    case 'scan':
      return <ScanSheet {...shared} ask={ask} onRestarted={onRestarted} />;
  }
}
