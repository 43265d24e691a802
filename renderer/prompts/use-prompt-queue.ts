import { useEffect, useRef, useState } from 'react';
import { asFailure, call } from '../state/call.ts';
import { type AppDialog, offerPrompts, type Route, useNavigation } from '../state/navigation.ts';
import { usePrompts } from '../state/store.ts';
import type { Failure, Input, Prompt } from '../state/types.ts';

export type PromptValues = Input<'prompts.answer'>['values'];

/** A call that failed on its way, with the prompt that it was for. */
interface Lost {
  promptId: string;
  failure: Failure;
}

/** The prompts as the panel walks through them: which one is shown, and what an answer does. */
export function usePromptQueue() {
  const prompts = usePrompts();
  const [chosen, setChosen] = useState<string | null>(null);
  const [lost, setLost] = useState<Lost | null>(null);
  const shown = prompts.find(({ id }) => id === chosen) ?? firstOf(prompts);

  // A prompt that was asked earlier and comes back must not push away the one that is being answered.
  useEffect(() => setChosen(shown?.id ?? null), [shown?.id]);
  const wanted = useNavigation((state) => state.promptWanted);
  useEffect(() => {
    if (wanted !== null) setChosen(wanted);
  }, [wanted]);
  useOpening(prompts);

  async function attempt(prompt: Prompt, work: () => Promise<unknown>): Promise<boolean> {
    setLost(null);
    try {
      await work();
      return true;
    } catch (error) {
      setLost({ promptId: prompt.id, failure: asFailure(error) });
      return false;
    }
  }

  /** Sends the answer and goes straight to the next prompt that waits for one. */
  function answer(prompt: Prompt, values: PromptValues): void {
    const at = prompts.indexOf(prompt);
    const next = [...prompts.slice(at + 1), ...prompts.slice(0, Math.max(at, 0))].find(
      ({ state }) => state === 'open',
    );
    if (next) setChosen(next.id);
    void attempt(prompt, () => call('prompts.answer', { promptId: prompt.id, values }));
  }

  return {
    prompts,
    shown,
    failure: lost && lost.promptId === shown?.id ? lost.failure : null,
    choose: setChosen,
    attempt,
    answer,
  };
}

const firstOf = (prompts: readonly Prompt[]): Prompt | undefined =>
  prompts.find(({ state }) => state === 'open') ??
  prompts.find(({ state }) => state === 'refused') ??
  prompts[0];

/** A prompt that is asked while the window is there opens the panel by itself, once the person has no dialog and no form before them. */
function useOpening(prompts: readonly Prompt[]) {
  const known = useRef<ReadonlySet<string>>(new Set(prompts.map(({ id }) => id)));
  const withheld = useRef(false);
  const dialog = useNavigation((state) => state.dialog);
  const route = useNavigation((state) => state.route);
  useEffect(() => {
    if (prompts.some(({ id, state }) => state !== 'refused' && !known.current.has(id)))
      withheld.current = true;
    known.current = new Set(prompts.map(({ id }) => id));
    if (prompts.length === 0 || useNavigation.getState().promptsOpen) withheld.current = false;
    if (!withheld.current || isBusy(dialog, route)) return;
    withheld.current = false;
    offerPrompts();
  }, [prompts, dialog, route]);
}

function isBusy(dialog: AppDialog | null, route: Route): boolean {
  if (dialog !== null || route.at === 'add-account' || route.at === 'edit-account') return true;
  return document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
}
