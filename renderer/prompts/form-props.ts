import type { Challenge, Prompt } from '../state/types.ts';
import type { PromptValues } from './use-prompt-queue.ts';

/** What every form of a prompt gets. */
export interface FormProps<Kind extends Challenge['kind']> {
  prompt: Prompt;
  ask: Extract<Challenge, { kind: Kind }>;
  /** The answer is at the vendor. */
  busy: boolean;
  /** Sentences by name of the value, from the last failure. */
  errors: Readonly<Record<string, string>>;
  answer(values: PromptValues): void;
  attempt(work: () => Promise<unknown>): Promise<boolean>;
}
