import type { Change, Prompt } from '#contract/shapes.ts';
import type { Agenda } from './agenda.ts';

/** The one queue of prompts of the whole app. Each is settled by an answer, a cancel, its deadline, a lock or quitting. */
export interface Prompts {
  all(): Prompt[];
  get(id: string): Prompt | undefined;
  ofSession(sessionId: string): Prompt | undefined;
  put(prompt: Prompt): void;
  change(id: string, patch: Partial<Prompt>): void;
  drop(id: string): void;
}

interface PromptsOptions {
  agenda: Agenda;
  publish(change: Change): void;
  /** Called when nobody answered in time. */
  onDeadline(prompt: Prompt): void;
  /** Called when a prompt newly wants the person's attention. */
  onAsked(prompt: Prompt): void;
}

export function createPrompts({ agenda, publish, onDeadline, onAsked }: PromptsOptions): Prompts {
  const prompts = new Map<string, Prompt>();

  function arm(prompt: Prompt) {
    agenda.put(`prompt:${prompt.id}`, prompt.deadline, () => {
      const current = prompts.get(prompt.id);
      if (current && current.state !== 'refused') onDeadline(current);
    });
  }

  return {
    all: () => [...prompts.values()],
    get: (id) => prompts.get(id),
    ofSession: (sessionId) => [...prompts.values()].find((prompt) => prompt.sessionId === sessionId),
    put(prompt) {
      prompts.set(prompt.id, prompt);
      arm(prompt);
      publish({ entity: 'prompt', id: prompt.id, value: prompt });
      onAsked(prompt);
    },
    change(id, patch) {
      const prompt = prompts.get(id);
      if (!prompt) return;
      const next = { ...prompt, ...patch };
      prompts.set(id, next);
      if (next.deadline !== prompt.deadline) arm(next);
      publish({ entity: 'prompt', id, value: next });
    },
    drop(id) {
      if (!prompts.delete(id)) return;
      agenda.drop(`prompt:${id}`);
      publish({ entity: 'prompt', id, value: null });
    },
  };
}
