import type { Change, Prompt } from '#contract/shapes.ts';
import type { Scheduler } from '#lib/scheduler.ts';
import type { Endings } from './endings.ts';
import type { SessionReads } from './registry.ts';

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
  sessions: SessionReads;
  endings: Endings;
  scheduler: Scheduler;
  publish(change: Change): void;
  /** Called when a prompt newly wants the person's attention. */
  onAsked(prompt: Prompt): void;
}

export function createPrompts({ sessions, endings, scheduler, publish, onAsked }: PromptsOptions): Prompts {
  const prompts = new Map<string, Prompt>();

  // A refused prompt stays to say why, until the person has seen it.
  sessions.on.changed(({ id, before, after }) => {
    if (before?.state === after?.state || (after?.state !== 'active' && after?.state !== 'ending')) return;
    const prompt = ofSession(id);
    if (prompt && prompt.state !== 'refused') drop(prompt.id);
  });

  function ofSession(sessionId: string) {
    return [...prompts.values()].find((prompt) => prompt.sessionId === sessionId);
  }

  function arm(prompt: Prompt) {
    scheduler.put(`prompt:${prompt.id}`, prompt.deadline, () => {
      const current = prompts.get(prompt.id);
      if (current && current.state !== 'refused') endings.end(current.sessionId, { actor: 'timer' });
    });
  }

  function drop(id: string) {
    if (!prompts.delete(id)) return;
    scheduler.drop(`prompt:${id}`);
    publish({ entity: 'prompt', id, value: null });
  }

  return {
    all: () => [...prompts.values()],
    get: (id) => prompts.get(id),
    ofSession,
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
    drop,
  };
}
